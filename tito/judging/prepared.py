"""What a plan's submissions are judged with: its grader, collected, and a starter that stands on earlier modules."""

import contextlib
import linecache
import tempfile
from pathlib import Path

from tito.judging.judge.editions import visible
from tito.judging.judge.launcher import Starter
from tito.judging.judge.script import scripts
from tito.judging.judge.template import Template
from tito.judging.plan import Plan


class Prepared:
    """A plan with its template; close it. Raises CourseError where its grader cannot be collected."""

    def __init__(self, plan: Plan, starting: Starter) -> None:
        self.plan = plan
        self._starting = starting
        self._closing = contextlib.ExitStack()
        # A lock's grader may have been written anew since the last plan.
        linecache.checkcache()
        starting.furnish(plan.given)
        self.template = self._collected()
        try:
            # Whatever starts subjects gets ready while the grader is collected.
            starting.stand_on({each.name: each.text for each in plan.earlier})
        except BaseException:
            self.close()
            raise

    def renew(self) -> None:
        """Collect the grader anew: nothing of what was judged stays in it."""
        self.close()
        self.template = self._collected()

    def close(self) -> None:
        """Let go of the template."""
        self._closing.close()

    def _collected(self) -> Template:
        plan = self.plan
        cut = None if plan.recording or not plan.grader.seen else _visible_edition(plan)
        # What the lesson itself reads lies there.
        with contextlib.chdir(self._starting.beside or Path.cwd()):
            template = self._closing.enter_context(Template(Path(plan.folder), plan.roots, cut))
        # Compiled here, once for all judges that are forked from this process.
        scripts(template, plan.grader)
        return template


def _visible_edition(plan: Plan) -> Path:
    """Write the visible edition of a grader's modules into a folder of this worker's."""
    folder = Path(tempfile.mkdtemp(prefix="visible-"))
    for path in Path(plan.folder).glob("*.py"):
        seen = {
            test.partition("::")[2]: count
            for test, count in plan.grader.seen.items()
            if test.startswith(f"{path.name}::")
        }
        (folder / path.name).write_text(visible(path.read_text("utf-8"), seen), "utf-8")
    return folder
