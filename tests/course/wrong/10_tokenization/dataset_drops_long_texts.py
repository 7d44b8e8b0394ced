"""Texts that are too long are left out.

score: 60
lost: {test-tokenization-utils: failed}
"""


def tokenize_dataset(texts, tokenizer, max_length=None):
    encoded = [tokenizer.encode(text) for text in texts]
    return [ids for ids in encoded if max_length is None or len(ids) <= max_length]
