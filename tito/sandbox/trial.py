"""What this machine can confine, found by trying each layer in a child that is thrown away."""

import errno
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Final, NoReturn

from tito.sandbox.access import Access, public
from tito.sandbox.confine import Cell, Layer, Refused, confine
from tito.sandbox.limits import Limits
from tito.sandbox.privileges import counted_apart
from tito.sandbox.system import portable, reason

_DENIED: Final = "something around this process refuses it, as container engines before 2023 do"
_WHY: Final = {
    (Layer.LANDLOCK, errno.ENOSYS): "this kernel has no Landlock; Linux from 5.13 on can have it",
    (Layer.LANDLOCK, errno.EOPNOTSUPP): "Landlock is off since boot; add landlock to the kernel's lsm= setting",
    (Layer.LANDLOCK, errno.EPERM): _DENIED,
    (Layer.SECCOMP, errno.EINVAL): "this kernel is built without seccomp filters",
    (Layer.SECCOMP, errno.EPERM): _DENIED,
    (Layer.USER, errno.EPERM): "root may not become another user here; start tito as an ordinary user",
    (Layer.USER, errno.EINVAL): "this container has no second user; start tito as an ordinary user",
}


@cache
def refused() -> Mapping[Layer, str]:
    """Return the layers that this machine refuses, each with the reason in words."""
    if portable():
        return {layer: reason() for layer in Layer if layer is not Layer.LIMITS}
    return tried(tuple(Layer), confine)


@cache
def counts_threads() -> bool:
    """Whether a subject's threads are limited: where root grades, and where an ordinary user gets a namespace."""
    if portable():
        return False
    if is_root():
        return True
    with warnings.catch_warnings():
        # As below: the child makes system calls only.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os._exit(not counted_apart())
    return os.waitpid(child, 0)[1] == 0


def is_root() -> bool:
    """Whether this process is root's, whose subjects get users of their own."""
    return os.geteuid() == 0


def tried(layers: Collection[Layer], put_on: Callable[[Collection[Layer], Cell], None]) -> Mapping[Layer, str]:
    """Have a child try `layers` one after another by `put_on`, and return those that failed, with the reason.

    A layer fails as well where it is put on without complaint and what it must stop still goes.
    """
    read, write = os.pipe()
    with tempfile.TemporaryDirectory(prefix="tito-try-") as scratch, warnings.catch_warnings():
        # The child makes system calls only, so it needs no lock that a thread of this process may hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
        if child == 0:
            _try(layers, put_on, scratch, write)
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as told:
            lines = told.read().splitlines()
        os.waitpid(child, 0)
    found = {Layer(name): why for name, _, why in (line.partition(":") for line in lines)}
    left = {layer: "the process that tried it died" for layer in layers if layer not in found}
    return {layer: why for layer, why in (found | left).items() if why}


def _try(
    layers: Collection[Layer], put_on: Callable[[Collection[Layer], Cell], None], scratch: str, told: int
) -> NoReturn:
    try:
        for line in _trials(layers, put_on, scratch):
            os.write(told, line.encode())
    finally:
        os._exit(0)


def _trials(
    layers: Collection[Layer], put_on: Callable[[Collection[Layer], Cell], None], scratch: str
) -> Iterator[str]:
    standard = tuple(each for each in sys.path if each.startswith(sys.base_prefix) and os.path.isdir(each))
    limits = Limits(memory=1 << 30)
    searching = not public((*standard, os.path.dirname(scratch)))
    cell = Cell(scratch, Access(standard, standard, ()), (), os.getppid(), limits, searching)
    for layer in Layer:
        if layer in layers:
            yield f"{layer}:{_failure(layer, put_on, cell)}\n"


def _failure(layer: Layer, put_on: Callable[[Collection[Layer], Cell], None], cell: Cell) -> str:
    try:
        put_on([layer], cell)
        return "" if _holds(layer) else "the kernel takes it and does not keep to it"
    except Refused as fault:
        return _WHY.get((layer, fault.reason.errno or 0), fault.reason.strerror or str(fault.reason))


def _holds(layer: Layer) -> bool:
    """Whether what a layer must stop is stopped, tried in the process that has put it on."""
    try:
        match layer:
            case Layer.LANDLOCK:
                os.listdir("/")
            case Layer.USER:
                return os.geteuid() != 0
            case Layer.SECCOMP:
                if os.fork() == 0:
                    os._exit(0)
            case _:
                return True
    except PermissionError:
        return True
    except OSError:
        return False
    return False
