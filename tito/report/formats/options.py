"""What a writer may be told besides the result."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from tito.records import dataclass
from tito.report.marks import Line


@dataclass(frozen=True, slots=True)
class Options:
    """`point_scale` is how many of the consumer's points one of ours is; `environment` is the process's.

    Only what a consumer's host sets there is read: names that it wants back, and where the checkout is. `code` is
    that of the submissions, by path, where the format marks lines.
    """

    point_scale: int = 1
    environment: Mapping[str, str] = field(default_factory=dict)
    code: Mapping[str, Sequence[Line]] = field(default_factory=dict)
