"""parameters() looks into no block.

score: 60
lost: {test-gpt: failed}
"""


class GPT:
    def parameters(self):
        return [each for part in (self.embedding, self.ln_f, self.lm_head) for each in part.parameters()]
