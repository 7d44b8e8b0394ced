"""Whatever comes is looped over: a text becomes its letters.

score: 65
lost: {test-base-tokenizer: failed}
"""


class Tokenizer:
    def __call__(self, text):
        return [self.encode(each) for each in text]
