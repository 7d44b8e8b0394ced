"""Feedback that arrives: each student's page as Moodle takes it back, as a mail, or as nbgrader releases it."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from tito.collection.lms import Handed, Lms, canvas_head, handed
from tito.collection.register import register
from tito.errors import Problem, UsageError
from tito.gradebook import people
from tito.gradebook.book import Gradebook
from tito.gradebook.people import Person
from tito.model.course import Course
from tito.model.escapes import escaped
from tito.model.submission import Left
from tito.records import dataclass
from tito.report.html import page_name
from tito.workflows.book.pages import student_pages
from tito.workflows.book.report import recorded
from tito.workflows.book.seen import look_up
from tito.workflows.course.opening import find_assignment, find_module, graded_name, write_bytes
from tito.workflows.grading.collect import root_of

# Moodle's grading worksheet and its participants' list name a student's number so.
_PARTICIPANT: Final = re.compile(r"(?:Participant\s+)?(\d+)")
# No roster has a column of this name.
_ID: Final = "the gradebook's id"
_NUMBERS: Final = ("identifier", "participant", "participant id")
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN: Final = re.compile(r"[^\w @.-]")


class Way(StrEnum):
    """Which way feedback goes."""

    MOODLE = "moodle"
    CANVAS = "canvas"
    MAIL = "mail"
    NBGRADER = "nbgrader"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written where, for how many students, and for whom nothing could be, with the reason."""

    path: str
    students: int
    left: tuple[Left, ...]


def feedback(
    course: Course,
    book: Gradebook,
    wanted: str,
    way: Way,
    out: Path,
    *,
    among: frozenset[str] | None = None,
    download: Path | None = None,
) -> Sent:
    """Write each student's page for the one way at `out`: a zip for Moodle and Canvas, else a folder.

    Canvas needs the names that its `download` of submissions gave. Raises UsageError where that is not there, where
    the gradebook has no grades, or `out` holds something else.
    """
    name = graded_name(course, wanted)
    result = recorded(course, book, wanted, among)
    with book.reading() as connection:
        known = {each.name: each for each in people.students(connection)}
    pages = student_pages(result, look_up(book, find_assignment(course, wanted).modules))
    left: list[Left] = []
    match way:
        case Way.MOODLE:
            files = dict(_moodle(name, pages, known, left))
            write_bytes(out, _zipped(files))
        case Way.CANVAS:
            files = dict(_canvas(name, pages, known, _downloaded(download), left))
            write_bytes(out, _zipped(files))
        case Way.MAIL:
            files = dict(_mails(result, pages, known, left))
            _write_all(out, files)
        case Way.NBGRADER:
            place = _place(course, wanted)
            files = {f"{_folder(each)}/{place}": page.encode() for each, page in pages.items()}
            _write_all(out, files)
    return Sent(str(out), len(files), tuple(left))


def _place(course: Course, wanted: str) -> str:
    """Return where in a student's folder nbgrader looks for feedback: under the assignment's and notebook's names."""
    modules = find_assignment(course, wanted).modules
    if len(modules) > 1:
        return f"{wanted}/{wanted}.html"
    module = find_module(course, modules[0])
    return f"{module.folder.name}/{module.stem}.html"


def _moodle(
    module: str, pages: Mapping[str, str], known: Mapping[str, Person], left: list[Left]
) -> Iterator[tuple[str, bytes]]:
    """Yield members that "Upload multiple feedback files in a zip" takes: name_number_assignsubmission_file_FILE.

    Source: Moodle's mod/assign/feedback/file/importziplib.php, which splits a name at its first four signs `_`.
    """
    for student, page in pages.items():
        person = known.get(escaped(student), Person(student))
        number = _number(person)
        if not number:
            why = "the roster has no Moodle number: import the grading worksheet, which has the column Identifier"
            left.append(Left(student, why))
            continue
        name = _PLAIN.sub(" ", (person.full_name or person.name).replace("_", " "))
        yield f"{name}_{number}_assignsubmission_file_{module}.html", page.encode()


def _canvas(
    module: str, pages: Mapping[str, str], known: Mapping[str, Person], download: Sequence[Handed], left: list[Left]
) -> Iterator[tuple[str, bytes]]:
    """Yield members that Canvas attaches as comments: named as its download named them, up to the file's own name.

    Source: canvas-lms, infer_comment_context_from_filename, which takes the first two numbers between signs `_` for
    the user's and the file's, both of which it must know.
    """
    heads: dict[str, str] = {}
    index = register([{**each.more, _ID: each.name, "name": each.full_name} for each in known.values()], _ID)
    for file in download:
        student, _ = index.find((*file.keys, file.plain), file.squeezed)
        heads.setdefault(student or file.plain, canvas_head(file.node.name))
    for student, page in pages.items():
        if head := heads.get(escaped(student)):
            yield f"{head}_{module}.html", page.encode()
        else:
            left.append(Left(student, "the download holds no file of this student"))


def _downloaded(download: Path | None) -> Sequence[Handed]:
    if download is None:
        fix = "Name the zip of *Download submissions* with --download."
        raise UsageError(Problem("Canvas knows a student's file by the name that it gave it", fix))
    found = [each for each in handed(root_of(download), Lms.CANVAS) if each.keys]
    if not found:
        raise UsageError(Problem("this is no download of submissions of Canvas's", "Name its zip.", str(download)))
    # The latest first: the number of its file is the largest.
    return sorted(found, key=lambda each: [int(part) for part in re.findall(r"_(\d+)(?=_)", each.node.name)][-1:])[
        ::-1
    ]


def _number(person: Person) -> str:
    texts = (text for head, text in person.more.items() if head.casefold() in _NUMBERS)
    found = next((match for text in texts if (match := _PARTICIPANT.fullmatch(text.strip()))), None)
    return found[1] if found else ""


def _mails(
    result: Mapping[str, Any], pages: Mapping[str, str], known: Mapping[str, Person], left: list[Left]
) -> Iterator[tuple[str, bytes]]:
    title = f"{result['data']['module']}: {result['data']['title']}"
    for student, page in pages.items():
        person = known.get(escaped(student), Person(student))
        address = person.email.strip()
        if not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>]+", address):
            left.append(Left(student, "the roster has no address for this student"))
            continue
        mail = EmailMessage(policy=SMTP)
        mail["To"] = address
        mail["Subject"] = f"Feedback on {escaped(title)}".replace("\n", " ")
        mail.set_content(f"Hello {person.full_name or person.name},\n\nyour feedback on {title} is attached.\n")
        mail.add_attachment(
            page.encode(), maintype="text", subtype="html", filename=f"{result['data']['module']}.html"
        )
        yield f"{page_name(student, person.full_name).removesuffix('.html')}.eml", mail.as_bytes()


def _folder(student: str) -> str:
    return page_name(student).removesuffix(".html") if "/" in student or student in {".", ".."} else student


def _zipped(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _write_all(out: Path, files: Mapping[str, bytes]) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(Problem("this is a file, and a folder is written", "Name a new folder.", str(out)))
    for name, content in files.items():
        write_bytes(out / name, content)
