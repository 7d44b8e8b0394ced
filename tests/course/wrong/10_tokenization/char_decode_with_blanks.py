"""Characters are joined with blanks.

score: 35
lost: {test-char-tokenizer: failed, test-module: failed}
"""


class CharTokenizer:
    def decode(self, ids):
        return " ".join(self.id_to_char.get(each, UNKNOWN) for each in ids)
