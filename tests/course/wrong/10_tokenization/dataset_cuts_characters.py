"""Texts are cut before they are encoded.

score: 60
lost: {test-tokenization-utils: failed}
"""


def tokenize_dataset(texts, tokenizer, max_length=None):
    return [tokenizer.encode(text[:max_length]) for text in texts]
