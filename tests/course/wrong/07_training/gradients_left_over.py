"""An epoch begins with whatever gradients lie around.

score: 40
lost: {test_trainer: failed}
"""


class Trainer:
    def train_epoch(self, dataloader, accumulation_steps=1):
        if self.scheduler is not None:
            self.optimizer.lr = self.scheduler.get_lr(self.epoch)
        total = examples = waiting = 0
        for number, (x, y) in enumerate(dataloader, 1):
            loss = self.loss_fn(self.model(x, training=True), y) * len(x.data)
            loss.backward()
            total += loss.data.item()
            examples += len(x.data)
            waiting += len(x.data)
            if number % accumulation_steps == 0:
                self.update(waiting)
                waiting = 0
        if examples == 0:
            raise ValueError("nothing to train on")
        if waiting:
            self.update(waiting)
        self.history["train_loss"].append(total / examples)
        self.history["learning_rates"].append(self.optimizer.lr)
        self.epoch += 1
        return total / examples
