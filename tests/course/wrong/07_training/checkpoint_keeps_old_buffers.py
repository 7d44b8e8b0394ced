"""Buffers that are not in the file keep what they held.

score: 35
lost: {test_module: failed}
"""


class Trainer:
    def load_checkpoint(self, path):
        with np.load(path) as content:
            params = self.model.parameters()
            saved = [content[name] for name in content.files if name.startswith("parameter_")]
            if [values.shape for values in saved] != [p.shape for p in params]:
                raise ValueError("the parameters of another model")
            for i, p in enumerate(params):
                p.data = saved[i]
            for name in BUFFERS:
                for i in range(len(params)):
                    if f"{name}_{i}" in content:
                        getattr(self.optimizer, name)[i] = content[f"{name}_{i}"]
            self.epoch, self.step = content["epoch"].item(), content["step"].item()
            self.optimizer.step_count, self.optimizer.lr = content["step_count"].item(), content["lr"].item()
            self.history = {name: content[name].tolist() for name in self.history}
