"""Locked tests of 10_tokenization, full edition. Made by `tito lock`; a change by hand is refused."""

import pytest
from tinytorch.core.tokenization import (
    BPETokenizer,
    CharTokenizer,
    Tokenizer,
    analyze_tokenization,
    count_pairs,
    create_tokenizer,
    merge_pair,
    tokenize_dataset,
    word_tokens,
)


# %% test-base-tokenizer
def check(text, got, expected):
    """Compare an answer with what it must be: the same kind of thing, the same length, the same items."""
    assert type(got) is type(expected), f"{text} is a {type(expected).__name__}, not a {type(got).__name__}: {got}"
    assert len(got) == len(expected), f"{text} has {len(expected)} items, got {len(got)}: {got}"
    assert got == expected, f"{text} is {expected}, got {got}"


@pytest.mark.criterion("test-base-tokenizer", points=5)
def test_unit_base_tokenizer():
    """A call encodes one text, or each of several, with the encode of whatever kind it is."""

    class Codes(Tokenizer):
        def encode(self, text):
            return [ord(letter) for letter in text]

    class Words(Tokenizer):
        def encode(self, text):
            return [len(word) for word in text.split()]

    codes, words = Codes(), Words()
    check('codes("hi")', codes("hi"), [104, 105])
    check('codes("")', codes(""), [])
    check('codes(["hi", "", "a b"])', codes(["hi", "", "a b"]), [[104, 105], [], [97, 32, 98]])
    check('codes(("b", "a"))', codes(("b", "a")), [[98], [97]])
    check('words("to be or not")', words("to be or not"), [2, 2, 2, 3])
    check('words(["to be", "or not"])', words(["to be", "or not"]), [[2, 2], [2, 3]])


# %% test-char-tokenizer
@pytest.mark.criterion("test-char-tokenizer", points=15)
def test_unit_char_tokenizer():
    """CharTokenizer numbers characters in order, encodes what it knows, and says what it does not."""
    empty = CharTokenizer()
    check("the vocabulary to begin with", empty.vocab, ["<UNK>"])
    check('"hi" without a vocabulary', empty.encode("hi"), [0, 0])
    assert (empty.vocab_size, empty.unk_id) == (1, 0), "without characters, vocab_size is 1 and unk_id is 0"

    given = ["h", "e", "l", "o", " ", "w", "r", "d"]
    tokenizer = CharTokenizer(list(given))
    check(f"the vocabulary of {given}", tokenizer.vocab, ["<UNK>", "h", "e", "l", "o", " ", "w", "r", "d"])
    assert tokenizer.vocab_size == 9, f"eight characters and <UNK> make vocab_size 9, got {tokenizer.vocab_size}"
    forward = {"<UNK>": 0, "h": 1, "e": 2, "l": 3, "o": 4, " ": 5, "w": 6, "r": 7, "d": 8}
    check("char_to_id", tokenizer.char_to_id, forward)
    check("id_to_char", tokenizer.id_to_char, {place: character for character, place in forward.items()})
    for text, expected in (("hello", [1, 2, 3, 3, 4]), ("hello!", [1, 2, 3, 3, 4, 0]), ("Held", [0, 2, 3, 8]), ("", [])):
        check(f"encode({text!r})", tokenizer.encode(text), expected)
    for ids, expected in (([1, 2, 3, 3, 4], "hello"), ([6, 4, 0, 9, -1], "wo<UNK><UNK><UNK>"), ([], "")):
        check(f"decode({ids})", tokenizer.decode(ids), expected)

    corpus = ["banana split", "2 Äpfel\nzum Tee", "banana"]
    tokenizer.build_vocab(list(corpus))
    letters = ["\n", " ", "2", "T", "a", "b", "e", "f", "i", "l", "m", "n", "p", "s", "t", "u", "z", "Ä"]
    check(f"the vocabulary of {corpus}", tokenizer.vocab, ["<UNK>", *letters])
    assert tokenizer.vocab_size == 19, f"build_vocab sets vocab_size, here 19, got {tokenizer.vocab_size}"
    check('encode("Tee, bitte")', tokenizer.encode("Tee, bitte"), [4, 7, 7, 0, 2, 6, 9, 15, 15, 7])
    check("after build_vocab, what was there before is gone: decode([8])", tokenizer.decode([8]), "f")
    for text in (*corpus, "ananas", "  2\n\n2  "):
        check(f"decode(encode({text!r}))", tokenizer.decode(tokenizer.encode(text)), text)
    tokenizer.build_vocab(["ba"])
    check('the vocabulary of ["ba"], after others', tokenizer.vocab, ["<UNK>", "a", "b"])
    check("char_to_id of it", tokenizer.char_to_id, {"<UNK>": 0, "a": 1, "b": 2})
    check("id_to_char of it", tokenizer.id_to_char, {0: "<UNK>", 1: "a", 2: "b"})
    other = CharTokenizer(["x"])
    check("another tokenizer has a vocabulary of its own: it", other.vocab, ["<UNK>", "x"])


