"""Whether two values are the same as far as data says: the judge's own copy of a given value, and the subject's."""

from typing import Any, Final

import numpy as np

from tito.judging.judge.functions import Function
from tito.judging.judge.proxies import Proxy

_PLAIN: Final = (bool, int, float, complex, str, bytes, type(None), np.generic)


def alike(ours: Any, theirs: Any) -> bool:
    """Return whether two values are the same; what cannot be compared as data is taken to be."""
    if isinstance(theirs, Proxy | Function | type) or isinstance(ours, type):
        return True
    if isinstance(ours, np.ndarray) and isinstance(theirs, np.ndarray):
        return _same_arrays(ours, theirs)
    if isinstance(ours, list | tuple) and type(ours) is type(theirs):
        return len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(alike(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, _PLAIN) or isinstance(theirs, _PLAIN):
        return type(ours) is type(theirs) and (ours == theirs or (ours != ours and theirs != theirs))  # noqa: PLR0124
    return _same_objects(ours, theirs)


def _same_arrays(ours: "np.ndarray[Any, Any]", theirs: "np.ndarray[Any, Any]") -> bool:
    if ours.dtype != theirs.dtype or ours.shape != theirs.shape:
        return False
    return np.array_equal(ours, theirs, equal_nan=ours.dtype.kind in "fc")


def _same_objects(ours: Any, theirs: Any) -> bool:
    if type(ours) is not type(theirs):
        return True
    equals = getattr(ours, "equals", None)
    try:
        return bool(equals(theirs) if equals else ours == theirs)
    except Exception:  # noqa: BLE001 - a library's object may refuse to say
        return True
