"""The mark is a token of its own.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


def word_tokens(word):
    return [*word, END]
