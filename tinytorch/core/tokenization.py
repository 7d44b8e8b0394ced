"""core.tokenization: made by `tito export` from 10_tokenization/tokenization_dev.py; edit that file."""

from collections import Counter
from itertools import pairwise

__all__ = [
    "BPETokenizer",
    "CharTokenizer",
    "END",
    "Tokenizer",
    "UNKNOWN",
    "analyze_tokenization",
    "count_pairs",
    "create_tokenizer",
    "merge_pair",
    "tokenize_dataset",
    "word_tokens",
]


# What stands for everything that is not in a vocabulary; its id is 0.
UNKNOWN = "<UNK>"
# What the last piece of a word ends in, so that "low" and the "low" of "lower" are different pieces.
END = "</w>"


class Tokenizer:
    """What every tokenizer is: text to ids, and ids to text."""

    def encode(self, text):
        """Turn a text into a list of ids; every kind of tokenizer brings its own."""
        raise NotImplementedError(f"{type(self).__name__} has no encode")

    def decode(self, ids):
        """Turn a list of ids into a text; every kind of tokenizer brings its own."""
        raise NotImplementedError(f"{type(self).__name__} has no decode")

    def __call__(self, text):
        """
        Encode one text or several.

        TODO: return what encode gives for a text, and a list of what it gives for each where text is a list or tuple.

        EXAMPLE:
        >>> class Lengths(Tokenizer):
        ...     def encode(self, text):
        ...         return [len(word) for word in text.split()]
        >>> Lengths()("to be or not")
        [2, 2, 2, 3]
        >>> Lengths()(["to be", "or not"])
        [[2, 2], [2, 3]]

        HINT: isinstance(text, str). A text can be looped over as well, letter by letter.
        """
        if isinstance(text, str):
            return self.encode(text)
        return [self.encode(each) for each in text]


class CharTokenizer(Tokenizer):
    """A token for each character."""

    def __init__(self, vocab=None):
        """
        Begin with a list of characters, or with none.

        TODO: set unk_id to 0, and number the characters that are given, if any, in their order.

        EXAMPLE:
        >>> CharTokenizer(["h", "i"]).vocab
        ['<UNK>', 'h', 'i']
        >>> CharTokenizer().vocab_size
        1

        HINT: number, below, does the work.
        """
        self.unk_id = 0
        self.number(vocab or [])

    def number(self, characters):
        """
        Give each character an id.

        TODO: set vocab, vocab_size, char_to_id and id_to_char.

        APPROACH:
        1. vocab is a list of UNKNOWN and then the characters; vocab_size is its length.
        2. char_to_id is a dictionary from each of them to its place in vocab, and id_to_char the one back.

        EXAMPLE:
        >>> tokenizer = CharTokenizer(["h", "i"])
        >>> tokenizer.char_to_id
        {'<UNK>': 0, 'h': 1, 'i': 2}

        HINT: enumerate.
        """
        self.vocab = [UNKNOWN, *characters]
        self.vocab_size = len(self.vocab)
        self.char_to_id = {character: place for place, character in enumerate(self.vocab)}
        self.id_to_char = dict(enumerate(self.vocab))

    def build_vocab(self, corpus):
        """
        Take the vocabulary from a list of texts.

        TODO: number all characters that occur, each once, sorted; what was there before is gone.

        EXAMPLE:
        >>> tokenizer = CharTokenizer(["z"])
        >>> tokenizer.build_vocab(["hello", "world"])
        >>> tokenizer.vocab
        ['<UNK>', 'd', 'e', 'h', 'l', 'o', 'r', 'w']

        HINT: a set holds each thing once; sorted makes a list of it, which is the same on every machine.
        """
        self.number(sorted(set("".join(corpus))))

    def encode(self, text):
        """
        Turn a text into ids.

        TODO: return a list with the id of each character, unk_id for those that are not in the vocabulary.

        EXAMPLE:
        >>> CharTokenizer(["h", "i"]).encode("hi!")
        [1, 2, 0]

        HINT: a dictionary's get takes what it gives for a missing key.
        """
        return [self.char_to_id.get(character, self.unk_id) for character in text]

    def decode(self, ids):
        """
        Turn ids into a text.

        TODO: return the characters in one string, UNKNOWN for ids that are not in the vocabulary.

        EXAMPLE:
        >>> CharTokenizer(["h", "i"]).decode([1, 2, 0])
        'hi<UNK>'
        """
        return "".join(self.id_to_char.get(each, UNKNOWN) for each in ids)


