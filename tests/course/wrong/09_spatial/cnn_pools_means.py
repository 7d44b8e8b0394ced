"""Means are pooled, not maxima.

score: 50
lost: {test-simple-cnn: failed}
"""


class SimpleCNN:
    def __init__(self, num_classes=10):
        self.num_classes = num_classes
        self.conv1 = Conv2d(3, 16, 3, padding=1)
        self.conv2 = Conv2d(16, 32, 3, padding=1)
        self.relu = ReLU()
        self.pool = AvgPool2d(2)
