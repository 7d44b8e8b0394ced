"""compression_ratio is tokens divided by characters.

score: 60
lost: {test-tokenization-utils: failed}
"""


def analyze_tokenization(texts, tokenizer):
    encoded = tokenize_dataset(texts, tokenizer)
    lengths = [len(ids) for ids in encoded]
    total = sum(lengths)
    return {
        "vocab_size": len(tokenizer.vocab),
        "total_tokens": total,
        "unique_tokens": len({each for ids in encoded for each in ids}),
        "avg_sequence_length": total / len(texts) if texts else 0,
        "max_sequence_length": max(lengths, default=0),
        "compression_ratio": total / sum(len(text) for text in texts) if total else 0,
    }
