"""The evaluation calls backward, and its gradients stay.

score: 40
lost: {test_trainer: failed}
"""


class Trainer:
    def evaluate(self, dataloader):
        total = right = examples = 0
        for x, y in dataloader:
            outputs = self.model(x, training=False)
            loss = self.loss_fn(outputs, y)
            loss.backward()
            total += loss.data.item() * len(x.data)
            scores = outputs.data
            guess = scores.argmax(axis=1) if scores.shape[1] > 1 else scores[:, 0] > 0.5
            right += int(np.sum(guess == y.data.ravel()))
            examples += len(x.data)
        if examples == 0:
            raise ValueError("nothing to look at")
        self.history["eval_loss"].append(total / examples)
        return total / examples, right / examples
