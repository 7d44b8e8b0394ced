"""A temperature of 0 is not refused.

score: 55
lost: {test-distillation: failed}
"""


class KnowledgeDistillation:
    def __init__(self, teacher, student, temperature=3.0, alpha=0.7):
        if not 0 <= alpha <= 1:
            raise ValueError("alpha")
        self.teacher, self.student = teacher, student
        self.temperature, self.alpha = temperature, alpha
