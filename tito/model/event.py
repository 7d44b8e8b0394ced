"""What happened to a student's grade, for the record of it."""

from datetime import datetime

from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `kind` is run, accepted, override, mark, comment or extension; `text` says what."""

    at: datetime
    kind: str
    module: str
    author: str
    text: str
