"""The judge's table of records: given classes of which it has one, and the subject another."""

from collections.abc import Collection
from typing import Any

from tito.judging.wire.codec import WireError
from tito.judging.wire.codecs import Codecs
from tito.judging.wire.codecs.records import is_record, record


class Records:
    """The records of a lesson by `names`: each gets a codec as soon as both sides have its class."""

    def __init__(self, names: Collection[str], codecs: Codecs) -> None:
        self.names = tuple(names)
        self._codecs = codecs
        self._ours: dict[str, Any] = {}
        self._theirs: frozenset[str] = frozenset()

    def learn(self, name: str, kind: Any) -> None:
        """Take the judge's class of a name."""
        if name in self.names and is_record(kind):
            self._ours[name] = kind
            self._agree(name)

    def found(self, names: Any) -> None:
        """Take the names of which the subject has a class. Raises WireError where no honest subject sends them."""
        if not all(type(each) is str and each in self.names for each in names):
            raise WireError("what it has classes of is malformed")
        self._theirs |= {*names}
        for name in self._ours:
            self._agree(name)

    def _agree(self, name: str) -> None:
        if name in self._theirs and self._codecs.of(self._ours[name]) is None:
            self._codecs.add([record(name, self._ours[name])])
