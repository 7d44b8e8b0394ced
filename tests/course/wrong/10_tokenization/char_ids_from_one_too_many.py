"""Ids begin at 1, <UNK> included.

score: 35
lost: {test-char-tokenizer: failed, test-module: failed}
"""


class CharTokenizer:
    def number(self, characters):
        self.vocab = [UNKNOWN, *characters]
        self.vocab_size = len(self.vocab)
        self.char_to_id = {character: place for place, character in enumerate(self.vocab, 1)}
        self.id_to_char = dict(enumerate(self.vocab))
