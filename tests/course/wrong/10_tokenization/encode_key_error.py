"""An unknown token is a KeyError.

score: 50
lost: {test-bpe-tokenizer: error}
"""


class BPETokenizer:
    def encode(self, text):
        ids = []
        for word in text.split():
            tokens = word_tokens(word)
            for pair in self.merges:
                tokens = merge_pair(tokens, pair)
            ids += [self.token_to_id[token] for token in tokens]
        return ids
