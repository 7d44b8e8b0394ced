"""Pairs that occur once are not merged.

score: 50
lost: {test-bpe-tokenizer: failed}
"""


class BPETokenizer:
    def train(self, corpus, vocab_size=None):
        if vocab_size is not None:
            self.vocab_size = vocab_size
        counts = Counter(word for text in corpus for word in text.split())
        words = [(word_tokens(word), times) for word, times in counts.items()]
        tokens = sorted({token for parts, _ in words for token in parts})
        self.merges = []
        while len(tokens) + 1 < self.vocab_size:
            pairs = count_pairs(words)
            if not pairs or max(pairs.values()) < 2:
                break
            best = min(pairs, key=lambda pair: (-pairs[pair], pair))
            self.merges.append(best)
            words = [(merge_pair(parts, best), times) for parts, times in words]
            tokens.append(best[0] + best[1])
        self.number(tokens)
