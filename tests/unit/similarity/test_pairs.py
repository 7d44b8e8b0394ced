"""Pairs and groups of texts, by the passages that they share."""

from tito.similarity.pairs import Read, clusters, pairs, shared_lines
from tito.similarity.passages import Passage


def text(name, numbers, *, earlier=False):
    return Read(name, f"{name}.py", "", tuple(Passage(each, each, each + 1) for each in numbers), earlier)


def found(*texts):
    return [(texts[each.first].name, texts[each.second].name, each.shared, each.part) for each in pairs(texts)]


def test_a_pair_is_told_by_the_part_of_the_shorter_text():
    assert found(text("ann", range(20)), text("bob", range(10, 60)), text("cy", range(100, 120))) == [
        ("ann", "bob", 10, 0.5)
    ]


def test_what_few_share_by_chance_and_short_texts_are_no_pairs():
    assert found(text("ann", range(40)), text("bob", range(33, 80))) == []
    assert found(text("ann", range(9)), text("bob", range(9))) == []


def test_what_many_have_is_the_lessons():
    everybody = range(30)
    texts = [text(f"s{number}", [*everybody, *range(100 * number, 100 * number + 15)]) for number in range(1, 13)]
    assert found(*texts, text("copy", [*everybody, *range(500, 515)])) == [("s5", "copy", 15, 1.0)]


def test_earlier_years_are_compared_with_this_one_alone():
    texts = (text("ann", range(20)), text("old", range(20), earlier=True), text("older", range(20), earlier=True))
    assert [row[:2] for row in found(*texts)] == [("ann", "old"), ("ann", "older")]


def test_groups_are_of_three_and_more_that_share_most():
    texts = [text("a", range(20)), text("b", range(20)), text("c", range(20)), text("d", range(12, 40))]
    assert clusters(pairs(texts)) == [(0, 1, 2)]


def test_shared_lines_are_those_of_the_common_passages():
    texts = [text("a", range(1, 21)), text("b", range(11, 31))]
    (pair,) = pairs(texts)
    assert shared_lines(texts, pair) == (frozenset(range(11, 22)), frozenset(range(11, 22)))
