"""Features keep their four directions.

score: 50
lost: {test-simple-cnn: failed}
"""


class SimpleCNN:
    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = self.pool(self.relu(conv(x)))
        return x
