"""numpy, where it can be imported; in a course that does not name it, stand-ins of which nothing is an instance."""

import importlib
from typing import TYPE_CHECKING, Any

__all__ = ["PRESENT", "np"]

if TYPE_CHECKING:
    import numpy as np

    PRESENT = True
else:
    try:
        import numpy as np

        # numpy loads these when they are first used, which would be in every subject.
        for _name in ("numpy.linalg", "numpy.random"):
            importlib.import_module(_name)
        PRESENT = True
    except ModuleNotFoundError:
        PRESENT = False

        class _Kind:
            """A class of numpy's that is not there."""

            def __class_getitem__(cls, _: Any) -> type:
                return cls

        class np:  # noqa: N801 - in numpy's place
            """What is asked of numpy where it is not there."""

            ndarray = type("ndarray", (_Kind,), {})
            generic = type("generic", (_Kind,), {})
            dtype = type("dtype", (_Kind,), {})
            ufunc = type("ufunc", (_Kind,), {})
            sctypeDict: dict[str, type] = {}  # noqa: N815, RUF012
