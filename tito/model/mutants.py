"""What a rubric says of its reference's mutants: which are no mistakes, and which are mistakes worth a word."""

from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that is no mistake: the id that `tito audit` gives it, and why no test can tell it."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that students make, and what a report says when their work fails as it does.

    It is a mutant of `tito audit` by its `id`, or else the solution of cell `cell` with `new` in the place of `old`.
    """

    message: str
    id: str = ""
    cell: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Mutants:
    """The `mutants:` section of a rubric."""

    equivalent: tuple[Equivalent, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
