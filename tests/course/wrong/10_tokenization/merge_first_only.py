"""Only the first pair in a word is merged.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


def merge_pair(tokens, pair):
    for place in range(len(tokens) - 1):
        if (tokens[place], tokens[place + 1]) == tuple(pair):
            return [*tokens[:place], pair[0] + pair[1], *tokens[place + 2 :]]
    return list(tokens)
