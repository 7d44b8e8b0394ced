"""ReLU is computed on the array.

score: 50
lost: {test-simple-cnn: error}
"""


class SimpleCNN:
    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = self.pool(Tensor(np.maximum(conv(x).data, 0)))
        return x.reshape(x.shape[0], -1)
