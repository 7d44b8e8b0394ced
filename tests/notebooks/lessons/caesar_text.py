# %% given
import string
ALPHABET = string.ascii_lowercase

# %% solution encode
def encode(text, shift):
    return "".join(ALPHABET[(ALPHABET.index(c) + shift) % 26] if c in ALPHABET else c for c in text)

# %% right encode
def encode(text, shift):
    shift %= 26
    table = str.maketrans(ALPHABET, ALPHABET[shift:] + ALPHABET[:shift])
    return text.translate(table)

# %% right encode
def encode(text, shift):
    out = []
    for c in text:
        if "a" <= c <= "z":
            c = chr((ord(c) - 97 + shift) % 26 + 97)
        out.append(c)
    return str().join(out)

# %% right encode
class Wheel:
    def __init__(self, shift):
        self.shift = shift
    def __getitem__(self, letter):
        place = ALPHABET.find(letter)
        return letter if place < 0 else ALPHABET[(place + self.shift) % len(ALPHABET)]
def encode(text, shift):
    wheel = Wheel(shift)
    return "".join(wheel[letter] for letter in text)

# %% wrong encode
def encode(text, shift):
    return "".join(chr(ord(c) + shift) for c in text)

# %% wrong encode
def encode(text, shift):
    return [c for c in text]

# %% solution decode
def decode(text, shift):
    return encode(text, -shift)

# %% right decode
decode = lambda text, shift: encode(text, 26 - shift)

# %% right decode
from functools import partial
def _shifted(by, text, shift):
    return encode(text, by * shift)
decode = partial(_shifted, -1)

# %% wrong decode
decode = encode

# %% test encode
assert encode("abc", 1) == "bcd"
assert encode("xyz!", 3) == "abc!"
assert encode("", 5) == ""

# %% test decode
secret = encode("hello, world", 7)
assert secret != "hello, world"
assert decode(secret, 7) == "hello, world"
