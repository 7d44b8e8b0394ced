"""White space is taken off the texts.

score: 35
lost: {test-char-tokenizer: failed, test-module: failed}
"""


class CharTokenizer:
    def build_vocab(self, corpus):
        self.number(sorted(set("".join(corpus)) - set(" \n\t")))
