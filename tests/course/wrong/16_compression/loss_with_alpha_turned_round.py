"""alpha is the share of the labels.

score: 35
lost: {test-distillation: failed, test-compression-integration: failed}
"""


class KnowledgeDistillation:
    def distillation_loss(self, student_logits, teacher_logits, labels):
        log_p = log_softmax(Tensor(teacher_logits.data / self.temperature))
        log_q = log_softmax(student_logits / self.temperature)
        p = Tensor(np.exp(log_p.data))
        soft = (p * (log_p - log_q)).sum() * (self.temperature**2 / len(p.data))
        hard = CrossEntropyLoss()(student_logits, labels)
        return soft * (1 - self.alpha) + hard * self.alpha
