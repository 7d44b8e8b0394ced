"""What does grading on each student's own earlier modules cost? `python tests/benchmarks/stacks.py [SIZE]`

A class of module 02, each with a module 01 of their own, no two alike, is graded on the reference's module 01 and on
theirs, in turn, three times each; then both again with nothing changed. Times are compared with each other alone.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from classes import examples
from whole_class import run

MODULE, EARLIER = "02_activations", "01_tensor"


def main(size: int = 300) -> None:
    """Print the two medians, their ratio, and what grading again takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = handed_in(Path(name) / "class", size)
        ways = {"the reference's module 01": (), "their own": ("--prereqs", "student")}
        took: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(3):
            for way, options in ways.items():
                took[way].append(run(MODULE, folder, "--force", *options)[0].seconds)
        medians = {way: statistics.median(each) for way, each in took.items()}
        for way, options in ways.items():
            again = run(MODULE, folder, *options)[0].seconds
            print(f"{size} submissions on {way}: {medians[way]:.1f} s, again {again:.1f} s", flush=True)
    first, second = medians.values()
    print(f"on their own, {second / first:.2f} times as long")


def handed_in(folder: Path, size: int) -> Path:
    """Write a class of `size`: in each student's folder an activations and a tensor module that nobody else has."""
    chosen = {module: list(examples(module).values()) for module in (MODULE, EARLIER)}
    for place in range(size):
        for module, found in chosen.items():
            example = found[place % len(found)]
            path = folder / f"s{place:04}" / module / f"{module.partition('_')[2]}_dev{example.suffix}"
            path.parent.mkdir(parents=True)
            path.write_text(example.text + " " * (place % 997), "utf-8")
    return folder


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
