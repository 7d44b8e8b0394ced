"""Frequent characters come first.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def build_vocab(self, corpus):
        text = "".join(corpus)
        self.number(sorted(set(text), key=lambda each: (-text.count(each), each)))
