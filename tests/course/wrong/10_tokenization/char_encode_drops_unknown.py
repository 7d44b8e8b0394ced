"""What is unknown is left out.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def encode(self, text):
        return [self.char_to_id[character] for character in text if character in self.char_to_id]
