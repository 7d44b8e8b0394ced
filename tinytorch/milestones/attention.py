"""2017, attention: every token looks where it wants to.

Vaswani and seven others built a translator of nothing but attention, and called the paper *Attention Is All You
Need*. Two small tasks show why. To write a word backwards, each place must look at the place opposite. To go on with
a sentence, a GPT must remember who its subject was.

Lessons 01 to 07 and 10 to 13.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from tinytorch.core.attention import scaled_dot_product_attention
from tinytorch.core.embeddings import EmbeddingLayer
from tinytorch.core.layers import Layer, Linear
from tinytorch.core.losses import CrossEntropyLoss
from tinytorch.core.optimizers import Adam
from tinytorch.core.tensor import Tensor
from tinytorch.core.tokenization import BPETokenizer, CharTokenizer
from tinytorch.core.training import CosineSchedule, clip_grad_norm
from tinytorch.core.transformer import GPT, TransformerBlock
from tinytorch.milestones.showing import chart, run, save_chart, save_grid, shaded

LETTERS = "abcdefghijklmnop"
LENGTH = 8
UNSEEN = 200

NUMBERS = {"a": 0.6, "two": 0.4}
NOUNS = {"cat": 0.3, "dog": 0.25, "bird": 0.2, "frog": 0.15, "horse": 0.1}
VERBS = {"see": 0.5, "like": 0.3, "know": 0.2}
ENDS = {"run": 0.4, "sleep": 0.3, "sing": 0.2, "eat": 0.1}
CHOICES = (NUMBERS, NOUNS, VERBS, NUMBERS, NOUNS, ENDS)


class Reverser(Layer):
    """One block of attention between letters with their positions, and a guess for each place."""

    def __init__(self, vocab_size: int, width: int = 32) -> None:
        self.embedding = EmbeddingLayer(vocab_size, width, LENGTH)
        self.block = TransformerBlock(width, 1)
        self.head = Linear(width, vocab_size)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return scores of shape (batch, time, vocabulary)."""
        return self.head(self.block(self.embedding(tokens)))

    def parameters(self) -> list[Tensor]:
        """List the parameters of the three parts."""
        return [each for part in (self.embedding, self.block, self.head) for each in part.parameters()]

    def looks(self, tokens: Tensor) -> np.ndarray:
        """Return how much each place looks at each other one, on average over a batch."""
        x, attention = self.block.ln1(self.embedding(tokens)), self.block.attention
        weights = scaled_dot_product_attention(attention.q_proj(x), attention.k_proj(x), attention.v_proj(x))[1]
        return weights.data.mean(axis=0)


def words(count: int, random: np.random.Generator) -> list[str]:
    """Draw words of random letters."""
    return ["".join(row) for row in random.choice(list(LETTERS), (count, LENGTH))]


def sentence(random: np.random.Generator) -> str:
    """Draw a sentence of the grammar, in which the end takes up the subject again: it is what must be remembered."""
    many, noun, verb, more, other, end = (random.choice(list(each), p=list(each.values())) for each in CHOICES)
    subject, thing = (f"{name}s" if number == "two" else name for number, name in ((many, noun), (more, other)))
    verb, end = (word if many == "two" else f"{word}s" for word in (verb, end))
    return f". {many} {subject} {verb} {more} {thing} and the {subject} {end} ."


def entropy() -> float:
    """Return the nats that the grammar's next token holds on average: no model can do better than that."""
    choices = sum(-sum(p * np.log(p) for p in each.values()) for each in CHOICES)
    return choices / (len(sentence(np.random.default_rng(0)).split()) - 1)


def guess_all(model: Layer, tokens: Tensor, wanted: Tensor) -> Tensor:
    """Return the mean loss of the model's guesses at all places."""
    scores = model(tokens)
    return CrossEntropyLoss()(scores.reshape(-1, scores.shape[-1]), wanted.reshape(-1))


def train(model: Layer, batch: Callable[[], tuple[Tensor, Tensor]], steps: int, lr: float) -> list[float]:
    """Train on fresh batches, print a line now and then, and return the losses."""
    optimizer, schedule, losses = Adam(model.parameters(), lr=lr), CosineSchedule(lr, lr / 20, steps), []
    for step in range(steps):
        optimizer.lr = schedule.get_lr(step)
        loss = guess_all(model, *batch())
        loss.backward()
        clip_grad_norm(optimizer.params, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.data.item())
        if step % (steps // 8) == 0 or step == steps - 1:
            print(f"step {step:5}   loss {losses[-1]:.4f}")
    return losses


def reverse(folder: Path, random: np.random.Generator) -> float:
    """Teach words to be written backwards; return the share of unseen words that come out right."""
    tokenizer, unseen = CharTokenizer(), words(UNSEEN, random)
    tokenizer.build_vocab([LETTERS])
    kept = set(unseen)

    def pair(chosen: list[str]) -> tuple[Tensor, Tensor]:
        return tuple(Tensor([tokenizer.encode(word[::step]) for word in chosen]) for step in (1, -1))

    model = Reverser(len(tokenizer.vocab))
    losses = train(model, lambda: pair([word for word in words(32, random) if word not in kept]), 240, 0.003)
    tokens, wanted = pair(unseen)
    guesses = model(tokens).data.argmax(axis=-1)
    for word, guess in list(zip(unseen, guesses, strict=True))[:4]:
        print(f"{word} -> {tokenizer.decode(guess.tolist())}")
    places, looks = [str(place) for place in range(1, LENGTH + 1)], model.looks(tokens)
    print("\n".join(["where each place looks:", *shaded(looks)]))
    save_grid(folder / "looks.svg", "Where each place of a word looks", looks, places, places)
    save_chart(folder / "reversing.svg", "Writing words backwards", {"loss": losses}, "step")
    return float(np.mean((guesses == wanted.data).all(axis=1)))


def speak(folder: Path, random: np.random.Generator) -> float:
    """Teach a GPT the grammar; return how far its loss on 500 sentences is above the grammar's entropy."""
    tokenizer = BPETokenizer(200)
    tokenizer.train([sentence(random) for _ in range(200)])

    def batch(count: int = 32) -> tuple[Tensor, Tensor]:
        ids = np.array([tokenizer.encode(sentence(random)) for _ in range(count)])
        return Tensor(ids[:, :-1]), Tensor(ids[:, 1:])

    model = GPT(len(tokenizer.vocab), 32, 2, 2, max_seq_len=16)
    losses = train(model, batch, 400, 0.01)
    loss = guess_all(model, *batch(500)).data.item()
    print(f"loss on 500 sentences {loss:.4f}, entropy of the grammar {entropy():.4f}")
    start = Tensor([[tokenizer.encode(".")[0]] for _ in range(4)])
    for tokens in model.generate(start, max_new_tokens=10).data.astype(int).tolist():
        print(tokenizer.decode(tokens))
    curves = {"loss": losses, "the grammar's entropy": [entropy()] * len(losses)}
    print(chart(curves, "step"))
    save_chart(folder / "speaking.svg", "A GPT learns a grammar", curves, "step")
    return loss - entropy()


def main(folder: Path) -> dict[str, float]:
    """Do both tasks, and return what they reach."""
    np.random.seed(2017)
    random = np.random.default_rng(2017)
    return {"reversed": reverse(folder, random), "nats above entropy": speak(folder, random)}


if __name__ == "__main__":
    run("attention", main)
