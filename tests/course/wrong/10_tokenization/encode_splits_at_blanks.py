"""Only single blanks part words.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


class BPETokenizer:
    def encode(self, text):
        ids = []
        for word in filter(None, text.split(" ")):
            tokens = word_tokens(word)
            for pair in self.merges:
                tokens = merge_pair(tokens, pair)
            ids += [self.token_to_id.get(token, 0) for token in tokens]
        return ids
