"""Every table at 80, 120 and 200 columns and every page in Chromium, of one class, to be looked at.

    python tests/captures/capture.py OUT [STUDENTS]

It makes the course of `tito init` with a class in which everything happens: late, refused, misplaced, excused and
adjusted work, groups of equal failures, sections. Pages are pictures in light, dark and on a phone, and a print.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

WIDTHS = (80, 120, 200)
GOOD = """def mean(numbers):
    if not numbers:
        raise ValueError("no numbers")
    return sum(numbers) / len(numbers)


def spread(numbers):
    return max(numbers) - min(numbers)
"""
LOUD = (
    GOOD
    + """

print("spread of", [1, 4, 2])
spread([1, 4, 2])
"""
)
KINDS = {
    "summary_dev.py": LOUD,
    "summary_dev (1).py": GOOD.replace('    if not numbers:\n        raise ValueError("no numbers")\n', ""),
    "my homework.py": GOOD.replace("    return max", "    numbers.sort()\n    return max"),
    "hw1/work.py": GOOD.replace("max(numbers) - min(numbers)", "0"),
    "summary_dev.ipynb": "this is no notebook",
    "essay.docx": "words",
}
LATE = 'points: 10\nlate:\n  due: "2026-10-01T12:00:00+02:00"\n  penalty: 10%\n'
READ = """  - id: style
    kind: manual
    points: 2
    title: How it reads
    extra: true
    levels:
      - {name: clear, points: 2, description: A stranger follows it at once.}
      - {name: unclear, points: 0, description: It cannot be followed.}
"""
COMMANDS = {
    "grade": "grade 01 submitted --time-from times.csv --quiet",
    "grade-transposed": "grade 01 submitted --no-gradebook --quiet --transpose --only failed",
    "collect": "collect 01 submitted --out placed --dry-run",
    "show": "gradebook show",
    "show-module": "gradebook show 01",
    "student": "gradebook student s001 01",
    "history": "gradebook history s001 01",
    "roster": "roster show",
    "stats": "stats",
    "stats-module": "stats 01",
    "alike": "review 01 --alike",
    "review": "review 01 --list",
    "similar": "similar 01 submitted --top 10",
    "validate": "validate",
    "audit": "audit 01",
    "rubric": "rubric check",
    "doctor": "doctor",
    "help": "--help",
    "help-grade": "grade --help",
}
LOOKS = {
    "light": ["--window-size=1200,2400"],
    "dark": ["--window-size=1200,2400", "--blink-settings=preferredColorScheme=0"],
    "phone": ["--window-size=390,2400"],
}


def main(out: Path, students: int) -> None:
    """Make the class, then the captures below `out`."""
    course = out / "course"
    shutil.rmtree(course, ignore_errors=True)
    run(out, "init", str(course))
    fill(course, students)
    for width in WIDTHS:
        for name, line in COMMANDS.items():
            done = run(course, *line.split(), COLUMNS=str(width), NO_COLOR="1")
            place = out / f"{width}" / f"{name}.txt"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"$ tito {line}\n{done.stdout}\n{done.stderr}\n[{done.returncode}]\n", "utf-8")
    run(course, "report", "01", "--html", "pages")
    run(course, "stats", "--html", "pages/course.html")
    run(course, "similar", "01", "submitted", "--html", "pages/alike.html")
    run(course, "review", "01", "--html", "pages/answers", "--names")
    own = ("index.html", "course.html", "alike.html", "answers/index.html", "answers/style/s006.html")
    pages = [course / "pages" / name for name in own]
    pages += sorted((course / "pages/students").glob("*.html"))[:: max(1, students // 6)]
    for page in pages:
        pictures(page, out / "pages" / "-".join(page.relative_to(course / "pages").with_suffix("").parts))


def fill(course: Path, students: int) -> None:
    """Hand in for a class: every kind of work in turn."""
    rubric = course / "rubrics/01_summary.yaml"
    rubric.write_text(rubric.read_text("utf-8").replace("points: 10\n", LATE, 1) + READ, "utf-8")
    roster, times = ["id,name,Email,Section"], ["student,submitted"]
    for number in range(1, students + 1):
        name, content = list(KINDS.items())[number % len(KINDS)]
        place = course / "submitted" / f"s{number:03}" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, "utf-8")
        roster.append(f"s{number:03},Student Number {number},s{number}@school.example,Lab {number % 4 + 1}")
        times.append(f"s{number:03},2026-10-0{number % 4 + 1}T11:00:00+02:00")
    (course / "roster.csv").write_text("\n".join([*roster, "absent,Absent One,,Lab 1", ""]), "utf-8")
    (course / "times.csv").write_text("\n".join([*times, ""]), "utf-8")
    run(course, "gradebook", "init")
    run(course, "roster", "import", "roster.csv")
    run(course, "grade", "01", "submitted", "--time-from", "times.csv", "--quiet")
    run(course, "gradebook", "excuse", "s002", "01", "--reason", "ill")
    run(course, "gradebook", "adjust", "s001", "01", "--by", "-1", "--reason", "no name in the file")


def pictures(page: Path, place: Path) -> None:
    """Draw a page as each look, and print it; nothing where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("there is no Chromium: pages are not drawn\n")
        return
    place.mkdir(parents=True, exist_ok=True)
    plain = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    for look, options in LOOKS.items():
        picture = f"--screenshot={place / f'{look}.png'}"
        subprocess.run([*plain, *options, picture, page.as_uri()], capture_output=True, check=True, timeout=120)
    printed = f"--print-to-pdf={place / 'print.pdf'}"
    subprocess.run([*plain, printed, page.as_uri()], capture_output=True, check=True, timeout=120)


def run(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run tito as a person does."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", "from tito.cli import main; main()", *arguments]
    own = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), int(sys.argv[2]) if len(sys.argv) > 2 else 30)
