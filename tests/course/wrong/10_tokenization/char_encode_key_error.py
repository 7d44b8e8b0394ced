"""A character that is not there is a KeyError.

score: 55
lost: {test-char-tokenizer: error}
"""


class CharTokenizer:
    def encode(self, text):
        return [self.char_to_id[character] for character in text]
