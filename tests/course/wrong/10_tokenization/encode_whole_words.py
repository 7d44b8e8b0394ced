"""A word is one token or unknown.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


class BPETokenizer:
    def encode(self, text):
        return [self.token_to_id.get(word + END, 0) for word in text.split()]
