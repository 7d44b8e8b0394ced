"""The longest token that fits is taken, whatever the merges.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


class BPETokenizer:
    def encode(self, text):
        ids = []
        for word in text.split():
            left = word + END
            while left:
                fits = [end for end in range(len(left), 0, -1) if left[:end] in self.token_to_id]
                end = fits[0] if fits else (1 if len(left) > len(END) + 1 else len(left))
                ids.append(self.token_to_id.get(left[:end], 0))
                left = left[end:]
        return ids
