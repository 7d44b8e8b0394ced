"""The logarithm of a probability that rounds to 0.

score: 55
lost: {test-distillation: failed}
"""


class KnowledgeDistillation:
    def distillation_loss(self, student_logits, teacher_logits, labels):
        p = Tensor(np.exp(log_softmax(Tensor(teacher_logits.data / self.temperature)).data))
        log_p = Tensor(np.log(p.data))
        log_q = log_softmax(student_logits / self.temperature)
        soft = (p * (log_p - log_q)).sum() * (self.temperature**2 / len(p.data))
        hard = CrossEntropyLoss()(student_logits, labels)
        return soft * self.alpha + hard * (1 - self.alpha)