def word_tokens(word):
    """
    Take a word apart.

    TODO: return a list of its characters; the last one has END behind it.

    EXAMPLE:
    >>> word_tokens("low")
    ['l', 'o', 'w</w>']
    """
    return [*word[:-1], word[-1] + END]


def count_pairs(words):
    """
    Count which tokens stand next to each other.

    TODO: return a dictionary from each pair of neighbours to how often it occurs, for a list of (tokens, how often the
    word occurs).

    EXAMPLE:
    >>> count_pairs([(["l", "o", "w</w>"], 5), (["l", "o", "l", "o</w>"], 1)])
    {('l', 'o'): 6, ('o', 'w</w>'): 5, ('o', 'l'): 1, ('l', 'o</w>'): 1}

    HINT: pairwise(tokens) gives the neighbours, as zip(tokens, tokens[1:]) does. A pair that stands in a word twice counts twice.
    """
    counts = {}
    for tokens, times in words:
        for pair in pairwise(tokens):
            counts[pair] = counts.get(pair, 0) + times
    return counts


def merge_pair(tokens, pair):
    """
    Make one token of two wherever they stand next to each other.

    TODO: return a new list, going from left to right; what has been merged once is not merged again.

    EXAMPLE:
    >>> merge_pair(["l", "o", "l", "o", "l", "o</w>"], ("l", "o"))
    ['lo', 'lo', 'l', 'o</w>']
    >>> merge_pair(["a", "a", "a"], ("a", "a"))
    ['aa', 'a']

    HINT: build the list token by token, and look at the last one that is in it already.
    """
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == tuple(pair):
            merged[-1] += token
        else:
            merged.append(token)
    return merged


class BPETokenizer(Tokenizer):
    """Pieces of words, as long as their frequency deserves."""

    def __init__(self, vocab_size=1000):
        """
        Begin without merges.

        TODO: set vocab_size, which is the most tokens that train may make, and merges to []; number no tokens.

        EXAMPLE:
        >>> BPETokenizer().vocab_size, BPETokenizer().merges, BPETokenizer().vocab
        (1000, [], ['<UNK>'])
        """
        self.vocab_size = vocab_size
        self.merges = []
        self.number([])

    def number(self, tokens):
        """TODO: set vocab, token_to_id and id_to_token for UNKNOWN and then the tokens, as CharTokenizer does."""
        self.vocab = [UNKNOWN, *tokens]
        self.token_to_id = {token: place for place, token in enumerate(self.vocab)}
        self.id_to_token = dict(enumerate(self.vocab))

    def train(self, corpus, vocab_size=None):
        """
        Learn from a list of texts which pieces occur together.

        TODO: set merges, a list of pairs in the order in which they were merged, and the vocabulary.

        APPROACH:
        1. A vocab_size that is given takes the place of the one that was there.
        2. Split the texts at white space, count how often each word occurs, and take each word apart once.
        3. Begin the tokens with all that occur, sorted.
        4. While the vocabulary, <UNK> included, is smaller than vocab_size and there are pairs: find the most frequent,
           the smaller of two that are equally frequent; note it down in merges; merge it in all words; and put the new
           token behind the others.
        5. Number the tokens.

        EXAMPLE:
        >>> tokenizer = BPETokenizer()
        >>> tokenizer.train(["hello world", "hello hell"], vocab_size=12)
        >>> tokenizer.merges
        [('e', 'l'), ('h', 'el')]
        >>> tokenizer.vocab
        ['<UNK>', 'd</w>', 'e', 'h', 'l', 'l</w>', 'o', 'o</w>', 'r', 'w', 'el', 'hel']

        HINT: Counter counts words. min(pairs, key=lambda pair: (-pairs[pair], pair)) is the most frequent pair, and of
        equals the one that comes first in a dictionary of the language.
        """
        if vocab_size is not None:
            self.vocab_size = vocab_size
        counts = Counter(word for text in corpus for word in text.split())
        words = [(word_tokens(word), times) for word, times in counts.items()]
        tokens = sorted({token for parts, _ in words for token in parts})
        self.merges = []
        while len(tokens) + 1 < self.vocab_size:
            pairs = count_pairs(words)
            if not pairs:
                break
            best = min(pairs, key=lambda pair: (-pairs[pair], pair))
            self.merges.append(best)
            words = [(merge_pair(parts, best), times) for parts, times in words]
            tokens.append(best[0] + best[1])
        self.number(tokens)

    def encode(self, text):
        """
        Turn a text into ids.

        TODO: return a list with the ids of all pieces of all words, 0 for pieces that are not in the vocabulary.

        APPROACH:
        1. Split the text at white space, and take each word apart.
        2. Apply the merges, in their order.
        3. Look each token up.

        EXAMPLE:
        >>> tokenizer = BPETokenizer(12)
        >>> tokenizer.train(["hello world", "hello hell"])
        >>> tokenizer.encode("hello held")
        [11, 4, 7, 11, 1]
        """
        ids = []
        for word in text.split():
            tokens = word_tokens(word)
            for pair in self.merges:
                tokens = merge_pair(tokens, pair)
            ids += [self.token_to_id.get(token, 0) for token in tokens]
        return ids

    def decode(self, ids):
        """
        Turn ids into a text.

        TODO: return the tokens in one string, UNKNOWN for ids that are not in the vocabulary, with a blank for each END,
        but none behind the last word.

        EXAMPLE:
        >>> tokenizer = BPETokenizer(12)
        >>> tokenizer.train(["hello world", "hello hell"])
        >>> tokenizer.decode([11, 4, 7, 11, 1])
        'hello held'
        """
        text = "".join(self.id_to_token.get(each, UNKNOWN) for each in ids)
        return text.replace(END, " ").strip()


