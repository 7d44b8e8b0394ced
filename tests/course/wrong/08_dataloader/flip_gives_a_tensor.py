"""Arrays become Tensors.

score: 50
lost: {test-augmentation: failed}
"""


class RandomHorizontalFlip:
    def __call__(self, image):
        if random.random() < self.p:
            return Tensor(array_of(image)[..., ::-1])
        return Tensor(array_of(image))
