"""Python's own parser, asked quietly: a source that is not Python is an answer, not an error."""

import ast
import warnings


def tree(source: str) -> ast.Module:
    """Return a source's tree. Raises what `ast.parse` raises."""
    with warnings.catch_warnings():
        # Newer Pythons tell of every "\d", and it is not for us to pass on.
        warnings.simplefilter("ignore")
        return ast.parse(source)


def parsed(source: str) -> ast.Module | None:
    """Return a source's tree; None where it is not Python, which magics and half-written code are not."""
    try:
        return tree(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def fault(source: str) -> SyntaxError | None:
    """Return what keeps a source from being a module: its syntax, a late `__future__`, a stray `return`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "<module>", "exec", dont_inherit=True)
    except SyntaxError as found:
        return found
    except (ValueError, RecursionError, MemoryError) as found:
        return SyntaxError(str(found) or "it nests too deeply")
    return None
