"""How often a word occurs does not count.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


def count_pairs(words):
    counts = {}
    for tokens, times in words:
        for pair in pairwise(tokens):
            counts[pair] = counts.get(pair, 0) + 1
    return counts
