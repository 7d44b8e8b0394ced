"""Every block begins with the embedding.

score: 35
lost: {test-gpt: failed, test-module: failed}
"""


class GPT:
    def forward(self, tokens):
        x = self.embedding(tokens)
        mask = create_causal_mask(x.shape[1])
        for block in self.blocks:
            y = block(x, mask)
        return self.lm_head(self.ln_f(y))
