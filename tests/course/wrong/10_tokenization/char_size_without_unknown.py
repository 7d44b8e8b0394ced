"""vocab_size counts the characters only.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def number(self, characters):
        self.vocab = [UNKNOWN, *characters]
        self.vocab_size = len(characters)
        self.char_to_id = {character: place for place, character in enumerate(self.vocab)}
        self.id_to_char = dict(enumerate(self.vocab))
