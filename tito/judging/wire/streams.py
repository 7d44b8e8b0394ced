"""What is asked for item by item: iterators of Python's own, whatever they go through."""

import itertools
import types
from typing import Any, Final

_EACH: Final[tuple[Any, ...]] = ([], (), "", "\u20ac", b"", bytearray(), range(0), range(1 << 70), {}, set())
_REVERSED: Final[tuple[Any, ...]] = ([], {}, {}.values(), {}.items())
_VIEWS: Final[tuple[Any, ...]] = ({}.values(), {}.items(), memoryview(b""))
_ITERATORS: Final[tuple[type, ...]] = (
    types.GeneratorType, map, filter, zip, enumerate, reversed,
    *(type(iter(each)) for each in (*_EACH, *_VIEWS)),
    *(type(reversed(each)) for each in _REVERSED),
    type(iter(int, 0)),
    *(kind for name, kind in vars(itertools).items() if isinstance(kind, type)),
)  # fmt: skip

STREAMS: Final[dict[str, type]] = {f"{kind.__module__}.{kind.__name__}": kind for kind in _ITERATORS}
STREAM_NAMES: Final = {kind: name for name, kind in STREAMS.items()}
# What an event loop waits for: it is run to its end, or to its next item, where it was made.
AWAITED: Final[dict[str, type]] = {"coroutine": types.CoroutineType, "async_generator": types.AsyncGeneratorType}
AWAITED_NAMES: Final = {kind: name for name, kind in AWAITED.items()}
