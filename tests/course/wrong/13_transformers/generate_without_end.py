"""Nothing is refused beforehand, and the positions end.

score: 60
lost: {test-gpt: failed}
"""


class GPT:
    def generate(self, prompt, max_new_tokens=50, temperature=1.0):
        tokens = prompt.data
        for _ in range(max_new_tokens):
            logits = self.forward(Tensor(tokens)).data[:, -1]
            tokens = np.concatenate([tokens, sample_tokens(logits, temperature)[:, np.newaxis]], axis=1)
        return Tensor(tokens)
