"""How reports draw: a sign, a word and a colour for each status, of which the word alone says it all."""

from typing import Final

from rich import box
from rich.text import Text

from tito.model.outcome import Status
from tito.records import dataclass
from tito.report.text import inert

_SIGNS: Final = {
    Status.PASSED: "✓",
    Status.FAILED: "✗",
    Status.ERROR: "✗",
    Status.TIMEOUT: "⏱",
    Status.BROKEN: "?",
    Status.PENDING: "○",
}
_PLAIN: Final = {Status.PASSED: "+", Status.BROKEN: "?", Status.PENDING: "o"}
_COLOURS: Final = {Status.PASSED: "green", Status.FAILED: "red", Status.BROKEN: "magenta", Status.PENDING: "cyan"}


@dataclass(frozen=True, slots=True)
class Style:
    """`unicode` is whether the stream can show more than ASCII, `plain` whether all is to be read out as words."""

    unicode: bool = True
    plain: bool = False

    @property
    def box(self) -> box.Box | None:
        """The lines of tables."""
        if self.plain:
            return None
        return box.SIMPLE_HEAD if self.unicode else box.ASCII

    def sign(self, status: Status) -> str:
        """Return a status as one character."""
        if self.plain:
            return ""
        return _SIGNS.get(status, "✗") if self.unicode else _PLAIN.get(status, "x")

    def colour(self, status: Status) -> str:
        """Return a status's colour, one of the terminal's own sixteen."""
        return _COLOURS.get(status, "yellow")

    def status(self, status: Status) -> Text:
        """Return a status as sign and word."""
        return Text(f"{self.sign(status)} {status}".strip(), style=self.colour(status))

    def bar(self, share: float, width: int) -> str:
        """Return a bar that fills `share` of `width`, blanks after it."""
        if self.plain:
            return ""
        filled = round(share * width)
        return ("█" if self.unicode else "#") * filled + " " * (width - filled)

    def say(self, text: str) -> str:
        """Return text in what the stream can show, in which nothing acts, whoever wrote it."""
        text = inert(text)
        if self.unicode:
            return text
        for sign, plain in (
            ("→", "->"),
            ("·", "*"),
            ("…", "..."),
            ("✗", "x"),
            ("±", "+/-"),
            ("Φ", "Phi"),
            ("\u2020", "*"),
        ):
            text = text.replace(sign, plain)
        return text.encode("ascii", "replace").decode("ascii")
