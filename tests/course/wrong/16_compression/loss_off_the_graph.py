"""The loss is computed with arrays, so no gradient reaches the student.

score: 35
lost: {test-distillation: failed, test-compression-integration: failed}
"""


class KnowledgeDistillation:
    def distillation_loss(self, student_logits, teacher_logits, labels):
        log_p = log_softmax(Tensor(teacher_logits.data / self.temperature)).data
        log_q = log_softmax(Tensor(student_logits.data / self.temperature)).data
        soft = Tensor((np.exp(log_p) * (log_p - log_q)).sum() * (self.temperature**2 / len(log_p)))
        hard = CrossEntropyLoss()(student_logits, labels)
        return soft * self.alpha + hard * (1 - self.alpha)
