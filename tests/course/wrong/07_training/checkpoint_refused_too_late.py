"""Another model is refused when its first parameters have been changed.

score: 35
lost: {test_module: failed}
"""


class Trainer:
    def load_checkpoint(self, path):
        with np.load(path) as content:
            params = self.model.parameters()
            count = sum(name.startswith("parameter_") for name in content.files)
            for i, p in enumerate(params):
                if f"parameter_{i}" not in content or content[f"parameter_{i}"].shape != p.shape:
                    raise ValueError("the parameters of another model")
                p.data = content[f"parameter_{i}"]
            if count != len(params):
                raise ValueError("the parameters of another model")
            for name in BUFFERS:
                if hasattr(self.optimizer, name):
                    names = [f"{name}_{i}" for i in range(len(params))]
                    setattr(self.optimizer, name, [content.get(each) for each in names])
            self.epoch, self.step = content["epoch"].item(), content["step"].item()
            self.optimizer.step_count, self.optimizer.lr = content["step_count"].item(), content["lr"].item()
            self.history = {name: content[name].tolist() for name in self.history}
