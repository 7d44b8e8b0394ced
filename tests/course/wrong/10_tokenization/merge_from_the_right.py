"""Merging goes from right to left.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


def merge_pair(tokens, pair):
    merged = []
    for token in reversed(tokens):
        if merged and (token, merged[0]) == tuple(pair):
            merged[0] = token + merged[0]
        else:
            merged.insert(0, token)
    return merged