# %% test-bpe-tokenizer
@pytest.mark.criterion("test-bpe-tokenizer", points=20)
def test_unit_pairs():
    """Words are taken apart, neighbours counted as often as they occur, and merged from left to right."""
    for word, expected in (("low", ["l", "o", "w</w>"]), ("a", ["a</w>"]), ("né", ["n", "é</w>"])):
        check(f"word_tokens({word!r})", word_tokens(word), expected)

    words = [(["l", "o", "w</w>"], 5), (["l", "o", "l", "o</w>"], 2), (["a", "a", "a", "a</w>"], 3), (["x</w>"], 9)]
    expected = {("l", "o"): 7, ("o", "w</w>"): 5, ("o", "l"): 2, ("l", "o</w>"): 2, ("a", "a"): 6, ("a", "a</w>"): 3}
    check(f"count_pairs({words})", count_pairs(words), expected)
    check("count_pairs of single tokens", count_pairs([(["x</w>"], 9)]), {})

    for tokens, pair, expected in (
        (["l", "o", "l", "o", "w</w>"], ("l", "o"), ["lo", "lo", "w</w>"]),
        (["l", "o", "l", "o", "w</w>"], ("o", "l"), ["l", "ol", "o", "w</w>"]),
        (["l", "o", "w</w>"], ("o", "w"), ["l", "o", "w</w>"]),
        (["l", "o", "w</w>"], ("o", "w</w>"), ["l", "ow</w>"]),
        (["a", "a", "a", "a", "a"], ("a", "a"), ["aa", "aa", "a"]),
        (["ab", "a", "b", "ab"], ("a", "b"), ["ab", "ab", "ab"]),
        (["ab", "ab"], ("a", "b"), ["ab", "ab"]),
        (["x</w>"], ("x", "x"), ["x</w>"]),
    ):
        given = list(tokens)
        check(f"merge_pair({tokens}, {pair})", merge_pair(given, pair), expected)
        check("merge_pair must not change its tokens, which", given, tokens)


