"""The vocabulary is the characters alone.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def number(self, characters):
        self.vocab = list(characters)
        self.vocab_size = len(self.vocab)
        self.char_to_id = {character: place for place, character in enumerate(self.vocab)}
        self.id_to_char = dict(enumerate(self.vocab))
