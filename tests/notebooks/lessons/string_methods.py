# %% given
sentence = "  The Quick brown Fox  "

# %% solution strings
clean = sentence.strip().lower()
words = clean.split()
def is_palindrome(text):
    letters = [c.lower() for c in text if c.isalpha()]
    return letters == letters[::-1]
def initials(name):
    return "".join(part[0].upper() + "." for part in name.split())

# %% right strings
clean = "".join(sentence.lower().strip())
words = [word for word in clean.split(" ") if word]
def is_palindrome(text):
    text = "".join(filter(str.isalpha, text)).casefold()
    return all(text[i] == text[-1 - i] for i in range(len(text) // 2))
def initials(name):
    return ".".join(map(lambda part: part[0], name.title().split())) + "."

# %% right strings
import re
clean = re.sub(r"^\s+|\s+$", "", sentence).casefold()
words = re.findall(r"\w+", clean)
def is_palindrome(text):
    text = re.sub(r"[^a-z]", "", text.lower())
    return len(text) < 2 or text[0] == text[-1] and is_palindrome(text[1:-1])
def initials(name):
    return re.sub(r"(\w)\w*\s*", lambda m: m[1].upper() + ".", name)

# %% right strings
import string
from collections import deque
clean = " ".join(sentence.split()).swapcase().lower()
words = deque(clean.split())
def is_palindrome(text):
    queue = deque(c for c in text.lower() if c in string.ascii_lowercase)
    while len(queue) > 1:
        if queue.popleft() != queue.pop():
            return False
    return True
def initials(name):
    out = str()
    for part in name.split():
        out += f"{part[:1].upper()}."
    return out

# %% wrong strings
clean = sentence.strip()
words = sentence.split(" ")
def is_palindrome(text):
    return text == text[::-1]
def initials(name):
    return name[0] + "."

# %% wrong strings
clean = sentence.lower
words = len(sentence)
def is_palindrome(text):
    return "yes"
def initials(name):
    return [part[0] for part in name.split()]

# %% test clean
assert clean == "the quick brown fox"
assert len(words) == 4 and words[1] == "quick"
assert "".join(words) == "thequickbrownfox"

# %% test palindrome
assert is_palindrome("A man, a plan, a canal: Panama") is True
assert not is_palindrome("abc")
assert is_palindrome("")

# %% test initials
assert initials("ada king lovelace") == "A.K.L."