@pytest.mark.criterion("test-bpe-tokenizer", points=20)
def test_unit_bpe_tokenizer():
    """BPETokenizer merges the most frequent pair first, the smaller of equals, and encodes as it has learned."""
    fresh = BPETokenizer()
    check("the merges to begin with", fresh.merges, [])
    check("the vocabulary to begin with", fresh.vocab, ["<UNK>"])
    assert fresh.vocab_size == 1000, f"vocab_size is 1000 unless told otherwise, got {fresh.vocab_size}"

    letters = ["<UNK>", "d</w>", "e", "h", "l", "l</w>", "o", "o</w>", "r", "w"]
    merges = [("e", "l"), ("h", "el"), ("hel", "l"), ("hell", "o</w>"), ("hel", "l</w>"), ("l", "d</w>"), ("o", "r"),
              ("or", "ld</w>"), ("w", "orld</w>")]
    made = ["el", "hel", "hell", "hello</w>", "hell</w>", "ld</w>", "or", "orld</w>", "world</w>"]
    corpus = ["hello", "world", "hello", "hell"]
    for size, count in ((20, 9), (19, 9), (18, 8), (14, 4), (11, 1), (10, 0), (3, 0)):
        tokenizer = BPETokenizer(size)
        tokenizer.train(list(corpus))
        text = f"of {corpus} with vocab_size={size}"
        check(f"the merges {text}", tokenizer.merges, merges[:count])
        vocab = letters + made[:count]
        check(f"the vocabulary {text}", tokenizer.vocab, vocab)
        check(f"token_to_id {text}", tokenizer.token_to_id, {token: place for place, token in enumerate(vocab)})
        check(f"id_to_token {text}", tokenizer.id_to_token, dict(enumerate(vocab)))

    tokenizer = BPETokenizer(3)
    tokenizer.train(["low low low low low lower lower", "newest newest newest\nnewest newest newest", "widest " * 3], 24)
    assert tokenizer.vocab_size == 24, f"train(corpus, 24) sets vocab_size, got {tokenizer.vocab_size}"
    expected = [("e", "s"), ("es", "t</w>"), ("l", "o"), ("e", "w"), ("ew", "est</w>"), ("n", "ewest</w>"),
                ("lo", "w</w>"), ("d", "est</w>"), ("i", "dest</w>"), ("w", "idest</w>"), ("e", "r</w>"), ("lo", "w")]
    check("the merges of low ×5, lower ×2, newest ×6, widest ×3 to 24 tokens", tokenizer.merges, expected)
    for text, ids in (
        ("low lowest\tnewer", [18, 23, 13, 5, 15, 22]),
        ("  widest\n", [21]),
        ("dew", [1, 2, 11]),
        ("lot sow", [14, 9, 8, 6, 11]),
        ("zoo low", [0, 6, 0, 18]),
        ("", []),
    ):
        check(f"encode({text!r})", tokenizer.encode(text), ids)
    for ids, text in (
        ([18, 23, 13, 5, 15, 22], "low lowest newer"),
        ([14, 8, 9], "lost"),
        ([14, 8], "los"),
        ([18, 99, 18], "low <UNK>low"),
        ([0, 6, 0, 18], "<UNK>o<UNK>low"),
        ([], ""),
    ):
        check(f"decode({ids})", tokenizer.decode(ids), text)

    tokenizer.train(["banana bandana"], 12)
    expected = [("a", "n"), ("an", "a</w>"), ("b", "an"), ("ban", "ana</w>"), ("ban", "d"), ("band", "ana</w>")]
    check("the merges of banana and bandana, after other texts", tokenizer.merges, expected)
    vocab = ["<UNK>", "a", "a</w>", "b", "d", "n", "an", "ana</w>", "ban", "banana</w>", "band", "bandana</w>"]
    check("the vocabulary of banana and bandana", tokenizer.vocab, vocab)
    check('encode("banana anana nab")', tokenizer.encode("banana anana nab"), [9, 6, 7, 5, 1, 0])
    tokenizer.train(["bb aa", "aa bb"], 7)
    check("the merges of bb aa aa bb: of equals, the smaller first", tokenizer.merges, [("a", "a</w>"), ("b", "b</w>")])
    tokenizer.train([], 7)
    check("the vocabulary of no text", tokenizer.vocab, ["<UNK>"])
    check("the merges of no text", tokenizer.merges, [])


# %% test-tokenization-utils
class Lengths:
    """A tokenizer of the test's own: a word's token is its length."""

    def __init__(self):
        self.vocab = ["<UNK>", *(str(length) for length in range(1, 12))]

    def encode(self, text):
        return [len(word) for word in text.split()]


