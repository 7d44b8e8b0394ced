# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
r"""
# 10 · Tokenization

A network computes with numbers, and a text is none. Somebody has to cut it into pieces and number these. How that is
done decides how long texts are for the model, how large its first table is, and what it does with a word that it has
never met. This lesson builds the two tokenizers at the ends of the range, one that cuts into characters and one that
learns, from texts, which pieces are worth a number of their own.

**When you are through, you can**

- say what a vocabulary costs in length, and a length in vocabulary;
- encode and decode with a table, and deal with what is not in it;
- train byte-pair encoding by hand on four words, and by program on many;
- find out why a tokenizer trained twice on the same texts is not the same tokenizer, and see to it that yours is.

**You need** Python's lists and dictionaries, and no earlier lesson.

**You build**

| part | does |
|---|---|
| `Tokenizer` | what both have in common: a call that encodes one text or several |
| `CharTokenizer` | one token for each character |
| `word_tokens`, `count_pairs`, `merge_pair` | the three steps of byte-pair encoding |
| `BPETokenizer` | learns pieces of words, and cuts new texts into them |
| `create_tokenizer`, `tokenize_dataset`, `analyze_tokenization` | make one by name, run it over many texts, measure it |

**The way here and on**

```
 08 DataLoader         10 Tokenization                      11 Embeddings
 batches of         ──▶  "the cat" ──▶ [27, 31]  ──▶   a row of numbers for each id
 examples                  text          ids
```

**Where it lives**: you write it in `modules/10_tokenization/tokenization_dev.py`, and `tito export 10` copies the marked
cells to `tinytorch/core/tokenization.py`. It needs neither Tensors nor NumPy, so it can be used where there is no
network: to prepare texts on another machine, say.

```python
from tinytorch.core.tokenization import BPETokenizer, CharTokenizer, create_tokenizer
```

**It imports** two helpers of Python's own library, so that there is little to go wrong:

| message | cause | cure |
|---|---|---|
| `No module named 'tinytorch'`, in another file | your workspace is not installed in this Python | *Install* in the workspace's README; in Jupyter, the kernel of its `.venv` |
| `No module named 'tinytorch.core.tokenization'` | this lesson has not been exported | `tito export 10` |
| `cannot import name 'pairwise'` | Python is older than 3.10 | use the Python that tito runs on |
"""

# %%
#| default_exp core.tokenization

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
from collections import Counter
from itertools import pairwise

# What stands for everything that is not in a vocabulary; its id is 0.
UNKNOWN = "<UNK>"
# What the last piece of a word ends in, so that "low" and the "low" of "lower" are different pieces.
END = "</w>"

# %% [markdown]
r"""
## How large should a piece be?

Take sixty sentences of a small grammar, such as "the small dog follows an old mouse". They have 1,661 characters and 366
words. Three ways to cut them:

| pieces | tokens in all | tokens of a sentence | vocabulary | "the smallest cat" |
|---|---|---|---|---|
| characters | 1,661 | 27.7 | 19 and `<UNK>` | sixteen tokens |
| words | 366 | 6.1 | 14 and `<UNK>` | the `<UNK>` cat |
| learned pieces, 40 | 807 | 13.5 | 39 and `<UNK>` | the · smal·l·e·s·t · cat |

Characters know every word and make texts long. In a model whose work grows with the square of the length, as attention
does in module 12, 27.7 tokens instead of 6.1 cost twenty times as much. Words are short, and blind: what did not occur
in training is `<UNK>`, and in a real language there is no end of words, for people make new ones. The third line is what
is used: **frequent words whole, rare words in pieces, and every word possible**.

```
 short vocabulary  ◀──────────────────────────────────────────▶  large vocabulary
 long texts                                                      short texts
 characters          pieces of 2-4 letters        words
      │                        │                     │
   t h e _ c a t       the · c·at             the · cat
   nothing unknown     hardly anything        every new word unknown
```

In the middle one has to choose which pieces, and that is what byte-pair encoding learns.

## What all tokenizers have in common

Text goes in and ids come out, and back. `decode(encode(text))` should be the text again, or one should know why not.
The base class says so, and adds the call, `tokenizer(text)`, which takes one text or a list of them. Your part is the
call.

| call | gives |
|---|---|
| `tokenizer("to be")` | `tokenizer.encode("to be")` |
| `tokenizer(["to be", "or not"])` | `[tokenizer.encode("to be"), tokenizer.encode("or not")]` |

**The trap**: a text is a sequence as well. A call that loops over whatever comes takes "to be" for five texts of one
letter each.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "base-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
        if isinstance(text, str):
            return self.encode(text)
        return [self.encode(each) for each in text]
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

Two tokenizers of the test's own, one that gives the codes of letters and one that gives the lengths of words. Calls with a
text, an empty text, a list and a tuple must give what their `encode` gives.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-base-tokenizer", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def check(text, got, expected):
    """Compare an answer with what it must be: the same kind of thing, the same length, the same items."""
    assert type(got) is type(expected), f"{text} is a {type(expected).__name__}, not a {type(got).__name__}: {got}"
    assert len(got) == len(expected), f"{text} has {len(expected)} items, got {len(got)}: {got}"
    assert got == expected, f"{text} is {expected}, got {got}"


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


if __name__ == "__main__":
    test_unit_base_tokenizer()
    print("Tokenizer: passed")

# %% [markdown]
r"""
## One token for each character

