"""Only the first text is read.

score: 35
lost: {test-char-tokenizer: failed, test-module: failed}
"""


class CharTokenizer:
    def build_vocab(self, corpus):
        self.number(sorted(set(corpus[0])))
