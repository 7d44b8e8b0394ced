"""Tokens come back in place of ids.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


class BPETokenizer:
    def encode(self, text):
        ids = []
        for word in text.split():
            tokens = word_tokens(word)
            for pair in self.merges:
                tokens = merge_pair(tokens, pair)
            ids += tokens
        return ids
