# %% solution ask
def ask_age():
    while True:
        try:
            age = int(input("How old are you? "))
        except ValueError:
            print("A number, please.")
            continue
        return age

# %% right ask
def ask_age():
    answer = input("How old are you? ")
    if answer.strip().isdigit():
        return int(answer)
    print("A number, please.")
    return ask_age()

# %% right ask
def ask_age():
    age = None
    while age is None:
        text = input("Age: ")
        age = int(text) if text.isdecimal() else print("A number, please.")
    return age

# %% right ask
def ask_age():
    for answer in iter(input, ""):
        try:
            return int(answer)
        except ValueError as error:
            print("A number, please.")

# %% wrong ask
def ask_age():
    return input("How old are you? ")

# %% wrong ask
def ask_age():
    return int(input("How old are you? "))

# %% test ask
from unittest.mock import patch
with patch("builtins.input", side_effect=["42"]):
    assert ask_age() == 42

# %% test again
import io
from contextlib import redirect_stdout
answers = ["old", "7x", "12"]
said = io.StringIO()
with patch("builtins.input", side_effect=answers) as asked, redirect_stdout(said):
    age = ask_age()
assert age == 12 and type(age) is int
assert asked.call_count == 3
assert said.getvalue() == "A number, please.\n" * 2
