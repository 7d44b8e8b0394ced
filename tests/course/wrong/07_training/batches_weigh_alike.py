"""Losses and gradients are averaged over batches, not over examples.

score: 20
lost: {test_trainer: failed, test_module: failed}
"""


class Trainer:
    def train_epoch(self, dataloader, accumulation_steps=1):
        if self.scheduler is not None:
            self.optimizer.lr = self.scheduler.get_lr(self.epoch)
        self.optimizer.zero_grad()
        total = count = waiting = 0
        for number, (x, y) in enumerate(dataloader, 1):
            loss = self.loss_fn(self.model(x, training=True), y)
            loss.backward()
            total += loss.data.item()
            count += 1
            waiting += 1
            if number % accumulation_steps == 0:
                self.update(waiting)
                waiting = 0
        if count == 0:
            raise ValueError("nothing to train on")
        if waiting:
            self.update(waiting)
        self.history["train_loss"].append(total / count)
        self.history["learning_rates"].append(self.optimizer.lr)
        self.epoch += 1
        return total / count
