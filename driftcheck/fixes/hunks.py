"""Edits as a unified diff, as git writes and applies it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate

from ..regex import lazy
from .edits import Edit, applied, line_end
from .files import Files

#: Lines around a change.
_CONTEXT = 3
_ODD = lazy(rb'[\x00-\x1f"\\\x7f-\xff]')


def patch(files: Files, edits: Iterable[Edit], context: int = _CONTEXT) -> str:
    """One diff of all that `edits`, which fit together, change, with `context` lines around each change.

    Bytes that are no UTF-8 are escaped as surrogates. Raises Unwritable.
    """
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    ordered = {path: sorted(mine, key=lambda one: one.start) for path, mine in sorted(by_path.items())}
    texts = (_file(files, path, mine, context) for path, mine in ordered.items())
    return b"".join(texts).decode("utf-8", "surrogateescape")


def difference(path: str, before: bytes | None, after: bytes) -> str:
    """The diff between what a file was (None: not there) and what it is to be, likewise."""
    old, new = _lines(before or b""), _lines(after)
    groups = SequenceMatcher(None, old, new).get_grouped_opcodes(_CONTEXT)
    hunks = b"".join(_hunk(0, old, 0, new, group) for group in groups)
    return (_head(path, new=before is None) + hunks).decode("utf-8", "surrogateescape") if hunks else ""


def brief(files: Files, edits: Iterable[Edit]) -> str:
    """The lines that change, for people: each stretch of them below its place."""
    lines: list[str] = []
    path, inside = "", False
    for line in patch(files, edits, 0).split("\n"):
        if line.startswith("diff --git "):
            inside = False
        elif line.startswith("+++ ") and not inside:
            path = line[4:].strip().strip('"').removeprefix("b/")
        elif found := re.match(r"@@ -(\d+)", line):
            inside = True
            lines.append(f"@@ {path}:{max(int(found[1]), 1)}")
        elif inside:
            lines.append(line)
    return "\n".join(lines).rstrip("\n")


def _file(files: Files, path: str, edits: Sequence[Edit], context: int) -> bytes:
    data = files.data(path)
    encoding = files.encoding(path)
    if data is None:
        added = _lines(applied(b"", edits, encoding))
        return _head(path, new=True) + _hunk(0, [], 0, added, [("insert", 0, 0, 0, len(added))])
    lines, starts, ends = files.made(path, _cut) or ([], [0], b"\n")
    hunks: list[bytes] = []
    shift = 0
    for first, last, mine in _regions(files, path, edits, len(lines)):
        start, end = starts[first], starts[last]
        moved = [replace(one, start=one.start - start, end=one.end - start) for one in mine]
        old, new = lines[first:last], _lines(applied(data[start:end], moved, encoding, ends))
        groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(context)
        hunks += [_hunk(first, old, first + shift, new, group) for group in groups]
        shift += len(new) - len(old)
    return _head(path) + b"".join(hunks) if hunks else b""


def _regions(files: Files, path: str, edits: Sequence[Edit], count: int) -> list[tuple[int, int, list[Edit]]]:
    """Stretches of lines (from 0, the last one excluded) with the edits in them, so that no two of them overlap."""
    found: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        first = max(0, files.line_of(path, edit.start) - 1 - _CONTEXT)
        last = min(count, files.line_of(path, edit.end) + _CONTEXT)
        if found and first <= found[-1][1]:
            first, end, mine = found.pop()
            found.append((first, max(last, end), [*mine, edit]))
        else:
            found.append((first, last, [edit]))
    return found


def _cut(_path: str, data: bytes) -> tuple[list[bytes], list[int], bytes]:
    """The lines of a file, where each begins (and the last one ends), and how they end."""
    lines = _lines(data)
    return lines, list(accumulate(map(len, lines), initial=0)), line_end(data)


def _lines(data: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def _head(path: str, *, new: bool = False) -> bytes:
    before, after = named(f"a/{path}"), named(f"b/{path}")
    tab = b"\t" if " " in path and not before.startswith(b'"') else b""
    head = b"diff --git " + before + b" " + after + b"\n"
    if new:
        return head + b"new file mode 100644\n--- /dev/null\n+++ " + after + tab + b"\n"
    return head + b"--- " + before + tab + b"\n+++ " + after + tab + b"\n"


def named(path: str) -> bytes:
    """A path as git quotes it."""
    data = path.encode("utf-8", "surrogateescape")
    return b'"' + _ODD.sub(_escaped, data) + b'"' if _ODD.search(data) else data


def _escaped(found: re.Match[bytes]) -> bytes:
    byte = found[0]
    return b"\\" + byte if byte in b'"\\' else b"\\%03o" % byte[0]


def _hunk(
    before: int, old: Sequence[bytes], after: int, new: Sequence[bytes], group: Sequence[tuple[str, int, int, int, int]]
) -> bytes:
    """One hunk; `before` and `after` are the lines (from 0) at which `old` and `new` begin in their files."""
    (_, a, _, b, _), (_, _, a_end, _, b_end) = group[0], group[-1]
    spans = b"-" + _span(before + a, a_end - a) + b" +" + _span(after + b, b_end - b)
    parts = [b"@@ " + spans + b" @@\n"]
    for tag, a, a_end, b, b_end in group:
        if tag == "equal":
            parts += [_line(b" ", line) for line in old[a:a_end]]
        else:
            parts += [_line(b"-", line) for line in old[a:a_end]]
            parts += [_line(b"+", line) for line in new[b:b_end]]
    return b"".join(parts)


def _span(start: int, count: int) -> bytes:
    return b"%d,%d" % (start + 1 if count else start, count) if count != 1 else b"%d" % (start + 1)


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n\\ No newline at end of file\n"