The vocabulary is a list, and a character's id is its place in it. Place 0 belongs to `<UNK>`, which stands for
everything else:

| id | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
|---|---|---|---|---|---|---|---|---|---|
| token | `<UNK>` | h | e | l | o | (blank) | w | r | d |

```
 encode:  h  e  l  l  o  !          decode:  1  2  3  3  4  0
          │  │  │  │  │  │                   │  │  │  │  │  │
          1  2  3  3  4  0                   h  e  l  l  o  <UNK>
```

Two dictionaries do the work, from characters to ids and back. What was unknown is lost: `<UNK>` does not remember that
it was an exclamation mark.

`build_vocab` takes the characters from texts, each once, **sorted**. A Python `set` has an order of its own, which
for strings changes from run to run; a model that was trained with one numbering and is used with another reads nonsense.

**What it is for**: alphabets that are small and closed, such as DNA or notes, languages written without blanks, and
first experiments.

**The usual traps**

- `vocab.index(character)` finds the id as well, by walking through the list for each character. A dictionary does not walk.
- A `KeyError` for what was not in training. It will come; give it id 0.
- Adding to the old vocabulary in `build_vocab`, so that nothing has the id that the list says.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "char-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
        self.unk_id = 0
        self.number(vocab or [])
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        self.vocab = [UNKNOWN, *characters]
        self.vocab_size = len(self.vocab)
        self.char_to_id = {character: place for place, character in enumerate(self.vocab)}
        self.id_to_char = dict(enumerate(self.vocab))
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        self.number(sorted(set("".join(corpus))))
        ### END SOLUTION

    def encode(self, text):
        """
        Turn a text into ids.

        TODO: return a list with the id of each character, unk_id for those that are not in the vocabulary.

        EXAMPLE:
        >>> CharTokenizer(["h", "i"]).encode("hi!")
        [1, 2, 0]

        HINT: a dictionary's get takes what it gives for a missing key.
        """
        ### BEGIN SOLUTION
        return [self.char_to_id.get(character, self.unk_id) for character in text]
        ### END SOLUTION

    def decode(self, ids):
        """
        Turn ids into a text.

        TODO: return the characters in one string, UNKNOWN for ids that are not in the vocabulary.

        EXAMPLE:
        >>> CharTokenizer(["h", "i"]).decode([1, 2, 0])
        'hi<UNK>'
        """
        ### BEGIN SOLUTION
        return "".join(self.id_to_char.get(each, UNKNOWN) for each in ids)
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

The table above, with every list and dictionary; "hello!" and an id that there is not; then a vocabulary from three texts
with an umlaut, a digit and a line break, in which those texts must survive `decode(encode(text))` to the letter; a second
vocabulary that replaces the first; and that two tokenizers share nothing.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-char-tokenizer", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_char_tokenizer()
    print("CharTokenizer: passed")

