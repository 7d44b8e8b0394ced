"""A receipt: what a student's own tito says of a file that was packed to be handed in.

It proves nothing by itself, for whoever has it can write another one; but a file with its digest is that file.
"""

import json
from dataclasses import asdict
from typing import Final

from tito.model.escapes import escaped
from tito.records import dataclass

NAME: Final = "receipt.json"
VERSION: Final = 1
# No receipt is longer, and what is longer is read no further.
MAX_BYTES: Final = 4_096
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Receipt:
    """The module, the file's name and SHA-256, when it was packed (ISO 8601, UTC), and its public points then."""

    module: str
    file: str
    sha256: str
    at: str
    public: str

    def text(self) -> str:
        """Return it as the JSON that stands beside the file."""
        return json.dumps({"receipt": VERSION, **asdict(self)}, indent=2) + "\n"

    def told(self, digest: str) -> str:
        """Return one sentence on a file of that digest that came with this receipt."""
        if digest != self.sha256:
            return f"its receipt of {self.at} is for another file"
        return f"receipt of {self.at}: this very file, {self.public} public points then"


def read_receipt(content: bytes) -> Receipt | None:
    """Return the receipt that bytes are, with its texts made safe to show; None where they are none."""
    if len(content) > MAX_BYTES:
        return None
    try:
        told = json.loads(content)
        if told["receipt"] != VERSION:
            return None
        texts = [told[name] for name in ("module", "file", "sha256", "at", "public")]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if not all(isinstance(each, str) and len(each) <= _LONGEST for each in texts):
        return None
    return Receipt(*map(escaped, texts))
