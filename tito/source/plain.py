"""Plain data out of a text that nobody has checked: JSON and YAML without types, bounded before anything is made.

A reader that took such a text at its word could be made to count for hours, to fill the memory or to run out of stack
by a file of a few bytes. Numbers are measured before they are converted, and nesting before anybody walks through it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import yaml

MAX_CELLS: Final = 2_000
MAX_DEPTH: Final = 100
MAX_DIGITS: Final = 300
MAX_BITS: Final = 1_000
# Lists and objects take the most memory for what they are in a text: some 40 times as much.
_MOST_HOLDERS: Final = 1_000_000
_LONG_NUMBER: Final = re.compile(rf"\d{{{MAX_DIGITS + 1}}}")
_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})")
_REAL: Final = re.compile(r"[-+]?(?:\d{1,30}\.\d{0,30}|\.\d{1,30})(?:[eE][-+]?\d{1,3})?")
_WORDS: Final = {
    **dict.fromkeys(("", "~", "null"), None),
    **dict.fromkeys(("true", "yes", "on"), True),
    **dict.fromkeys(("false", "no", "off"), False),
}


class PlainError(ValueError):
    """A text is no plain data, or breaks a bound; `line` is where, if that is known."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.line = line


def json_data(text: str) -> Any:
    """Return what a JSON text holds, in which no key is there twice. Raises PlainError."""
    if text.count("[") + text.count("{") > _MOST_HOLDERS:
        raise PlainError(f"it holds more than {_MOST_HOLDERS:,} lists and objects")
    try:
        # Most texts hold no number that is long, and need no look at each of them.
        whole = _whole if _LONG_NUMBER.search(text) else None
        found = json.loads(text, object_pairs_hook=_object, parse_int=whole)
    except json.JSONDecodeError as fault:
        raise PlainError("it is not JSON, so it was cut off or edited by hand", fault.lineno) from None
    except RecursionError:
        raise PlainError("it nests too deeply") from None
    if not is_shallow(found):
        raise PlainError("it nests too deeply")
    return found


def yaml_data(text: str, *, texts: bool = False) -> Any:
    """Return what a YAML document holds; None for an empty one. Raises PlainError.

    Tags are passed over, keys are texts, and an alias can stand for a scalar alone. Scalars without quotes that say
    null, true, false or a short number are that, unless `texts` leaves all of them as they are written.
    """
    try:
        # Events come one by one, so that what nests too deeply is left before it is read.
        return _document(yaml.parse(text, Loader=yaml.SafeLoader), texts=texts)
    except (yaml.YAMLError, RecursionError) as fault:
        raise PlainError("it is not YAML") from fault


def is_shallow(value: Any) -> bool:
    """Say whether lists and dicts nest no deeper than can be walked through without a thought."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [each for holder in level for each in _inside(holder) if isinstance(each, dict | list)]
        if not level:
            return True
    return False


def is_plain(value: Any) -> bool:
    """Say whether a value is what JSON can hold, tuples included, within the bounds."""
    level = [value]
    for _ in range(MAX_DEPTH):
        if not all(_is_leaf(each) or isinstance(each, dict | list | tuple) for each in level):
            return False
        level = [each for holder in level for each in _inside(holder)]
        if not level:
            return True
    return False


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values() if all(isinstance(key, str) for key in value) else (Ellipsis,)
    return value if isinstance(value, list | tuple) else ()


def _is_leaf(value: Any) -> bool:
    if isinstance(value, int):
        return value.bit_length() <= MAX_BITS
    return value is None or isinstance(value, str | float)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise PlainError(f"it is not JSON that has one meaning: key {twice[:40]!r} is there twice in one object")
    return made


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise PlainError(f"it holds a number of {len(digits):,} digits")
    return int(digits)


def _document(events: Iterable[yaml.Event], *, texts: bool) -> Any:
    scalars: dict[str, yaml.ScalarEvent] = {}
    held: list[list[Any]] = [[]]
    for event in events:
        match event:
            case yaml.ScalarEvent():
                held[-1].append(event)
                scalars |= {event.anchor: event} if event.anchor else {}
            case yaml.AliasEvent():
                if event.anchor not in scalars:
                    raise PlainError("an alias stands for more than a scalar")
                held[-1].append(scalars[event.anchor])
            case yaml.CollectionStartEvent():
                held.append([])
                if len(held) > MAX_DEPTH:
                    raise PlainError("it nests too deeply")
            case yaml.CollectionEndEvent():
                made = _collection(event, held.pop(), texts=texts)
                held[-1].append(made)
    if len(held[0]) > 1:
        raise PlainError("it is more than one document")
    return _value(held[0][0], texts=texts) if held[0] else None


def _collection(event: yaml.Event, inside: list[Any], *, texts: bool) -> Any:
    if isinstance(event, yaml.SequenceEndEvent):
        return [_value(each, texts=texts) for each in inside]
    keys = inside[::2]
    if not all(isinstance(each, yaml.ScalarEvent) for each in keys):
        raise PlainError("a key is more than a scalar")
    return {key.value: _value(each, texts=texts) for key, each in zip(keys, inside[1::2], strict=True)}


def _value(node: Any, *, texts: bool) -> Any:
    if not isinstance(node, yaml.ScalarEvent):
        return node
    text = str(node.value)
    if texts or node.tag or node.style:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _REAL.fullmatch(text) else text
