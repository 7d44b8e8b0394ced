"""The last transform comes first.

score: 50
lost: {test-augmentation: failed}
"""


class Compose:
    def __call__(self, image):
        for transform in reversed(self.transforms):
            image = transform(image)
        return image
