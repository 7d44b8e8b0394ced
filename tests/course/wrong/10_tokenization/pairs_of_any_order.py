"""A pair and its mirror image are one.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


def count_pairs(words):
    counts = {}
    for tokens, times in words:
        for pair in pairwise(tokens):
            pair = tuple(sorted(pair))
            counts[pair] = counts.get(pair, 0) + times
    return counts
