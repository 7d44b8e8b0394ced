"""The text of a submission as the judge has it: what a subject says of places and names in it is checked here."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from tito.model.outcome import Frame

MAX_FRAMES: Final = 8
_MAX_LINE: Final = 1_000_000
# How Python calls what has no name of its own in the text; "<cell>" is a cell that cannot be compiled.
_NAMELESS: Final = frozenset({"<module>", "<cell>", "<lambda>", "<listcomp>", "<dictcomp>", "<setcomp>", "<genexpr>"})
_WORD: Final = re.compile(r"\w+")


class Sources:
    """Texts by label: the submission's cells, and those of the modules before it."""

    def __init__(self) -> None:
        self._texts: dict[str, list[tuple[int, str]]] = {}
        self._words: dict[str, frozenset[str]] = {}

    def add(self, label: str, line: int, text: str) -> None:
        """Take in a text that stands in `label` from `line` on."""
        self._texts.setdefault(label, []).append((line, text))
        self._words.pop(label, None)

    def frames(self, told: Iterable[Sequence[Any]]) -> tuple[Frame, ...]:
        """Return the frames that lie in these texts, of at most as many as an honest subject tells.

        What names no line and no name of the submission's own could carry anything to whoever reads it.
        """
        found = (self._frame(*each) for each in list(told)[-MAX_FRAMES:])
        return tuple(frame for frame in found if frame)

    def _frame(self, label: Any, line: Any, function: Any) -> Frame | None:
        if not isinstance(label, str) or not isinstance(function, str) or type(line) is not int:
            return None
        if label not in self._texts or not 0 < line <= _MAX_LINE:
            return None
        if function not in _NAMELESS and function not in self._named(label):
            return None
        return Frame(label, line, function)

    def _named(self, label: str) -> frozenset[str]:
        if label not in self._words:
            texts = (text for _, text in self._texts[label])
            self._words[label] = frozenset(word for text in texts for word in _WORD.findall(text))
        return self._words[label]
