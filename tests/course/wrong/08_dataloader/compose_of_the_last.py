"""Each transform takes the first image.

score: 45
lost: {test-augmentation: failed, test-dataloader-deterministic: failed}
"""


class Compose:
    def __call__(self, image):
        result = image
        for transform in self.transforms[:1]:
            result = transform(image)
        return result
