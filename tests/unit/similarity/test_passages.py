"""Passages: what renaming, layout and order leave as it is."""

import random

import pytest

from tito.similarity.passages import MAX_TOKENS, RUN, WINDOW, hashes, passages

CODE = """def softmax(values, axis):
    top = values.max(axis=axis, keepdims=True)
    powers = np.exp(values - top)
    total = powers.sum(axis=axis, keepdims=True)
    for row in range(len(total)):
        if total[row] == 0:
            total[row] = 1
    return powers / total
"""
SAME = {
    "names": CODE.replace("values", "x").replace("powers", "e").replace("softmax", "soft").replace("total", "s"),
    "comments and blank lines": CODE.replace("    powers", "\n    # stable\n    powers"),
    "numbers and texts": CODE.replace("== 0", "== 7"),
    "documentation": CODE.replace("    top", '    """Return it."""\n    top', 1),
    "spaces": CODE.replace(" = ", "=").replace(", ", ","),
}


def words(text):
    return {each.hash for each in passages(text)}


@pytest.mark.parametrize("change", SAME)
def test_what_is_changed_to_hide_a_copy_changes_nothing(change):
    assert words(SAME[change]) == words(CODE)


def test_other_calls_are_other_passages():
    text = "x = a.min(b, c) + a.min(d, e) - a.min(f, g)\n"
    assert words(text)
    assert not words(text) & words(text.replace("min", "max"))


def test_functions_in_another_order_share_most():
    other = CODE.replace("max", "min").replace("exp", "log")
    both = words(CODE + other)
    assert len(both & words(other + CODE)) / len(both) > 0.7


def test_what_two_texts_share_over_a_run_and_a_window_is_found_wherever_it_stands():
    draw = random.Random(3)  # noqa: S311 - no secret
    common = [draw.choice("+-*/%@") + draw.choice(["len", "sum", "x"]) for _ in range((RUN + WINDOW) // 2)]
    for _ in range(50):
        texts = []
        for _ in range(2):
            before, after = ([draw.choice(["if", "while", "(", ")", "[", "]", ":"]) for _ in range(draw.randrange(30))]
                             for _ in range(2))  # fmt: skip
            texts.append(" ".join([*before, *common, *after]).replace("\n", " "))
        assert words(texts[0]) & words(texts[1])


def test_given_code_is_no_passage():
    assert passages(CODE, hashes(CODE)) == []
    more = CODE + "\n\ndef relu(x):\n    return np.where(x > 0, x, 0).astype(np.float32).copy().reshape(-1)\n"
    assert {each.first for each in passages(more, hashes(CODE))} <= set(range(7, 13))


def test_a_passage_knows_its_lines():
    (first, *_) = passages("\n\n" + CODE)
    assert first.first >= 3
    assert first.last <= first.first + 3


@pytest.mark.parametrize("text", ["", "x = (", "'''", "\x00", "if x:\n  y\n z\n", "é = ²" + CODE, "\ud800"])
def test_what_is_no_python_is_read_as_far_as_it_goes(text):
    assert isinstance(passages(text), list)


def test_no_more_tokens_are_read_than_somebody_writes():
    assert len(hashes("x + 1\n" * MAX_TOKENS)) < 10
