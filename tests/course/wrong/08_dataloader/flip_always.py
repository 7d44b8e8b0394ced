"""p is ignored.

score: 50
lost: {test-augmentation: failed}
"""


class RandomHorizontalFlip:
    def __call__(self, image):
        return like(image, array_of(image)[..., ::-1])
