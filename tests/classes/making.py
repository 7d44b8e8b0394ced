"""A class as each LMS hands it over: a roster, a download of submissions, a gradebook to fill, as they are documented.

Sources: canvas-lms gradebook_exporter.rb and its "Download submissions"; Moodle's grading worksheet, in English and
German, and "Download all submissions"; Blackboard Learn's "Work offline" (tabs, UTF-16) and "Assignment file download";
Gradescope's export of grades and of submissions. Documented, and not tried on a live system.
"""

import csv
import io
import zipfile
from dataclasses import dataclass, field

GOOD = """def mean(numbers):
    if not numbers:
        raise ValueError("no numbers")
    return sum(numbers) / len(numbers)


def spread(numbers):
    return max(numbers) - min(numbers)
"""
WORK = {
    "good": GOOD,
    "wrong": GOOD.replace("max(numbers) - min(numbers)", "0"),
    "late": GOOD,
    "torn": "def mean(:\n",
    "absent": "",
}
POINTS = {"good": "10", "wrong": "4", "late": "9", "torn": "0"}
GIVEN = ("Ann", "José María", "Zoë", "D'Arcy", "李", "Mary-Jane", "Bob")
FAMILY = ("Lee", "O'Neil", "Núñez, Jr.", "van der Berg", "王", "Smith")
ON_TIME, LATE = "2026-10-01-11-00-00", "2026-10-02-09-00-00"


@dataclass(frozen=True)
class Student:
    """One of a class: names may be another's as well, numbers and logins may not."""

    number: int
    kind: str = field(default="")

    @property
    def given(self):
        return GIVEN[self.number % len(GIVEN)]

    @property
    def family(self):
        return FAMILY[self.number % len(FAMILY)]

    @property
    def login(self):
        return f"s{self.number:04}"

    @property
    def email(self):
        return f"{self.login}@school.example"

    @property
    def squeezed(self):
        return "".join(each for each in f"{self.family}{self.given}".lower() if each.isalnum())

    @property
    def clock(self):
        return LATE if self.kind == "late" else ON_TIME

    @property
    def stamp(self):
        day, *time = self.clock[:10], *self.clock[11:].split("-")
        return f"{day} {':'.join(time)}"


def students(count):
    kinds = list(WORK)
    return [Student(number, kinds[number % len(kinds)]) for number in range(1, count + 1)]


def table(rows, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\r\n"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return text.getvalue()


def packed(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def handed_in(everyone):
    return [each for each in everyone if each.kind != "absent"]


def canvas(everyone):
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Summary (4711)", "Current Score"]
    rows = [head, ["Manual Posting"], ["    Points Possible", "", "", "", "", "10.00", "(read only)"]]
    for each in everyone:
        who = [f"{each.family}, {each.given}", str(7000 + each.number), f"sis{each.number}", each.login]
        rows.append([*who, f"Lab {each.number % 4} and Lecture, A", "", ""])
    rows.append(["Student, Test", "6999", "", "abcdef0123", "Lab 1", "", ""])
    files = {
        f"{each.squeezed}_{'LATE_' if each.kind == 'late' else ''}{7000 + each.number}_{90000 + each.number}_summary_dev"
        f"{'-1' if each.kind == 'wrong' else ''}.py": WORK[each.kind]
        for each in handed_in(everyone)
    }
    times = [["Student", "ID", "SIS Login ID", "Submitted"]]
    times += [
        [f"{each.family}, {each.given}", str(7000 + each.number), each.login, f"{each.stamp}+02:00"]
        for each in handed_in(everyone)
    ]
    return {
        "gradebook.csv": b"\xef\xbb\xbf" + table(rows).encode(),
        "submissions.zip": packed(files),
        "times.csv": table(times).encode(),
    }


def moodle(everyone, *, german=False):
    english = ["Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum Grade",
               "Last modified (submission)", "Feedback comments"]  # fmt: skip
    local = ["ID", "Vollständiger Name", "ID-Nummer", "E-Mail-Adresse", "Status", "Bewertung", "Höchste Bewertung",
             "Zuletzt geändert (Abgabe)", "Feedback als Kommentar"]  # fmt: skip
    rows = [local if german else english]
    for each in everyone:
        at = "-" if each.kind == "absent" else moodles(each)
        status = "No submission" if each.kind == "absent" else "Submitted for grading"
        most = "10,00" if german else "10.00"
        who = [f"Participant {4000 + each.number}", f"{each.given} {each.family}", each.login, each.email]
        rows.append([*who, status, "", most, at, ""])
    files = {
        f"{each.given} {each.family}_{4000 + each.number}_assignsubmission_file/summary_dev.py": WORK[each.kind]
        for each in handed_in(everyone)
    }
    text = table(rows, ";" if german else ",")
    return {"gradebook.csv": b"\xef\xbb\xbf" + text.encode(), "submissions.zip": packed(files)}


def moodles(each):
    return "Friday, 2 October 2026, 9:00 AM" if each.kind == "late" else "Thursday, 1 October 2026, 11:00 AM"


def blackboard(everyone):
    rows = [
        ["Last Name", "First Name", "Username", "Student ID", "Availability", "Summary [Total Pts: 10 Score] |123"]
    ]
    rows += [[each.family, each.given, each.login, str(each.number), "Yes", ""] for each in everyone]
    files = {
        f"Home work 1_{each.login}_attempt_{each.clock}_summary_dev.py": WORK[each.kind]
        for each in handed_in(everyone)
    }
    text = table(rows, "\t", csv.QUOTE_ALL)
    return {"gradebook.csv": text.encode("utf-16"), "submissions.zip": packed(files)}


def gradescope(everyone):
    rows = [["First Name", "Last Name", "SID", "Email", "Sections", "Submission Time"]]
    for each in everyone:
        at = "" if each.kind == "absent" else f"{each.stamp} +0200"
        rows.append([each.given, each.family, each.login, each.email, f"Lab {each.number % 4}", at])
    said, files = [], {}
    for each in handed_in(everyone):
        folder = f"submission_{each.number}"
        files[f"export/{folder}/summary_dev.py"] = WORK[each.kind]
        who = f'  :submitters:\n  - :name: "{each.given}"\n    :sid: {each.login}\n    :email: {each.email}\n'
        said.append(f"{folder}:\n{who}  :created_at: {each.stamp} +0200\n")
    files["export/submission_metadata.yml"] = "---\n" + "".join(said)
    return {"gradebook.csv": table(rows).encode(), "submissions.zip": packed(files)}
