"""The loss of the last batch stands for the epoch.

score: 20
lost: {test_trainer: failed, test_module: failed}
"""


class Trainer:
    def train_epoch(self, dataloader, accumulation_steps=1):
        if self.scheduler is not None:
            self.optimizer.lr = self.scheduler.get_lr(self.epoch)
        self.optimizer.zero_grad()
        mean = waiting = 0
        for number, (x, y) in enumerate(dataloader, 1):
            loss = self.loss_fn(self.model(x, training=True), y) * len(x.data)
            loss.backward()
            mean = loss.data.item() / len(x.data)
            waiting += len(x.data)
            if number % accumulation_steps == 0:
                self.update(waiting)
                waiting = 0
        if mean == 0:
            raise ValueError("nothing to train on")
        if waiting:
            self.update(waiting)
        self.history["train_loss"].append(mean)
        self.history["learning_rates"].append(self.optimizer.lr)
        self.epoch += 1
        return mean