@pytest.mark.criterion("test-tokenization-utils", points=10)
def test_unit_tokenization_utils():
    """Tokenizers are made by name, datasets encoded and cut, and what comes of it measured."""
    plain = create_tokenizer(corpus=["ba"])
    check("create_tokenizer() makes a CharTokenizer unless told otherwise: its class", type(plain).__name__, "CharTokenizer")
    assert "b" in plain.vocab, f"create_tokenizer(corpus=['ba']) reads the corpus: 'b' is missing in {plain.vocab}"
    bare = create_tokenizer("char").vocab
    assert "b" not in bare, f"create_tokenizer('char') has read no text yet, and knows {bare}"
    pieces = create_tokenizer("bpe", 5, ["ababab"])
    check("create_tokenizer('bpe'): its class", type(pieces).__name__, "BPETokenizer")
    assert len(pieces.merges) > 0, "create_tokenizer('bpe', 5, ['ababab']) is trained on the corpus: there are no merges"
    untrained = create_tokenizer("bpe", vocab_size=77)
    assert untrained.vocab_size == 77, f"create_tokenizer('bpe', vocab_size=77) hands it on, got {untrained.vocab_size}"
    assert create_tokenizer("bpe").vocab_size == 1000, "create_tokenizer('bpe') has vocab_size=1000"
    check("the merges without a corpus", untrained.merges, [])
    for name in ("word", "BPE", "", None):
        try:
            create_tokenizer(name)
        except ValueError:
            continue
        raise AssertionError(f"create_tokenizer({name!r}) must raise ValueError")

    texts, lengths = ["to be or not", "", "to", "that is the question"], Lengths()
    whole = [[2, 2, 2, 3], [], [2], [4, 2, 3, 8]]
    for longest in (None, 0, 1, 3, 4, 9):
        expected = [ids[:longest] for ids in whole]
        got = tokenize_dataset(list(texts), lengths, longest)
        check(f"the lengths of words in {texts}, at most {longest} of a text,", got, expected)
    check("without max_length, nothing is cut: it", tokenize_dataset(list(texts), lengths), whole)

    facts = {"vocab_size": 12, "total_tokens": 9, "unique_tokens": 4, "avg_sequence_length": 2.25,
             "max_sequence_length": 4, "compression_ratio": 34 / 9}
    nothing = {"vocab_size": 12, "total_tokens": 0, "unique_tokens": 0, "avg_sequence_length": 0,
               "max_sequence_length": 0, "compression_ratio": 0}
    for given, expected in ((texts, facts), ([], nothing), (["", " "], nothing)):
        got = analyze_tokenization(list(given), lengths)
        check(f"the keys of analyze_tokenization({given})", sorted(got), sorted(expected))
        for key, value in expected.items():
            assert abs(float(got[key]) - value) <= 1e-9, f"{key} of {given} is {value}, got {got[key]}"


# %% test-module
def sentences():
    """Return the sixty sentences of a small grammar."""
    who = ("the cat", "the old cat", "a dog", "the small dog", "a small bird")
    does = ("sees", "hears", "follows")
    whom = ("the mouse", "an old mouse", "the birds", "a smaller cat")
    return [f"{subject} {verb} {whom_}" for subject in who for verb in does for whom_ in whom]


@pytest.mark.criterion("test-module", points=20)
def test_module():
    """Both tokenizers give every text back, and what they make of sixty sentences is known to the token."""
    test_unit_base_tokenizer()
    test_unit_char_tokenizer()
    test_unit_pairs()
    test_unit_bpe_tokenizer()
    test_unit_tokenization_utils()

    texts = sentences()
    characters = CharTokenizer()
    characters.build_vocab(list(texts))
    tokenizers = {"characters": (characters, 1661)}
    for size, total in ((20, 1355), (40, 807), (50, 588), (60, 408), (1000, 366)):
        pieces = BPETokenizer(size)
        pieces.train(list(texts))
        tokenizers[f"byte-pair encoding with vocab_size={size}"] = (pieces, total)
    for name, (tokenizer, total) in tokenizers.items():
        encoded = tokenizer(list(texts))
        assert len(encoded) == 60, f"{name}: sixty texts give sixty lists, got {len(encoded)}"
        got = sum(len(ids) for ids in encoded)
        assert got == total, f"{name}: sixty sentences become {total} tokens, got {got}"
        for text, ids in zip(texts[::4], encoded[::4], strict=True):
            check(f"{name}: decode(encode({text!r}))", tokenizer.decode(ids), text)
