"""Any other name makes a CharTokenizer.

score: 60
lost: {test-tokenization-utils: failed}
"""


def create_tokenizer(strategy="char", vocab_size=1000, corpus=None):
    if strategy != "bpe":
        tokenizer = CharTokenizer()
        learn = tokenizer.build_vocab
    else:
        tokenizer = BPETokenizer(vocab_size)
        learn = tokenizer.train
    if corpus is not None:
        learn(corpus)
    return tokenizer
