"""A pair is the string of both.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


def count_pairs(words):
    counts = {}
    for tokens, times in words:
        for pair in pairwise(tokens):
            counts[pair[0] + pair[1]] = counts.get(pair[0] + pair[1], 0) + times
    return counts
