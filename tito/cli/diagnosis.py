"""What `tito doctor` prints."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.report import Style, safe
from tito.workflows.machine.doctor import Diagnosis, LayerReport, State

_COLOURS = {State.HELD: "green", State.MISSING: "red", State.UNNEEDED: "dim"}
_OPTIONAL = ("bubblewrap", "container")


def diagnosed(diagnosis: Diagnosis, style: Style) -> RenderableType:
    """Say what is installed, which layers hold and why others do not, and which promises were tried."""
    head = Text(f"tito {diagnosis.tito}, Python {diagnosis.python}, {diagnosis.system}")
    packages = Text(", ".join(f"{name} {found}" for name, found in diagnosis.packages))
    layers = _table(style, "layer", "held", "what it does; why not")
    for layer in diagnosis.layers:
        layers.add_row(layer.name, _state(layer), _about(layer))
    promises = _table(style, "tried", "held", "how", "layer")
    for each in diagnosis.promises:
        held = State.HELD if each.held else State.MISSING
        promises.add_row(each.promise, Text(held, _COLOURS[held]), Text(safe(each.found)), each.layer)
    imports: list[RenderableType] = [Text(), _imports(diagnosis, style)] if diagnosis.imports else []
    tried = [promises] if diagnosis.promises else []
    return Group(head, packages, Text(), layers, *tried, *imports, *_verdict(diagnosis))


def _imports(diagnosis: Diagnosis, style: Style) -> Table:
    table = _table(style, "submissions may import", "version", "seconds, confined; why not")
    for each in diagnosis.imports:
        told = Text(safe(each.fault), "red") if each.fault else Text(f"{each.seconds:.2f}")
        table.add_row(safe(each.package), each.version, told)
    return table


def _verdict(diagnosis: Diagnosis) -> list[Text]:
    level = Text(f"strongest level: {diagnosis.level}; `tito grade` needs standard by default", style="bold")
    left = Text(f"not confined: {diagnosis.open}.", style="yellow")
    if diagnosis.grades:
        return [level, left]
    way = "`tito grade` refuses to grade here. Use Linux, WSL2 or a container (docs/sandbox.md), or --sandbox limits"
    return [level, left, Text(f"{way} where you trust every submission.", style="red")]


def _state(layer: LayerReport) -> Text:
    colour = "dim" if layer.name in _OPTIONAL and layer.state is State.MISSING else _COLOURS[layer.state]
    return Text("no" if layer.name in _OPTIONAL and layer.state is State.MISSING else layer.state, colour)


def _about(layer: LayerReport) -> Text:
    text = Text(layer.does)
    return text.append(f"\n{safe(layer.why)}", "dim" if layer.name in _OPTIONAL else "yellow") if layer.why else text


def _table(style: Style, *columns: str) -> Table:
    table = Table(box=style.box, pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table
