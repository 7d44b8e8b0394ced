"""A token that has been merged is merged again with the next.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


def merge_pair(tokens, pair):
    merged = []
    for place, token in enumerate(tokens):
        if place and (tokens[place - 1], token) == tuple(pair):
            merged[-1] += token
        else:
            merged.append(token)
    return merged
