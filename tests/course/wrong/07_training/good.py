"""An update that clips by itself, so that a mistake in clip_grad_norm is charged to clipping alone."""


class Trainer:
    def update(self, examples):
        trained = [p for p in self.optimizer.params if p.grad is not None]
        for p in trained:
            p.grad = p.grad / examples
        if self.grad_clip_norm is not None:
            norm = np.sqrt(sum(np.sum(np.square(p.grad.data, dtype=np.float64)) for p in trained))
            if norm > self.grad_clip_norm:
                for p in trained:
                    p.grad = Tensor(p.grad.data * (self.grad_clip_norm / norm))
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
