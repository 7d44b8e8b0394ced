"""The epoch is not restored, so that the schedule begins anew.

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
                if hasattr(self.optimizer, name):
                    names = [f"{name}_{i}" for i in range(len(params))]
                    setattr(self.optimizer, name, [content.get(each) for each in names])
            self.step = content["step"].item()
            self.optimizer.step_count, self.optimizer.lr = content["step_count"].item(), content["lr"].item()
            self.history = {name: content[name].tolist() for name in self.history}
