"""Several processes that write one gradebook at once: nothing is lost, and no row is there twice."""

import subprocess
import sys
from collections import Counter

from sqlalchemy import func, select

from tito.gradebook import schema
from tito.gradebook.read import current, history

BATCHES, WRITERS, STUDENTS = 4, 3, 25
WRITER = """
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tito.gradebook.book import open_gradebook
from tito.gradebook.location import locate
from tito.gradebook.record import Batch, Entry, record
from tito.model.outcome import Outcome, Run, Status
from tito.model.rubric import Criterion, Rubric
from tito.scoring import score

place, writer, batches, students = sys.argv[1], *map(int, sys.argv[2:])
rubric = Rubric("01_m", "M", Decimal(1), (Criterion("a", Decimal(1), "A"),))
run = Run((Outcome("a", "t", Status.PASSED, passes=1),))
book = open_gradebook(locate(place, Path("/")), datetime.now(UTC), create=True)
names = [f"s{n}" for n in range(students)]
for number in range(batches):
    # Each writer has its own order, which would deadlock where rows are locked as they come.
    ordered = names[writer * 7 % students :] + names[: writer * 7 % students]
    grades = [score(rubric, run, student=name, module="01_m", path="p") for name in ordered]
    with book.writing() as connection:
        batch = Batch(rubric, "e", f"w{writer}", datetime.now(UTC), "tito")
        record(connection, batch, [Entry(each, f"{each.student}-{number}") for each in grades])
"""


def test_writers_in_processes_of_their_own_lose_nothing(book):
    location = book.location
    place = str(location.file) if location.file else location.url
    command = [sys.executable, "-c", WRITER, place]
    writing = [
        subprocess.Popen([*command, str(each), str(BATCHES), str(STUDENTS)], stderr=subprocess.PIPE)
        for each in range(WRITERS)
    ]
    assert [each.communicate(timeout=300)[1] for each in writing] == [b""] * WRITERS
    with book.reading() as connection:
        runs = Counter(each.grade.student for each in history(connection))
        counting = current(connection)
        submissions = connection.scalar(select(func.count()).select_from(schema.submissions))
    assert set(runs.values()) == {BATCHES * WRITERS}
    assert (len(counting), len(runs), submissions) == (STUDENTS, STUDENTS, STUDENTS * BATCHES)
