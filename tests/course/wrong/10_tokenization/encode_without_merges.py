"""Words stay in characters.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


class BPETokenizer:
    def encode(self, text):
        ids = []
        for word in text.split():
            tokens = word_tokens(word)
            ids += [self.token_to_id.get(token, 0) for token in tokens]
        return ids
