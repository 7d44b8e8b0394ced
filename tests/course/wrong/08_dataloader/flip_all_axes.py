"""All axes are turned round.

score: 50
lost: {test-augmentation: failed}
"""


class RandomHorizontalFlip:
    def __call__(self, image):
        if random.random() < self.p:
            return like(image, np.flip(array_of(image)))
        return image
