"""The tokens that are given are changed.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


def merge_pair(tokens, pair):
    place = 0
    while place < len(tokens) - 1:
        if (tokens[place], tokens[place + 1]) == tuple(pair):
            tokens[place : place + 2] = [pair[0] + pair[1]]
        place += 1
    return tokens
