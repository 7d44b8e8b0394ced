"""The last token is lost unless it was merged.

score: 30
lost: {test-bpe-tokenizer: failed, test-module: failed}
"""


def merge_pair(tokens, pair):
    merged, place = [], 0
    while place < len(tokens) - 1:
        if (tokens[place], tokens[place + 1]) == tuple(pair):
            merged.append(pair[0] + pair[1])
            place += 2
        else:
            merged.append(tokens[place])
            place += 1
    return merged
