"""Ends of words are deleted: words run together.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


class BPETokenizer:
    def decode(self, ids):
        text = "".join(self.id_to_token.get(each, UNKNOWN) for each in ids)
        return text.replace(END, "").strip()
