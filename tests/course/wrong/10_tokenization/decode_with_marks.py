"""The ends of words stay in the text.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


class BPETokenizer:
    def decode(self, ids):
        return "".join(self.id_to_token.get(each, UNKNOWN) for each in ids)
