"""Height and width are always the last two axes.

score: 50
lost: {test-augmentation: error}
"""


class RandomCrop:
    def __call__(self, image):
        values = array_of(image)
        axis = values.ndim - 2
        frame = [(0, 0)] * values.ndim
        frame[axis] = frame[axis + 1] = (self.padding, self.padding)
        padded = np.pad(values, frame)
        window = [slice(None)] * axis
        for place, size in enumerate(self.size, axis):
            first = random.randint(0, padded.shape[place] - size)
            window.append(slice(first, first + size))
        return like(image, padded[tuple(window)])
