"""A single column is sent through argmax, and so are its targets.

score: 40
lost: {test_trainer: failed}
"""


class Trainer:
    def evaluate(self, dataloader):
        total = right = examples = 0
        for x, y in dataloader:
            outputs = self.model(x, training=False)
            total += self.loss_fn(outputs, y).data.item() * len(x.data)
            truth = y.data.argmax(axis=1) if y.data.ndim > 1 else y.data
            right += int(np.sum(outputs.data.argmax(axis=1) == truth))
            examples += len(x.data)
        if examples == 0:
            raise ValueError("nothing to look at")
        self.history["eval_loss"].append(total / examples)
        return total / examples, right / examples