# %% [markdown]
r"""
## Byte-pair encoding

Begin with characters, and then do one thing again and again: find the two tokens that stand next to each other most
often, and make one token of them.

Words are treated one by one, so that no piece reaches across a blank. The last character of each carries the mark
`</w>`, *end of word*. It tells the "low" in "lower" from the word "low", and it is how `decode` knows where blanks belong:

```
 low    ──▶  l   o   w</w>
 lower  ──▶  l   o   w   e   r</w>
 a      ──▶  a</w>
```

**Counting.** A word that occurs five times is kept once, with a 5. A pair counts as often as it stands in a word, times
that:

| word | times | pairs |
|---|---|---|
| l o w\</w> | 5 | (l, o) + 5, (o, w\</w>) + 5 |
| l o l o\</w> | 1 | (l, o) + 1, (o, l) + 1, (l, o\</w>) + 1 |
| | | (l, o): 6 in all |

**Merging.** From left to right, and what has just been made is not merged with the same rule again:

| tokens | pair | result |
|---|---|---|
| l o l o l o\</w> | (l, o) | lo lo l o\</w> |
| a a a | (a, a) | aa a |
| l o w\</w> | (o, w) | l o w\</w>, for w and w\</w> are two tokens |

**The usual traps**

- A *set* of a word's pairs counts "banana" with one (a, n). It has two.
- Texts joined to strings and merged with `replace`: "lo" would also be found in the middle of "ello", across tokens.
- A loop that looks at places i and i + 1 and forgets the last token when it was not merged.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "pair-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def word_tokens(word):
    """
    Take a word apart.

    TODO: return a list of its characters; the last one has END behind it.

    EXAMPLE:
    >>> word_tokens("low")
    ['l', 'o', 'w</w>']
    """
    ### BEGIN SOLUTION
    return [*word[:-1], word[-1] + END]
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    counts = {}
    for tokens, times in words:
        for pair in pairwise(tokens):
            counts[pair] = counts.get(pair, 0) + times
    return counts
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == tuple(pair):
            merged[-1] += token
        else:
            merged.append(token)
    return merged
    ### END SOLUTION

# %% [markdown]
r"""
### Training

`train` puts the three steps into a loop. **The skeleton of the pattern** is that of every greedy method:

```python
while there is room:
    counts = count what could be done
    if there is nothing left: break
    best = the one that pays most            # and of equals, always the same one
    note it down
    do it
```

By hand, for "hello" twice, "world" and "hell". Nine tokens occur, with `<UNK>` ten, and there is room for twenty:

| step | most frequent | times | equally frequent | new token |
|---|---|---|---|---|
| 1 | (e, l) | 3 | (h, e) | el |
| 2 | (h, el) | 3 | | hel |
| 3 | (hel, l) | 2 | (l, o\</w>) | hell |
| 4 | (hell, o\</w>) | 2 | | hello\</w> |
| 5 | (hel, l\</w>) | 1 | four others | hell\</w> |
| 6 to 9 | (l, d\</w>), (o, r), (or, ld\</w>), (w, orld\</w>) | 1 | | … world\</w> |

After nine merges every word is one token and no pair is left: nineteen tokens, though twenty were allowed.

**The tie in step 1 decides** whether "el" or "he" becomes a token, and with it everything that follows. If it is left to
the order of a set, two runs make two tokenizers. So say which: of equals, we take the pair that is smaller, as Python
compares tuples of strings: ("e", "l") < ("h", "e").

`merges` is the tokenizer. The vocabulary follows from it: `<UNK>`, the characters sorted, then the merged tokens in the
order in which they were made.

### Encoding and decoding

A new word is taken apart like the old ones, and the merges are applied to it *in their order*. After training on low ×5,
lower ×2, newest ×6 and widest ×3:

| text | by the merges | tokens |
|---|---|---|
| low | (l, o), (lo, w\</w>) | low\</w> |
| lowest | (e, s), (es, t\</w>), (l, o), (lo, w) | low · est\</w> |
| newer | (e, w), (e, r\</w>) | n · ew · er\</w> |
| dew | none | d · e · w\</w> |
| zoo | none | `<UNK>` · o · `<UNK>` |

Nobody told it that "-est" is an ending. It was frequent. And look at the last line: the o at the end of "zoo" is unknown,
although o is not, for no word in training ended in o.

`decode` joins the tokens, and makes a blank of each end of word. White space is therefore not kept: two blanks or a line
break come back as one blank.

**What it is for**: nearly every language model, in one form or another.

**The usual traps**

- Always merging the longest token that fits looks alike and is another algorithm: it cuts some words in other ways than
  training did.
- `vocab_size` counts all tokens, `<UNK>` included, not merges.
- Texts that are trained as they are, blanks and all, make tokens across words, which encoding never finds again. Split both
  at white space.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "bpe-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
        self.vocab_size = vocab_size
        self.merges = []
        self.number([])
        ### END SOLUTION

    def number(self, tokens):
        """TODO: set vocab, token_to_id and id_to_token for UNKNOWN and then the tokens, as CharTokenizer does."""
        ### BEGIN SOLUTION
        self.vocab = [UNKNOWN, *tokens]
        self.token_to_id = {token: place for place, token in enumerate(self.vocab)}
        self.id_to_token = dict(enumerate(self.vocab))
        ### END SOLUTION

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
        ### BEGIN SOLUTION
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
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        ids = []
        for word in text.split():
            tokens = word_tokens(word)
            for pair in self.merges:
                tokens = merge_pair(tokens, pair)
            ids += [self.token_to_id.get(token, 0) for token in tokens]
        return ids
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        text = "".join(self.id_to_token.get(each, UNKNOWN) for each in ids)
        return text.replace(END, " ").strip()
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

