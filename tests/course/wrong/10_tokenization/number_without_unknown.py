"""<UNK> is not in the vocabulary.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


class BPETokenizer:
    def number(self, tokens):
        self.vocab = list(tokens)
        self.token_to_id = {token: place for place, token in enumerate(self.vocab)}
        self.id_to_token = dict(enumerate(self.vocab))
