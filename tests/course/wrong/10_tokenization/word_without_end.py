"""The last character carries no mark.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


def word_tokens(word):
    return list(word)
