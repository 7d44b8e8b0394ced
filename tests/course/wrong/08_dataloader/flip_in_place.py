"""The image itself is changed.

score: 50
lost: {test-augmentation: failed}
"""


class RandomHorizontalFlip:
    def __call__(self, image):
        if random.random() < self.p:
            values = array_of(image)
            values[...] = values[..., ::-1].copy()
        return image
