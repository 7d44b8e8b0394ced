"""An id that does not exist is a KeyError.

score: 50
lost: {test-bpe-tokenizer: error}
"""


class BPETokenizer:
    def decode(self, ids):
        text = "".join(self.id_to_token[each] for each in ids)
        return text.replace(END, " ").strip()
