"""eps stands inside the root.

score: 70
lost: {test-adam: failed}
"""


class Adam:
    def adapt(self, index, gradient):
        beta1, beta2 = self.betas
        m, v = (0 if each is None else each for each in (self.m_buffers[index], self.v_buffers[index]))
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
        self.m_buffers[index], self.v_buffers[index] = m, v
        m_hat, v_hat = m / (1 - beta1**self.step_count), v / (1 - beta2**self.step_count)
        return m_hat / np.sqrt(v_hat + self.eps)
