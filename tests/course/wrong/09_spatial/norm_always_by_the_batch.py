"""training is ignored.

score: 50
lost: {test-batchnorm2d: failed}
"""


class BatchNorm2d:
    def forward(self, x, training=True):
        if len(x.shape) != 4 or x.shape[1] != self.num_features:
            raise ValueError(f"images have shape (batch, {self.num_features}, height, width), not {x.shape}")
        shape = (1, self.num_features, 1, 1)
        if True:
            y = Normalize2dBackward(normalize2d, x, self.eps).apply()
            mean = channel_mean(x.data)
            variance = channel_mean((x.data - mean) ** 2)
            old, new = 1 - self.momentum, self.momentum
            self.running_mean = Tensor(old * self.running_mean.data + new * mean.reshape(-1))
            self.running_var = Tensor(old * self.running_var.data + new * variance.reshape(-1))
        else:
            deviation = Tensor(np.sqrt(self.running_var.data + self.eps))
            y = (x - self.running_mean.reshape(shape)) / deviation.reshape(shape)
        return y * self.gamma.reshape(shape) + self.beta.reshape(shape)
