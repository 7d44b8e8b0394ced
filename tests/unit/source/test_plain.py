"""Texts that nobody has checked: plain data, or one error, whatever they hold."""

import pytest

from tito.source.plain import PlainError, is_plain, json_data, yaml_data

YAML = {
    "nothing": ("", None),
    "words": ("[~, null, yes, False, ON]", [None, None, True, False, True]),
    "numbers": ("[1, -2, 1.5, 1e5, .5, 0x10, 1_000]", [1, -2, 1.5, "1e5", 0.5, "0x10", "1_000"]),
    "long numbers": ("9999999999999999999", "9999999999999999999"),
    "texts": ("['1', \"yes\", !!str 5, !!int x, 2025-01-01]", ["1", "yes", "5", "x", "2025-01-01"]),
    "keys": ("{1: a, yes: b}", {"1": "a", "yes": "b"}),
    "an alias of a scalar": ("a: &x 1\nb: *x", {"a": 1, "b": 1}),
    "a foreign type": ("!ruby/object:Time {a: 1}", {"a": 1}),
}


@pytest.mark.parametrize(("text", "value"), YAML.values(), ids=YAML)
def test_yaml_is_read_without_types(text, value):
    assert yaml_data(text) == value


def test_texts_stay_as_they_are_written():
    assert yaml_data("[~, No, 007, 1.50]", texts=True) == ["~", "No", "007", "1.50"]


@pytest.mark.parametrize(
    "text",
    ["a: &x [1]\nb: *x", "*x", "&x [*x]", "[" * 200 + "]" * 200, "- " * 200, "? [1]\n: 2", "--- a\n--- b", "a: b: c", "\0", "[", "[" * 100_000],
)  # fmt: skip
def test_other_yaml_is_an_error(text):
    with pytest.raises(PlainError):
        yaml_data(text)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 200 + "]" * 200, "[" * 100_000, "1" * 301, '{"a": 1, "b": {"c": 1, "c": 2}}', "[[]" * 500_001],
)
def test_other_json_is_an_error(text):
    with pytest.raises(PlainError):
        json_data(text)


def test_json_is_read_with_its_numbers():
    assert json_data('{"a": [1, 1.5, "' + "1" * 400 + '", NaN, 1e400]}')["a"][:2] == [1, 1.5]
    assert json_data("1" * 300) == int("1" * 300)


@pytest.mark.parametrize("value", [{1}, b"x", 1j, {1: 2}, [{"a": {2: 3}}], 10**400, ...])
def test_what_json_lacks_is_not_plain(value):
    assert not is_plain(value)
    assert is_plain({"a": [1, (2.5, None, True), "x"]})
