"""tito: an autograding toolchain for Python courses."""

from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Give a notebook `%tito`: what `%load_ext tito` calls."""
    from tito.cli.notebook import register  # noqa: PLC0415 - whoever imports tito elsewhere has no use for it

    register(shell)
