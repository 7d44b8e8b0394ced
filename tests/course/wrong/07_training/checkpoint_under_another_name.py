"""np.savez adds .npz to the name.

score: 35
lost: {test_module: error}
"""


class Trainer:
    def save_checkpoint(self, path):
        arrays = {f"parameter_{i}": p.data for i, p in enumerate(self.model.parameters())}
        for name in BUFFERS:
            for i, buffer in enumerate(getattr(self.optimizer, name, [])):
                if buffer is not None:
                    arrays[f"{name}_{i}"] = buffer
        counts = {"epoch": self.epoch, "step": self.step, "step_count": self.optimizer.step_count}
        np.savez(path, lr=self.optimizer.lr, **counts, **self.history, **arrays)
