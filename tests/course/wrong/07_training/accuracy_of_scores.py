"""A single column counts as a yes above 0, as a score would.

score: 40
lost: {test_trainer: failed}
"""


class Trainer:
    def evaluate(self, dataloader):
        total = right = examples = 0
        for x, y in dataloader:
            outputs = self.model(x, training=False)
            total += self.loss_fn(outputs, y).data.item() * len(x.data)
            scores = outputs.data
            guess = scores.argmax(axis=1) if scores.shape[1] > 1 else scores[:, 0] > 0
            right += int(np.sum(guess == y.data.ravel()))
            examples += len(x.data)
        if examples == 0:
            raise ValueError("nothing to look at")
        self.history["eval_loss"].append(total / examples)
        return total / examples, right / examples
