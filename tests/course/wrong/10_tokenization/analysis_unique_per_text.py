"""unique_tokens adds up those of each text.

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
        "unique_tokens": sum(len(set(ids)) for ids in encoded),
        "avg_sequence_length": total / len(texts) if texts else 0,
        "max_sequence_length": max(lengths, default=0),
        "compression_ratio": sum(len(text) for text in texts) / total if total else 0,
    }
