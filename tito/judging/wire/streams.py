"""What is asked for item by item: iterators of Python's own, whatever they go through."""

import itertools
import types
from typing import Final

_ITERATORS: Final = (
    types.GeneratorType, map, filter, zip, enumerate, reversed,
    *(type(iter(each)) for each in ([], (), "", "\u20ac", b"", bytearray(), range(0), range(1 << 70), {}, set())),
    *(type(iter(each)) for each in ({}.values(), {}.items(), memoryview(b""))),
    *(type(reversed(each)) for each in ([], {}, {}.values(), {}.items())),
    type(iter(int, 0)),
    *(kind for name, kind in vars(itertools).items() if isinstance(kind, type)),
)  # fmt: skip

STREAMS: Final[dict[str, type]] = {f"{kind.__module__}.{kind.__name__}": kind for kind in _ITERATORS}
STREAM_NAMES: Final = {kind: name for name, kind in STREAMS.items()}
# What an event loop waits for: it is run to its end, or to its next item, where it was made.
AWAITED: Final[dict[str, type]] = {"coroutine": types.CoroutineType, "async_generator": types.AsyncGeneratorType}
AWAITED_NAMES: Final = {kind: name for name, kind in AWAITED.items()}
