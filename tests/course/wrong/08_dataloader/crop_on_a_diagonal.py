"""One random number serves rows and columns.

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
        room = min(padded.shape[place] - size for place, size in enumerate(self.size, axis))
        first = random.randint(0, room)
        for size in self.size:
            window.append(slice(first, first + size))
        return like(image, padded[tuple(window)])
