"""The codec of numpy's masked arrays, loaded where one is met: few are, and numpy takes long to load them."""

from typing import Any, Final

import numpy as np
from numpy import ma

from tito.judging.wire.codecs.arrays import fill
from tito.judging.wire.codecs.model import Codec, exact, require


def _parts(it: ma.MaskedArray[Any, Any]) -> Any:
    mask = None if it.mask is ma.nomask else np.asarray(it.mask)
    # What the mask hides may be anything, and is kept as it is.
    return (np.asarray(it.data), mask, None if it._fill_value is None else np.asarray(it._fill_value), it.hardmask)  # type: ignore[attr-defined] # noqa: SLF001


def _build(parts: Any) -> Any:
    data, mask, fill, hard = parts
    exact(data, np.ndarray)
    if mask is not None:
        require(fits=exact(mask, np.ndarray).dtype == ma.make_mask_descr(data.dtype) and mask.shape == data.shape)
    made: Any = ma.MaskedArray(data, ma.nomask if mask is None else mask, hard_mask=exact(hard, bool))
    if fill is not None:
        made.fill_value = exact(fill, np.ndarray)[()]
    return made


def _fill(it: Any, new: Any) -> None:
    fill(it.data, new.data)
    it.mask = new.mask


CODECS: Final = (Codec("numpy.ma.MaskedArray", ma.MaskedArray, _parts, _build, fill=_fill),)
