"""The teacher's dropouts are on.

score: 55
lost: {test-distillation: failed}
"""


class KnowledgeDistillation:
    def loss(self, x, labels):
        taught = with_training(self.teacher, x, training=True)
        return self.distillation_loss(with_training(self.student, x, training=True), taught, labels)
