"""The first axis is turned round.

score: 50
lost: {test-augmentation: failed}
"""


class RandomHorizontalFlip:
    def __call__(self, image):
        if random.random() < self.p:
            return like(image, array_of(image)[::-1])
        return image
