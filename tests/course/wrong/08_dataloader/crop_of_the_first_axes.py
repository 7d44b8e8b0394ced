"""Height and width are always the first two axes.

score: 45
lost: {test-augmentation: failed, test-dataloader-deterministic: failed}
"""


class RandomCrop:
    def __call__(self, image):
        values = array_of(image)
        frame = [(0, 0)] * values.ndim
        frame[0] = frame[1] = (self.padding, self.padding)
        padded = np.pad(values, frame)
        window = []
        for place, size in enumerate(self.size):
            first = random.randint(0, max(0, padded.shape[place] - size))
            window.append(slice(first, first + size))
        return like(image, padded[tuple(window)])
