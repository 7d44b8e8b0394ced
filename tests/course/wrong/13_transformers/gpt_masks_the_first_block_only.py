"""Only the first block gets the mask.

score: 35
lost: {test-gpt: failed, test-module: failed}
"""


class GPT:
    def forward(self, tokens):
        x = self.embedding(tokens)
        mask = create_causal_mask(x.shape[1])
        for block in self.blocks:
            x, mask = block(x, mask), None
        return self.lm_head(self.ln_f(x))
