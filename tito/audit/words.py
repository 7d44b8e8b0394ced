"""What a mutant is, and the kinds of mistake that one can be."""

from enum import StrEnum

from tito.records import dataclass


class Mutator(StrEnum):
    """The kinds of mistake, in the order in which they are tried: of two equal mutants the first one stays."""

    CALL = "call"
    NUMPY = "numpy"
    AXIS = "axis"
    DTYPE = "dtype"
    OFF_BY_ONE = "off-by-one"
    OPERATOR = "operator"
    COMPARISON = "comparison"
    CONSTANT = "constant"
    DROP = "drop-term"
    SWAP = "swap"
    RETURN = "return"
    SHAPE = "shape"
    IN_PLACE = "in-place"
    STATEMENT = "statement"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A solution with one mistake in it.

    `id` names it in a rubric and stays what it is when other lines of the source change. `part` is the class and
    function that it is in; `path` and `line` say where. `what` tells the edit in one line, `diff` as a unified diff.
    `source` is the whole of cell number `cell` with the mistake.
    """

    id: str
    mutator: Mutator
    part: str
    path: str
    line: int
    what: str
    diff: str
    cell: int
    source: str
