"""What edits leave over in a file, taken along with them: imports that nothing needs any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from ..kinds import kind_of_file
from .edits import Edit, Unwritable, applied, line_end
from .files import Files


def tidied(files: Files, edits: Mapping[str, Sequence[Edit]]) -> dict[str, list[Edit]]:
    """`edits` by path, with what they leave over gone."""
    return {path: _of_file(files, path, mine) for path, mine in edits.items()}


def _of_file(files: Files, path: str, edits: Sequence[Edit]) -> list[Edit]:
    kind, before = kind_of_file(path), files.data(path)
    if kind is None or kind.tidy is None or before is None:
        return list(edits)
    encoding = files.encoding(path)
    try:
        after = applied(before, edits, encoding)
    except Unwritable:
        return list(edits)  # writing the file reports it
    tidy = kind.tidy.load()(path, before, after)
    return list(edits) if tidy == after else _by_lines(path, before, tidy, encoding)


def _by_lines(path: str, before: bytes, after: bytes, encoding: str) -> list[Edit]:
    """The edits that make `after` of `before`, line by line."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    ends = line_end(before)
    return [
        Edit(path, starts[a], starts[a_end], b"".join(new[b:b_end]).replace(ends, b"\n").decode(encoding))
        for tag, a, a_end, b, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
