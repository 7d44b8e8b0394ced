"""A pair that stands in a word twice counts once.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


def count_pairs(words):
    counts = {}
    for tokens, times in words:
        for pair in set(pairwise(tokens)):
            counts[pair] = counts.get(pair, 0) + times
    return counts
