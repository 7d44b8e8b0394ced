"""The teacher gets a gradient.

score: 55
lost: {test-distillation: failed}
"""


class KnowledgeDistillation:
    def distillation_loss(self, student_logits, teacher_logits, labels):
        log_p = log_softmax(teacher_logits / self.temperature)
        log_q = log_softmax(student_logits / self.temperature)
        p = Tensor(np.exp(log_p.data))
        soft = (p * (log_p - log_q)).sum() * (self.temperature**2 / len(p.data))
        hard = CrossEntropyLoss()(student_logits, labels)
        return soft * self.alpha + hard * (1 - self.alpha)
