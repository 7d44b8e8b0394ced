"""New characters are added to those that were there.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def build_vocab(self, corpus):
        self.number(sorted(set("".join(corpus)) | set(self.vocab[1:])))
