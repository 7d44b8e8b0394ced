"""Only the first round is pooled.

score: 50
lost: {test-simple-cnn: failed}
"""


class SimpleCNN:
    def forward(self, x):
        x = self.pool(self.relu(self.conv1(x)))
        x = self.relu(self.conv2(x))
        return x.reshape(x.shape[0], -1)