def create_tokenizer(strategy="char", vocab_size=1000, corpus=None):
    """
    Make a tokenizer by the name of its kind, and train it where there are texts.

    TODO: return a CharTokenizer for 'char' and a BPETokenizer for 'bpe'; any other strategy is a ValueError.

    EXAMPLE:
    >>> create_tokenizer("char", corpus=["hello"]).vocab
    ['<UNK>', 'e', 'h', 'l', 'o']
    >>> create_tokenizer("bpe", 5, ["aab aab"]).vocab
    ['<UNK>', 'a', 'b</w>', 'aa', 'aab</w>']

    HINT: build_vocab for the one, train for the other, and neither without a corpus.
    """
    if strategy == "char":
        tokenizer = CharTokenizer()
        learn = tokenizer.build_vocab
    elif strategy == "bpe":
        tokenizer = BPETokenizer(vocab_size)
        learn = tokenizer.train
    else:
        raise ValueError(f"strategy is 'char' or 'bpe', not {strategy!r}")
    if corpus is not None:
        learn(corpus)
    return tokenizer


def tokenize_dataset(texts, tokenizer, max_length=None):
    """
    Encode all texts, none longer than max_length.

    TODO: return a list of lists of ids, each cut after max_length ids where that is given.

    EXAMPLE:
    >>> tokenize_dataset(["hi", "hihi"], CharTokenizer(["h", "i"]), max_length=3)
    [[1, 2], [1, 2, 1]]

    HINT: ids[:None] is all of them.
    """
    return [tokenizer.encode(text)[:max_length] for text in texts]


def analyze_tokenization(texts, tokenizer):
    """
    Measure what a tokenizer makes of texts.

    TODO: return a dictionary with

    - vocab_size: how many tokens the tokenizer has, the length of its vocab;
    - total_tokens: how many the texts become;
    - unique_tokens: how many different ones of them;
    - avg_sequence_length and max_sequence_length: tokens of a text;
    - compression_ratio: characters of all texts, divided by total_tokens.

    Where there is no text or no token, the last three are 0.

    EXAMPLE:
    >>> facts = analyze_tokenization(["hi", "hihi"], CharTokenizer(["h", "i", "j"]))
    >>> facts["vocab_size"], facts["total_tokens"], facts["unique_tokens"]
    (4, 6, 2)
    >>> facts["avg_sequence_length"], facts["max_sequence_length"], facts["compression_ratio"]
    (3.0, 4, 1.0)
    """
    encoded = tokenize_dataset(texts, tokenizer)
    lengths = [len(ids) for ids in encoded]
    total = sum(lengths)
    return {
        "vocab_size": len(tokenizer.vocab),
        "total_tokens": total,
        "unique_tokens": len({each for ids in encoded for each in ids}),
        "avg_sequence_length": total / len(texts) if texts else 0,
        "max_sequence_length": max(lengths, default=0),
        "compression_ratio": sum(len(text) for text in texts) / total if total else 0,
    }
