"""The length is the number of Tensors.

score: 20
lost: {test-tensordataset: failed, test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class TensorDataset:
    def __len__(self):
        return len(self.tensors)
