"""The optimizer's buffers are not saved.

score: 35
lost: {test_module: failed}
"""


class Trainer:
    def save_checkpoint(self, path):
        arrays = {f"parameter_{i}": p.data for i, p in enumerate(self.model.parameters())}
        counts = {"epoch": self.epoch, "step": self.step, "step_count": self.optimizer.step_count}
        with open(path, "wb") as file:
            np.savez(file, lr=self.optimizer.lr, **counts, **self.history, **arrays)
