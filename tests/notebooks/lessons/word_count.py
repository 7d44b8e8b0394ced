# %% given
text = "the cat and the dog and the bird"

# %% solution count
def count_words(text):
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts

# %% right count
from collections import Counter
def count_words(text):
    return Counter(text.split())

# %% right count
from collections import defaultdict
def count_words(text):
    counts = defaultdict(int)
    for word in text.split():
        counts[word] += 1
    return counts

# %% right count
def count_words(text):
    words = text.split()
    return {word: words.count(word) for word in words}

# %% wrong count
def count_words(text):
    return {word: 1 for word in text.split()}

# %% wrong count
def count_words(text):
    return list(text.split())

# %% solution top
top = max(count_words(text).items(), key=lambda pair: pair[1])

# %% right top
top = sorted(count_words(text).items(), key=lambda pair: -pair[1])[0]

# %% wrong top
top = min(count_words(text).items(), key=lambda pair: pair[1])

# %% test count
def check(text, want):
    got = count_words(text)
    assert dict(got) == want, got
check(text, {"the": 3, "cat": 1, "and": 2, "dog": 1, "bird": 1})
check("", {})
assert count_words("a a")["a"] == 2
assert isinstance(count_words("a"), dict)

# %% test top
assert top == ("the", 3)
word, number = top
assert word.startswith("t") and number > 2
