"""How milestones show what they reach: charts for the terminal, pictures as SVG, figures as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

MARKS = "*o+x"
SHADES = " .:-=+*#%@"
COLOURS = ("#1f6feb", "#d1242f", "#1a7f37", "#9a6700")
WIDTH, HEIGHT, EDGE = 640, 360, 56


def run(name: str, main: Callable[[Path], Mapping[str, float]]) -> None:
    """Run a milestone: its pictures and figures go into the folder that the command line names."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("milestones", name)
    folder.mkdir(parents=True, exist_ok=True)
    figures = {figure: float(value) for figure, value in main(folder).items()}
    (folder / "result.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def chart(curves: Mapping[str, Sequence[float]], across: str, width: int = 64, height: int = 12) -> str:
    """Draw curves with characters; each is stretched to the whole width, and `across` says what goes there."""
    low, high = _range(curves)
    picture = [[" "] * width for _ in range(height)]
    for mark, values in zip(MARKS, curves.values(), strict=False):
        for column in range(width):
            value = values[round(column * (len(values) - 1) / (width - 1))]
            picture[round((height - 1) * (high - value) / (high - low))][column] = mark
    edges = [f"{high:8.3g} |", *["         |"] * (height - 2), f"{low:8.3g} |"]
    names = "   ".join(f"{mark} {name}" for mark, name in zip(MARKS, curves, strict=False))
    rows = [edge + "".join(row).rstrip() for edge, row in zip(edges, picture, strict=True)]
    return "\n".join([*rows, f"         +{'-' * width}", f"          {names}, by {across}"])


def shaded(values: np.ndarray) -> list[str]:
    """Draw a table of numbers from 0 to 1 with characters, two for each, the denser the larger."""
    places = np.clip((values * len(SHADES)).astype(int), 0, len(SHADES) - 1)
    return ["".join(2 * SHADES[place] for place in row) for row in places]


def save_chart(path: Path, title: str, curves: Mapping[str, Sequence[float]], across: str) -> None:
    """Write the same chart as an SVG file."""
    low, high = _range(curves)
    parts = [_text(EDGE, 24, title, size=16), _text(WIDTH / 2, HEIGHT - 10, across, anchor="middle")]
    parts += [_text(EDGE - 6, EDGE + 4, f"{high:.3g}", anchor="end")]
    parts += [_text(EDGE - 6, HEIGHT - EDGE + 4, f"{low:.3g}", anchor="end")]
    frame = f"M{EDGE} {EDGE}V{HEIGHT - EDGE}H{WIDTH - EDGE}"
    parts.append(f'<path d="{frame}" fill="none" stroke="#888"/>')
    for place, (name, values) in enumerate(curves.items()):
        x = np.linspace(EDGE, WIDTH - EDGE, len(values))
        y = EDGE + (HEIGHT - 2 * EDGE) * (high - np.asarray(values, float)) / (high - low)
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[place]}" stroke-width="2"/>')
        parts.append(_text(WIDTH - EDGE, 18 + 16 * place, name, anchor="end", colour=COLOURS[place]))
    _save(path, WIDTH, HEIGHT, parts)


def save_grid(path: Path, title: str, values: np.ndarray, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Write a table of numbers from 0 to 1 as an SVG picture of squares, the darker the larger, names beside them."""
    side = 36
    parts = [_text(8, 24, title, size=16)]
    for i, j in np.ndindex(values.shape):
        shade = f'fill="{COLOURS[0]}" fill-opacity="{float(values[i, j]):.3f}"'
        place = f'x="{EDGE + side * j}" y="{EDGE + side * i + 12}" width="{side}" height="{side}"'
        parts.append(f'<rect {place} {shade} stroke="#ddd"/>')
    parts += [_text(EDGE - 10, EDGE + side * (i + 0.5) + 16, name, anchor="end") for i, name in enumerate(rows)]
    parts += [_text(EDGE + side * (j + 0.5), EDGE + 4, name, anchor="middle") for j, name in enumerate(columns)]
    _save(path, max(2 * EDGE + side * len(columns), 480), EDGE + side * len(rows) + 28, parts)


def save_points(path: Path, title: str, groups: Sequence[np.ndarray], line: np.ndarray) -> None:
    """Write groups of points (n, 2) from -1 to 1 in the plane, and a line through two points, as an SVG picture."""
    side = HEIGHT - 2 * EDGE
    parts = [_text(EDGE, 24, title, size=16)]
    parts.append(f'<rect x="{EDGE}" y="{EDGE}" width="{side}" height="{side}" fill="none" stroke="#888"/>')
    parts.append(f'<clipPath id="c"><rect x="{EDGE}" y="{EDGE}" width="{side}" height="{side}"/></clipPath>')
    for colour, points in zip(COLOURS, groups, strict=False):
        for x, y in _places(points, side):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
    (x1, y1), (x2, y2) = _places(line, side)
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    parts.append(f'<line {ends} stroke="#222" stroke-width="2" clip-path="url(#c)"/>')
    _save(path, HEIGHT + EDGE, HEIGHT, parts)


def _range(curves: Mapping[str, Sequence[float]]) -> tuple[float, float]:
    values = [value for each in curves.values() for value in each]
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1, high + 1)


def _places(points: np.ndarray, side: float) -> np.ndarray:
    return EDGE + side * (1 + points * [1, -1]) / 2


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 12, colour: str = "#222") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"


def _save(path: Path, width: float, height: float, parts: Sequence[str]) -> None:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">'
    body = ['<rect width="100%" height="100%" fill="white"/>', *parts]
    path.write_text("\n".join([head, *body, "</svg>"]) + "\n", "utf-8")
