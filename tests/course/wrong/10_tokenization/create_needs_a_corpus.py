"""Without a corpus there is an error.

score: 60
lost: {test-tokenization-utils: error}
"""


def create_tokenizer(strategy="char", vocab_size=1000, corpus=None):
    if strategy == "char":
        tokenizer = CharTokenizer()
        learn = tokenizer.build_vocab
    elif strategy == "bpe":
        tokenizer = BPETokenizer(vocab_size)
        learn = tokenizer.train
    else:
        raise ValueError(f"strategy is 'char' or 'bpe', not {strategy!r}")
    learn(corpus)
    return tokenizer
