"""A list of texts is encoded as if it were one.

score: 45
lost: {test-base-tokenizer: error, test-module: error}
"""


class Tokenizer:
    def __call__(self, text):
        return self.encode(text)
