"""`python -m benchmarks [--pairs N] [--scale 100,1000,10000] [--drizzle-kit PATH]`: prints two tables.

Nothing fails here: a clock on a shared machine is no judge. What counts are the ratios of the middle of many pairs.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from . import scale
from .archetype import targets
from .timing import ratio, run

_ROW = "{:<48} {:>8} {:>8} {:>8} {:>9}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pairs", type=int, default=9, help="counted pairs of runs for each ratio")
    parser.add_argument("--scale", default="100,1000", help="numbers of tables; empty for none")
    parser.add_argument("--drizzle-kit", metavar="PATH", help="the drizzle-kit to measure against")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _print_archetype(Path(folder), words.drizzle_kit, words.pairs)
        _print_scale(Path(folder), [int(size) for size in words.scale.split(",") if size])


def _print_archetype(folder: Path, drizzle_kit: str | None, pairs: int) -> None:
    print(_ROW.format("archetype: ratio of medians of pairs", "wall", "cpu", "at most", "seconds"))
    for target in targets(folder, drizzle_kit):
        found = ratio(target.measured, target.unit, pairs)
        print(_ROW.format(target.name, *(f"{n:.2f}" for n in (found.wall, found.cpu, target.most, found.seconds))))


def _print_scale(folder: Path, sizes: list[int]) -> None:
    print("\n" + _ROW.format("tables on each side", "seconds", "cpu", "MB", "status"))
    for size in sizes:
        root = folder / f"scale-{size}"
        scale.write(root, size)
        for name, command in scale.commands(root).items():
            one = run(command)
            figures = (f"{one.wall:.1f}", f"{one.cpu:.1f}", f"{one.memory / 1e6:.0f}", one.status)
            print(_ROW.format(f"{size:>6}: {name}", *figures))


if __name__ == "__main__":
    main()
