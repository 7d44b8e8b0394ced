"""Ids are places in the list, and -1 is the last.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def decode(self, ids):
        return "".join(self.vocab[each] if each < len(self.vocab) else UNKNOWN for each in ids)