The three steps, on the tables above and some more. Then training on the four words with room for 3 to 20 tokens: every
merge, and the vocabulary in both directions. Training on low, lower, newest and widest in several texts, then encoding and
decoding what was there and what was not; "banana bandana", in which a pair stands twice in a word; equals; no text at all.
A tokenizer that is trained again has forgotten the first time.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-bpe-tokenizer", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_pairs()
    test_unit_bpe_tokenizer()
    print("BPETokenizer: passed")

# %% [markdown]
r"""
## Around a tokenizer

Three helpers that every project writes at some time. `create_tokenizer` makes one by name, so that a configuration file can
choose. `tokenize_dataset` encodes many texts, and cuts the long ones: a model has a longest input. `analyze_tokenization`
measures, for the choice of a vocabulary should rest on numbers:

| key | for "hi" and "hihi", in characters |
|---|---|
| `vocab_size` | 4: `<UNK>`, h, i, j |
| `total_tokens` | 2 + 4 = 6 |
| `unique_tokens` | 2: j never occurs |
| `avg_sequence_length`, `max_sequence_length` | 3.0 and 4 |
| `compression_ratio` | 6 characters / 6 tokens = 1.0 |

**The usual traps**: an unknown name that quietly becomes some default; a cut at `max_length - 1`; a division by zero where
there are no texts.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "utils-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
    ### BEGIN SOLUTION
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
    ### END SOLUTION


def tokenize_dataset(texts, tokenizer, max_length=None):
    """
    Encode all texts, none longer than max_length.

    TODO: return a list of lists of ids, each cut after max_length ids where that is given.

    EXAMPLE:
    >>> tokenize_dataset(["hi", "hihi"], CharTokenizer(["h", "i"]), max_length=3)
    [[1, 2], [1, 2, 1]]

    HINT: ids[:None] is all of them.
    """
    ### BEGIN SOLUTION
    return [tokenizer.encode(text)[:max_length] for text in texts]
    ### END SOLUTION


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
    ### BEGIN SOLUTION
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
    ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

What is made for each name, with a corpus and without, and that other names are a ValueError. Then it counts with a
tokenizer of its own, for which a word's token is its length: datasets cut at 0 to 9 tokens, and each of the six numbers, also
for no texts and for empty ones.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-tokenization-utils", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
class Lengths:
    """A tokenizer of the test's own: a word's token is its length."""

    def __init__(self):
        self.vocab = ["<UNK>", *(str(length) for length in range(1, 12))]

    def encode(self, text):
        return [len(word) for word in text.split()]


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


if __name__ == "__main__":
    test_unit_tokenization_utils()
    print("Helpers: passed")

# %% [markdown]
r"""
## Sixty sentences

The last test trains on the sixty sentences of the beginning. With room for 20, 40, 50, 60 and 1,000 tokens, byte-pair encoding
must make 1,355, 807, 588, 408 and 366 tokens of them, the characters 1,661, and every fourth sentence must come back as it was.
366 is the number of words: with enough room, each of the fourteen words has become one token, and training has stopped by
itself.

```
 tokens
 1661 ┤ characters
 1355 ┤ ●  26 tokens: no merge yet
  807 ┤        ●  40
  588 ┤             ●  50
  408 ┤                  ●  60
  366 ┤                    ●  63: words ──────────── there is nothing left to merge
      └───────────────────────────────────▶ vocabulary
```
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-module", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def sentences():
    """Return the sixty sentences of a small grammar."""
    who = ("the cat", "the old cat", "a dog", "the small dog", "a small bird")
    does = ("sees", "hears", "follows")
    whom = ("the mouse", "an old mouse", "the birds", "a smaller cat")
    return [f"{subject} {verb} {whom_}" for subject in who for verb in does for whom_ in whom]


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


if __name__ == "__main__":
    test_module()
    print("Module 10: passed")

