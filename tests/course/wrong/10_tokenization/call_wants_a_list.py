"""A tuple of texts is not taken for several.

score: 65
lost: {test-base-tokenizer: failed}
"""


class Tokenizer:
    def __call__(self, text):
        return [self.encode(each) for each in text] if isinstance(text, list) else self.encode(text)
