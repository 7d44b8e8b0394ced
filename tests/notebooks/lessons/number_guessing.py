# %% given
import random

# %% solution guess
def play(secret):
    tries = 0
    while True:
        tries += 1
        answer = int(input("Guess: "))
        if answer == secret:
            print(f"Right after {tries} tries")
            return tries
        print("too low" if answer < secret else "too high")

# %% right guess
def play(secret, tries=1):
    answer = int(input())
    if answer != secret:
        print(["too low", "too high"][answer > secret])
        return play(secret, tries + 1)
    print("Right after", tries, "tries")
    return tries

# %% right guess
from itertools import count
def play(secret):
    for tries in count(1):
        difference = int(input("? ")) - secret
        if not difference:
            break
        print("too " + ("high" if difference > 0 else "low"))
    print("Right after {} tries".format(tries))
    return tries

# %% right guess
class Game:
    def __init__(self, secret):
        self.secret, self.log = secret, []
    def say(self, text):
        print(text)
    def turn(self):
        guess = int(input("Your guess "))
        self.log.append(guess)
        if guess < self.secret:
            self.say("too low")
        elif guess > self.secret:
            self.say("too high")
        return guess == self.secret
def play(secret):
    game = Game(secret)
    while not game.turn():
        pass
    game.say(f"Right after {len(game.log)} tries")
    return len(game.log)

# %% wrong guess
def play(secret):
    answer = int(input("Guess: "))
    print("Right after 1 tries")
    return 1

# %% wrong guess
def play(secret):
    tries = 0
    answer = None
    while answer != secret:
        answer = int(input())
        print("too low")
        tries += 1

# %% test play
import io
from contextlib import redirect_stdout
from unittest.mock import patch
def played(secret, *answers):
    said = io.StringIO()
    with patch("builtins.input", side_effect=list(map(str, answers))), redirect_stdout(said):
        tries = play(secret)
    return tries, said.getvalue().splitlines()
assert played(7, 7) == (1, ["Right after 1 tries"])

# %% test hints
tries, lines = played(50, 20, 80, 50)
assert tries == 3
assert lines == ["too low", "too high", "Right after 3 tries"]
