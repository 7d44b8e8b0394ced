"""A native result becomes what other programs read; each format is one pure function in a file of its own."""

from tito.report.formats.options import Options
from tito.report.formats.registry import FORMATS, Format, find, render

__all__ = ["FORMATS", "Format", "Options", "find", "render"]
