"""Losses and accuracies are averaged over batches.

score: 40
lost: {test_trainer: failed}
"""


class Trainer:
    def evaluate(self, dataloader):
        losses, shares = [], []
        for x, y in dataloader:
            outputs = self.model(x, training=False)
            losses.append(self.loss_fn(outputs, y).data.item())
            scores = outputs.data
            guess = scores.argmax(axis=1) if scores.shape[1] > 1 else scores[:, 0] > 0.5
            shares.append(float(np.mean(guess == y.data.ravel())))
        if not losses:
            raise ValueError("nothing to look at")
        loss = float(np.mean(losses))
        self.history["eval_loss"].append(loss)
        return loss, float(np.mean(shares))
