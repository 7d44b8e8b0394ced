"""Pairs are taken two by two.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


def count_pairs(words):
    counts = {}
    for tokens, times in words:
        for pair in zip(tokens[::2], tokens[1::2], strict=False):
            counts[pair] = counts.get(pair, 0) + times
    return counts
