"""Parse, call one workflow, render, exit; the one place where errors become sentences and exit codes."""

from tito.cli.main import main

__all__ = ["main"]
