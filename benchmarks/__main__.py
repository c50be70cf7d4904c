"""`python -m benchmarks [--pairs N] [--scale 100,1000,10000] [--only WORD] [--live 1000] [--editor]`: ratios and more.

Nothing fails by a clock here: one on a shared machine is no judge. What counts are the ratios, each the median of many
pairs of runs in turn. drizzle-kit is the one of the tests (npm installs it); without npm its rows are left out, aloud.
"""

from __future__ import annotations

import argparse
import compileall
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import driftcheck

from . import documents, history, scale
from .archetype import Target, targets
from .timing import Run, ratio, run

_ROW = "{:<48} {:>8} {:>8} {:>8} {:>9}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pairs", type=int, default=9, help="counted pairs of runs for each ratio; 0 for no ratios")
    parser.add_argument("--scale", default="100,1000", help="numbers of tables; empty for none")
    parser.add_argument("--only", default="", metavar="WORD", help="only the ratios whose name has this word in it")
    parser.add_argument(
        "--live", default="", help="numbers of tables of a live database, against pg_dump; empty for none"
    )
    parser.add_argument(
        "--editor", action="store_true", help="also saves in an editor, against the import of the models"
    )
    words = parser.parse_args()
    # As pip does when it installs: an editable install is compiled at each start where Python may write no cache.
    compileall.compile_dir(Path(driftcheck.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        if words.pairs:
            every = chain([history.target(Path(folder))], targets(Path(folder)), documents.targets(Path(folder)))
            _print_ratios((item for item in every if words.only in item.name), words.pairs)
        if words.editor:
            _print_saves(Path(folder), words.pairs)
        _print_scale(Path(folder), [int(size) for size in words.scale.split(",") if size])
    _print_live([int(size) for size in words.live.split(",") if size])


def _print_ratios(found: Iterable[Target], pairs: int) -> None:
    print(_ROW.format("ratio (median of pairs)", "wall", "cpu", "at most", "seconds"))
    for target in found:
        one = ratio(target.measured, target.unit, pairs)
        print(_ROW.format(target.name, *(f"{n:.2f}" for n in (one.wall, one.cpu, target.most, one.seconds))))


def _print_scale(folder: Path, sizes: list[int]) -> None:
    print("\n" + _ROW.format("tables on each side", "seconds", "cpu", "MB", "of cold"))
    for size in sizes:
        root = folder / f"scale-{size}"
        scale.write(root, size)
        for name, command in scale.commands(root).items():
            _print_run(f"{size:>6}: {name}", run(command))
        edited, cold = scale.after_an_edit(root, folder / f"scale-cache-{size}")
        run(edited)  # nothing was kept yet
        first, second = run(edited), run(cold)
        _print_run(f"{size:>6}: after an edit of one Drizzle file", first, f"{first.wall / second.wall:.2f}")
        _print_run(f"{size:>6}: the same, cold", second)


def _print_run(name: str, one: Run, ratio: str = "") -> None:
    print(_ROW.format(name, f"{one.wall:.1f}", f"{one.cpu:.1f}", f"{one.memory / 1e6:.0f}", ratio))


def _print_saves(folder: Path, pairs: int) -> None:
    from . import editor

    print("\n" + _ROW.format("a save to its diagnostics / import of the models", "wall", "", "at most", "seconds"))
    for row in editor.rows(folder, pairs):
        print(_ROW.format(row.name, f"{row.ratio:.2f}", "", f"{editor.MOST:.2f}", f"{row.seconds:.2f}"))


def _print_live(sizes: list[int]) -> None:
    if not sizes:
        return
    from . import live

    print("\n" + _ROW.format("tables of a live database (of pg_dump)", "seconds", "cpu", "MB", "wall, cpu"))
    unit: live.Taken | None = None
    for name, one in live.rows(sizes):
        unit = one if unit is None or "pg_dump" in name else unit
        ratio = f"{one.wall / unit.wall:.2f} {one.cpu / unit.cpu:.2f}"
        print(_ROW.format(name, f"{one.wall:.1f}", f"{one.cpu:.2f}", f"{one.memory / 1e6:.0f}", ratio))


if __name__ == "__main__":
    main()
