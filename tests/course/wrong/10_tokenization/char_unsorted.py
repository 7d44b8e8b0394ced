"""Characters are numbered as they come.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def build_vocab(self, corpus):
        self.number(list(dict.fromkeys("".join(corpus))))
