"""The command that shows what submissions have in common."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.options import Json, ModuleName, Sandbox, here

if TYPE_CHECKING:
    from tito.workflows.grading.similar import Similar

_PAIRS = 50


def similar(
    module: ModuleName,
    paths: Annotated[list[Path], typer.Argument(help="Folders, archives or files of submissions.")],
    *,
    earlier: Annotated[
        list[Path] | None, typer.Option("--earlier", metavar="DIR", help="Another year's class; may be repeated.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="Show so many pairs.")] = 20,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page, with both sides of each pair.")
    ] = None,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show which submissions have passages in common, whatever their names are: pairs and groups, and no verdicts."""
    from tito.workflows.grading.similar import similar as workflow

    found = workflow(here(), module, paths, earlier or [], level=sandbox)
    if html:
        _write(found, html, max(top, _PAIRS))
    if json:
        console.show_json(_json(found))
        return
    from tito.report.similar import similar_report

    console.show(similar_report(found.texts, found.pairs, top, found.left, console.style()))


def _write(found: "Similar", path: Path, pairs: int) -> None:
    from importlib import metadata

    from tito.report.html.alike import alike_page
    from tito.workflows.course.opening import write_text

    tool = f"tito {metadata.version('tito-autograder')}"
    write_text(path, alike_page(found.module, found.texts, found.pairs[:pairs], tool))
    console.warn(f"wrote {path}")


def _json(found: "Similar") -> str:
    from tito.cli import tables

    names = [each.name for each in found.texts]
    data = {
        "module": found.module,
        "submissions": names,
        "pairs": [
            {
                "first": names[each.first],
                "second": names[each.second],
                "shared": each.shared,
                "part": round(each.part, 4),
            }
            for each in found.pairs
        ],
        "groups": [[names[place] for place in group] for group in found.clusters],
        "not_read": [{"source": each.source, "why": each.why} for each in found.left],
    }
    return tables.to_json("similar", [data])
