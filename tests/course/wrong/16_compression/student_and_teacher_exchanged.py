"""The student teaches.

score: 35
lost: {test-distillation: failed, test-compression-integration: error}
"""


class KnowledgeDistillation:
    def loss(self, x, labels):
        taught = with_training(self.student, x, training=False)
        return self.distillation_loss(with_training(self.teacher, x, training=True), taught, labels)
