"""One token is appended, whatever is asked for.

score: 60
lost: {test-gpt: failed}
"""


class GPT:
    def generate(self, prompt, max_new_tokens=50, temperature=1.0):
        tokens = prompt.data
        if tokens.shape[1] + max_new_tokens > self.max_seq_len:
            raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {self.max_seq_len}")
        for _ in range(max_new_tokens):
            logits = self.forward(Tensor(tokens)).data[:, -1]
            return Tensor(np.concatenate([tokens, sample_tokens(logits, temperature)[:, np.newaxis]], axis=1))
        return prompt
