"""Texts are made lower case first.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def encode(self, text):
        return [self.char_to_id.get(character, self.unk_id) for character in text.lower()]