# %% [markdown]
r"""
## What you have built, compared

| | `CharTokenizer` | `BPETokenizer` |
|---|---|---|
| learns | which characters there are | which pieces are frequent |
| vocabulary | as large as the alphabet | as large as you say, or until words are whole |
| characters to a token, here | 1.0 | 1.2 to 4.5 |
| a new word | always | in pieces, if its characters are known in their places |
| unknown | characters | characters, and known ones that never ended a word |
| white space | kept | one blank |
| `decode(encode(text))` | the text | the text, with single blanks |
| work to encode n characters | n look-ups | merges · n comparisons |

## Which one?

| use | for example | because | but not when |
|---|---|---|---|
| characters | DNA, chemical formulas, a first language model | nothing to train, nothing unknown | texts are long: four times the tokens |
| BPE, some hundred tokens | small corpora | rare pieces would never be trained | you have billions of words |
| BPE, 30,000 to 100,000 | large language models | short texts pay for the table | the model itself is small: the table would be most of it |
| white space and line breaks kept | programs, verse | indentation means something | you use ours: it drops them |

## Three real pipelines

**A small language model**, the one that module 13 builds: characters in, characters out.

```python
tokenizer = create_tokenizer("char", corpus=texts)
ids = tokenizer("the cat")                        # 7 ids: what a model reads
text = tokenizer.decode(ids + [4, 9, 1])          # and what it writes, as characters
```

**A classifier of reviews.** Learn pieces on the training texts alone, cut at 128, keep the tokenizer with the model: without
the same merges its weights are worthless.

```python
tokenizer = create_tokenizer("bpe", vocab_size=2000, corpus=training_texts)
examples = tokenize_dataset(all_texts, tokenizer, max_length=128)
```

**Reading DNA.** The alphabet is known before any data is. N, which laboratories write for "not known", is `<UNK>` here,
and rightly so.

```python
tokenizer = CharTokenizer(["A", "C", "G", "T"])
tokenizer.encode("GATTNACA")                      # [3, 1, 4, 4, 0, 1, 2, 1]
```

## In production

GPT-2 begins with the 256 *bytes* instead of characters, which is what the method is named after. Any text is bytes, so
nothing is ever unknown; with 50,000 merges and one token for the end of a text this makes the famous 50,257. Blanks belong to
the word behind them there, and need no `</w>`. BERT's WordPiece chooses pairs by another measure and marks pieces that
*continue* a word. SentencePiece takes the blank for a letter and needs no words at all, which Chinese and Japanese require.
Libraries are written in Rust or C++, keep a table of where each pair stands, and update it after each merge instead of
counting anew.

## Pitfalls, and how to find them

| what happens | why | how to find it |
|---|---|---|
| another run gives other ids | a set's order, or ties by chance | run twice with `PYTHONHASHSEED=1` and `=2`, compare `merges` |
| a trained model speaks nonsense | it is used with another vocabulary | keep the merges in the model's file, compare their lengths first |
| many zeros among the ids | characters that training did not see, or not at an end | count them: `ids.count(0) / len(ids)` |
| words run into each other | the end mark was lost with an unknown last character | decode one id at a time |
| tokens with blanks in them | texts were not split before training | `[token for token in vocab if " " in token]` |
| texts lose their lines | encoding splits at any white space | compare `text.count("\n")` before and after |
| `decode` gives "th e c a t" | ids of one tokenizer, tokens of another | decode "the" alone |

## What it costs

With W different words of L characters on average and M merges, training counts M times over at most W · L tokens. That
words are counted first makes all the difference: our sixty sentences have 366 words, but 14 different ones with 57
characters, so that each of the 37 rounds looks at no more than 57 tokens instead of 1,355. Encoding a word of L characters tries M merges on
at most L tokens. Programs remember the words that they have cut already, for in any text most words are old acquaintances.

What it saves is elsewhere. For vectors of 64 numbers (module 11):

| vocabulary | table, V · 64 | tokens of a sentence, T | pairs that attention looks at, T² |
|---|---|---|---|
| 20 characters | 1,280 | 27.7 | 766 |
| 40 pieces | 2,560 | 13.5 | 181 |
| 63 pieces | 4,032 | 6.1 | 37 |

Three times the table, a twentieth of the pairs.

## What comes next

- **11, embeddings**, gives each id a row of numbers. Ids from here are row numbers there.
- **12 and 13** read such rows and write new ids, which `decode` makes legible.
- **08, data loading**, wants examples of equal length: what is cut by `max_length` on one side must be filled up on the other.

## To think about

1. Train on English, encode Finnish. Which of the numbers of `analyze_tokenization` tells you that something is wrong, and
   why does `compression_ratio` fall?
2. "123", "1234" and "12345" may be cut into quite different pieces. What does that mean for a model that is to add numbers?
3. A language model is paid by the token. Who pays more for the same sentence, a speaker of a language with much text in the
   training corpus, or of one with little?

## Summary

A text is cut into pieces, and each piece has a number. Characters are few, and make texts long; words are many, and never
enough. Byte-pair encoding merges what is frequent until the room is used up, writes its merges down, and repeats them, in
order, on every new text. Ties have to be decided, or the tokenizer is another one each time.

When all tests pass, finish the lesson:

```
tito module complete 10
```
"""
