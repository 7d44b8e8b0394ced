"""AdamW without Adam's parts, so that a mistake in adapt is charged to Adam alone."""


class AdamW:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad.data
            m = self.m_buffers[index] if self.m_buffers[index] is not None else np.zeros_like(g)
            v = self.v_buffers[index] if self.v_buffers[index] is not None else np.zeros_like(g)
            m = self.betas[0] * m + (1 - self.betas[0]) * g
            v = self.betas[1] * v + (1 - self.betas[1]) * g * g
            self.m_buffers[index], self.v_buffers[index] = m, v
            first = m / (1 - self.betas[0] ** self.step_count)
            second = v / (1 - self.betas[1] ** self.step_count)
            p.data = p.data - self.lr * first / (np.sqrt(second) + self.eps)
            p.data = p.data * (1 - self.lr * self.weight_decay)
