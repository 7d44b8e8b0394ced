"""nbgrader's AUTOTEST lines: what has to be asked of the reference, and the assertions that its answers become.

Source: nbgrader's documentation, "Automatic test code generation", and its `InstantiateTests`.
"""

import ast
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from tito.importing.config import Config
from tito.model.document import Cell, Document, Grading, Kind, Role
from tito.records import dataclass
from tito.source import nbgrader

MARK: Final = "tito's value: "
_NAME_OF_TYPE: Final = (
    "(lambda kind: (kind.__module__ + '.' + kind.__qualname__).removeprefix('builtins.')"
    " if isinstance(kind, type) else str(kind))({})"
)
_SALTS: Final = 10**6
# What it makes is Python, in which nothing is to be escaped.
_PLAIN: Final = SandboxedEnvironment(autoescape=False)


@dataclass(frozen=True, slots=True)
class Templates:
    """What an autotests.yml says for Python: its templates for each type, and how their values are compared."""

    content: Mapping[str, Any]
    delimiter: str = "AUTOTEST"
    hashed: str = "HASHED"

    def render(self, name: str, **values: object) -> str:
        """Return one of its templates with values put in. Raises ValueError where there is none, or it is wrong."""
        template = self.content.get(name)
        if not isinstance(template, str):
            raise ValueError(f"autotests.yml has no {name}")  # noqa: TRY004 - a fault of the course's
        return _rendered(template, values)

    def tests(self, kind: str) -> list[tuple[str, str]]:
        """Return the (test, message) templates of a type."""
        templates = self.content.get("templates")
        found = templates.get(kind, templates.get("default")) if isinstance(templates, Mapping) else None
        if not isinstance(found, list):
            raise ValueError(f"autotests.yml has no templates for {kind}, and no default")  # noqa: TRY004
        return [(str(each["test"]), str(each["fail"])) for each in found if isinstance(each, Mapping)]


@dataclass(frozen=True, slots=True)
class Snippet:
    """One snippet of an AUTOTEST line of a cell: its text, and the salt of its hash, "" where its value is shown."""

    cell: str
    text: str
    salt: str = ""
    line: int = 0


def templates(content: object, config: Config) -> Templates:
    """Return what an autotests.yml holds for Python. Raises ValueError where it holds nothing for it."""
    kernels = content if isinstance(content, Mapping) else {}
    own = kernels.get("python3", kernels.get("python"))
    if not isinstance(own, Mapping):
        raise ValueError("autotests.yml has no templates for python3")  # noqa: TRY004 - a fault of the course's
    begin, hashed = (config.text(f"InstantiateTests.{name}_delimiter") for name in ("autotest", "hashed"))
    return Templates(own, begin, hashed)


def has_autotests(document: Document, config: Config) -> bool:
    """Say whether a notebook has lines from which nbgrader makes tests."""
    made = Templates({}, config.text("InstantiateTests.autotest_delimiter"))
    return any(_is_line(line, made) for cell in _cells(document) for line in cell.source.split("\n"))


def snippets(document: Document, made: Templates) -> list[Snippet]:
    """Return the snippets of a notebook's test cells, in order."""
    return [snippet for cell in _cells(document) for snippet in _snippets(cell, made)]


def kinds(document: Document, made: Templates) -> Document:
    """Return a notebook whose tests tell the type of each snippet's value."""
    return _asking(document, made, lambda each: [_NAME_OF_TYPE.format(made.render("dispatch", snippet=each.text))])


def values(document: Document, made: Templates, types: Mapping[str, str]) -> Document:
    """Return a notebook whose tests tell the values that each snippet's templates ask for, by its type."""
    return _asking(document, made, lambda snippet: [code for code, _ in checks(snippet, made, types)])


