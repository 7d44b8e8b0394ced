"""What every outcome and message means, at length: `tito explain WORD`."""

import difflib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tito.errors import Problem, UsageError

_FILE = "explanations.md"


@cache
def explanations() -> Mapping[str, str]:
    """Return all words with what they mean, in the order of the file."""
    text = files("tito.report").joinpath(_FILE).read_text("utf-8")
    sections = (part.partition("\n") for part in text.split("## ")[1:])
    return {word.strip(): meaning.strip() for word, _, meaning in sections}


def meaning(word: str) -> tuple[str, str]:
    """Return the word as it is written, and what it means. Raises UsageError where nobody knows it."""
    known = explanations()
    wanted = " ".join(word.casefold().replace("-", " ").replace("_", " ").split())
    found = next((each for each in known if each == wanted), None)
    found = found or next((each for each in known if wanted and each.startswith(wanted)), None)
    if found is None:
        near = difflib.get_close_matches(wanted, known, 1)
        fix = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(known)}."
        raise UsageError(Problem(f"nothing here is called {word!r}", fix))
    return found, known[found]
