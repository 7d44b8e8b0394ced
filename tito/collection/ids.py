"""Student ids: what a name must be before it becomes a row, a path or a key."""

import hashlib
import re
import unicodedata
from typing import Final

from tito.model.escapes import escaped

MAX_ID: Final = 100
_SHOWN: Final = 40
# What separates paths, or may not stand in a name, on any system that a gradebook is carried to.
_SIGNS: Final = re.compile(r'[/\\:*?"<>|]')
_ENDS: Final = re.compile(r"^[\s.~-]|[\s.]$")
_HALF: Final = re.compile("[\ud800-\udfff]")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def student_id(name: str) -> tuple[str, str]:
    """Return (the id that a file or folder named `name` gives, why it is refused or "").

    An id is in Unicode's form C, so that a folder from a Mac is the same student. One that is refused comes back
    escaped and short, with a digest of the whole, so that no two of them are one.
    """
    made = unicodedata.normalize("NFC", name)
    fault = _fault(made)
    if not fault:
        return made, ""
    shown = escaped(made).replace("\n", "\\n").replace("\t", "\\t") or "(empty)"
    if len(shown) > _SHOWN:
        digest = hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        shown = f"{shown[:_SHOWN]}…{digest}"
    return shown, fault


def same(student: str) -> str:
    """Return what two ids share that a person, a disk or a spreadsheet takes for one."""
    return unicodedata.normalize("NFKC", student).casefold().strip()


def _fault(name: str) -> str:
    """Return the first thing that is wrong with an id, or ""."""
    separator = _SIGNS.search(name)
    faults = {
        "is empty": not name.strip(),
        "is not UTF-8": bool(_HALF.search(name)),
        "holds characters that act or hide": escaped(name) != name or "\n" in name or "\t" in name,
        f"is longer than {MAX_ID} characters": len(name) > MAX_ID,
        f"holds `{separator[0] if separator else ''}`": bool(separator),
        "begins or ends with a sign that systems take for more than a name": bool(_ENDS.search(name)),
        "is one that Windows keeps for devices": bool(_RESERVED.fullmatch(name)),
    }
    return next((f"the student's id {what}" for what, wrong in faults.items() if wrong), "")
