"""Text to Document and back: percent scripts (jupytext), notebooks (nbformat), nbgrader metadata."""

from tito.source.document import parse
from tito.source.writing import write

__all__ = ["parse", "write"]
