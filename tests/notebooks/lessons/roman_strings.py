# %% solution roman
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
def to_int(text):
    total = 0
    for here, following in zip(text, text[1:] + " "):
        value = VALUES[here]
        total += -value if VALUES.get(following, 0) > value else value
    return total
def to_roman(n):
    out = ""
    for value, letters in [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
                           (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        while n >= value:
            out += letters
            n -= value
    return out

# %% right roman
VALUES = dict(I=1, V=5, X=10, L=50, C=100, D=500, M=1000)
PAIRS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
         (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
def to_roman(n):
    for value, letters in PAIRS:
        if n >= value:
            return letters + to_roman(n - value)
    return ""
def to_int(text):
    for value, letters in PAIRS:
        if text.startswith(letters):
            return value + to_int(text[len(letters):])
    return 0

# %% right roman
from functools import reduce
VALUES = {letter: value for letter, value in zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000))}
def to_roman(n):
    digits = [["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"],
              ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"],
              ["", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"], ["", "M", "MM", "MMM"]]
    return "".join(digits[place][int(digit)] for place, digit in reversed(list(enumerate(reversed(str(n))))))
def to_int(text):
    return reduce(lambda total, letter: total - 2 * (total % VALUES[letter]) + VALUES[letter], text, 0)

# %% right roman
class Roman(str):
    pass
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
TABLE = {}
def to_roman(n):
    text = "I" * n
    for old, new in [("IIIII", "V"), ("VV", "X"), ("XXXXX", "L"), ("LL", "C"), ("CCCCC", "D"), ("DD", "M"),
                     ("DCCCC", "CM"), ("CCCC", "CD"), ("LXXXX", "XC"), ("XXXX", "XL"), ("VIIII", "IX"), ("IIII", "IV")]:
        text = text.replace(old, new)
    return Roman(text)
def to_int(text):
    if not TABLE:
        TABLE.update((str(to_roman(n)), n) for n in range(1, 2200))
    return TABLE[text]

# %% wrong roman
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
def to_int(text):
    return sum(VALUES[letter] for letter in text)
def to_roman(n):
    return "I" * n

# %% wrong roman
def to_int(text):
    return len(text)
def to_roman(n):
    raise ValueError(n)

# %% test int
for text, number in {"III": 3, "IV": 4, "XLII": 42, "MCMXCIV": 1994}.items():
    assert to_int(text) == number, f"{text} is {number}"

# %% test back
assert to_roman(1994) == "MCMXCIV"
assert all(to_int(to_roman(n)) == n for n in range(1, 60))
assert to_roman(4).lower() == "iv"
