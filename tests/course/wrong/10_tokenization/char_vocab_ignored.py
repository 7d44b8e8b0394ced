"""What is given to __init__ is not used.

score: 55
lost: {test-char-tokenizer: failed}
"""


class CharTokenizer:
    def __init__(self, vocab=None):
        self.unk_id = 0
        self.number([])