def checks(snippet: Snippet, made: Templates, types: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the (expression, message) pairs that a snippet is tested by."""
    found = []
    for test, fail in made.tests(types[probe(snippet)]):
        code = made.render("normalize", snippet=test)
        code = made.render("hash", snippet=code, salt=snippet.salt) if snippet.salt else code
        found.append((_rendered(code, {"snippet": snippet.text}), _rendered(fail, {"snippet": snippet.text})))
    return found


def with_tests(document: Document, made: Templates, types: Mapping[str, str], answers: Mapping[str, str]) -> Document:
    """Return a notebook with assertions in place of its AUTOTEST lines."""

    def told(snippet: Snippet) -> Iterator[str]:
        for place, (code, message) in enumerate(checks(snippet, made, types)):
            value = repr(answers[probe(snippet, place)])[1:-1]
            yield made.render("check", snippet=code, value=value, message=message.replace('"', '\\"'))

    cells = []
    for cell in document.cells:
        own = list(_snippets(cell, made)) if cell.role is Role.TEST else []
        cells.append(replace(cell, source=_replaced(cell, made, own, told)) if own else cell)
    return replace(document, cells=tuple(cells))


def probe(snippet: Snippet, place: int = 0) -> str:
    """Return the grade_id of the test that tells one value of a snippet."""
    return f"{snippet.cell}-probe-{snippet.line}-{hashlib.sha256(snippet.text.encode()).hexdigest()[:12]}-{place}"


def answer(message: str) -> str | None:
    """Return the value that such a test's message tells; None where it tells none."""
    _, mark, text = message.partition(MARK)
    try:
        value = ast.literal_eval(text.strip()) if mark else None
    except (ValueError, SyntaxError):
        return None
    return value if isinstance(value, str) else None


def _cells(document: Document) -> Iterator[Cell]:
    return (cell for cell in document.cells if cell.kind is Kind.CODE and cell.role is Role.TEST)


def _is_line(line: str, made: Templates) -> bool:
    return made.delimiter in line and line.strip().startswith("#")


def _snippets(cell: Cell, made: Templates) -> Iterator[Snippet]:
    salt = int(hashlib.sha256(cell.source.encode()).hexdigest(), 16) % _SALTS
    for number, line in enumerate(cell.source.split("\n")):
        if not _is_line(line, made):
            continue
        before, _, after = line.partition(made.delimiter)
        for text in filter(None, (part.strip() for part in after.split(";"))):
            salt += 1
            yield Snippet(cell.grade_id, text, f"{salt:x}" if made.hashed in before else "", number)


def _asking(document: Document, made: Templates, codes: Any) -> Document:
    cells: list[Cell] = []
    for cell in document.cells:
        own = list(_snippets(cell, made)) if cell.role is Role.TEST else []
        for snippet in own:
            before = [line for line in cell.source.split("\n")[: snippet.line] if not _is_line(line, made)]
            asked = enumerate(codes(snippet))
            cells += [_probing(cell, before, made, code, probe(snippet, place)) for place, code in asked]
        if cell.role is not Role.TEST:
            cells.append(cell)
    return replace(document, cells=tuple(cells))


def _probing(cell: Cell, before: Sequence[str], made: Templates, code: str, name: str) -> Cell:
    setup = made.content.get("setup")
    lines = [*before, setup if isinstance(setup, str) else "", f"raise AssertionError({MARK!r} + ascii({code}))"]
    grading = Grading(name, Role.TEST, cell.grading.points if cell.grading else None, locked=True)
    metadata = {**cell.metadata, "nbgrader": nbgrader.complete(grading, cell.kind)}
    return replace(cell, source="\n".join(lines), grading=grading, metadata=metadata)


def _replaced(cell: Cell, made: Templates, own: Sequence[Snippet], told: Any) -> str:
    setup, success = made.content.get("setup"), made.content.get("success")
    lines: list[str] = []
    for number, line in enumerate(cell.source.split("\n")):
        if not _is_line(line, made):
            lines.append(line)
            continue
        if isinstance(setup, str) and setup not in lines:
            lines.append(setup)
        lines += [check for snippet in own if snippet.line == number for check in told(snippet)]
    return "\n".join([*lines, *([success] if isinstance(success, str) else ())])


def _rendered(template: str, given: Mapping[str, object]) -> str:
    try:
        # The course's own text, and yet data: it may put values in, and do nothing else.
        return _PLAIN.from_string(template).render(**given)
    except TemplateError as fault:
        raise ValueError(f"a template is wrong: {fault}") from None
