"""Every character carries the mark.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


def word_tokens(word):
    return [character + END for character in word]
