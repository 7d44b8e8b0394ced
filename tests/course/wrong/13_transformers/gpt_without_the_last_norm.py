"""The last norm is left out.

score: 35
lost: {test-gpt: failed, test-module: failed}
"""


class GPT:
    def forward(self, tokens):
        x = self.embedding(tokens)
        mask = create_causal_mask(x.shape[1])
        for block in self.blocks:
            x = block(x, mask)
        return self.lm_head(x)
