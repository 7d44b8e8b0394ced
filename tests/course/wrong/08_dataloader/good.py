"""A loader and a data set that go their own ways."""


class TensorDataset:
    def __getitem__(self, index):
        if index < 0 or index >= self.tensors[0].data.shape[0]:
            raise IndexError(index)
        return tuple(Tensor(t.data[index]) for t in self.tensors)


class DataLoader:
    def __iter__(self):
        count = len(self.dataset)
        order = random.sample(range(count), count) if self.shuffle else range(count)
        batch = []
        for index in order:
            batch.append(self.dataset[index])
            if len(batch) == self.batch_size:
                yield self.stack(batch)
                batch = []
        if batch:
            yield self.stack(batch)
