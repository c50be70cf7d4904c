"""Documents of a source: made from its reading, held against what is on disk, and put there."""

from __future__ import annotations

import contextlib
import difflib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..documents import FORMS, NotOurs, described, folder, page
from ..documents.regions import Unmatched
from ..errors import DriftcheckError, UsageError
from ..frozen import dataclass
from ..kinds import KINDS
from ..project import Project, demand_own, read, replace_file
from ..reading import Reading, Source

#: Bytes. A page that is larger is none that people read.
_LARGEST = 50_000_000
#: Comments that documents show, although nothing compares them.
_COMMENTED = (
    "indexes",
    "columns of views",
    "views",
    "materialized views",
    "constraints",
    "functions",
    "triggers",
    "policies",
    "types",
)
#: How notes begin that say how a source was read, and not what is in it.
_OF_A_READING = ("using ", "read from the snapshot ")
#: Lines of two texts together of which differences are still looked for one by one.
_MOST_COMPARED = 20_000
#: Pages of a folder that are looked at.
_MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it is and as it shall be; None is no file."""

    path: Path
    before: bytes | None
    after: bytes | None

    @property
    def agrees(self) -> bool:
        """Git may have written the ends of lines as Windows has them: that is no difference."""
        if self.before is None or self.after is None:
            return self.before is self.after
        return self.before == self.after or self.before.replace(b"\r\n", b"\n") == self.after


def account(reading: Reading) -> Iterator[str]:
    """What is in the source and not in what is made of it: what was not understood, or has no room in the model."""
    for gap in reading.gaps:
        yield f"{gap.location}: not understood: {gap.what}: {gap.why}"
    for kind, count in sorted(reading.statements.unmodelled.items()):
        if not _is_held(kind, reading):
            yield f"left out: {kind} ({count}): driftcheck does not hold them"
    for thing in reading.unexported:
        yield f"{thing.location}: left out: {thing.kind} {thing.schema}.{thing.name} is not exported"


def facts(source: Source, project: Project, said: Mapping[described.About, str] | None = None) -> described.Described:
    """`source` as documents show it. What differs from one machine to the next (an interpreter) is no part of it."""
    from .descriptions import words_of

    shown = tuple(f"left out: comments on {kind} " for kind in _COMMENTED)
    left_out = [sentence for sentence in account(source.reading) if not sentence.startswith(shown)]
    notes = [f"note: {note}" for note in dict.fromkeys(source.reading.notes) if not note.startswith(_OF_A_READING)]
    return described.Described(
        schema=source.schema,
        source=source.name,
        kind=KINDS[source.kind].title if source.kind in KINDS else source.kind,
        words=words_of(source.schema, project),
        said=said or {},
        left_out=(*left_out, *notes),
        dialect=source.reading.dialect,
    )


def single(text: str, path: Path) -> list[Made]:
    """A file that holds `text`, whatever it was before."""
    return [Made(path, _before(path), _bytes(text))]


def documents(found: described.Described, form: str, path: Path, root: Path, *, in_folder: bool = False) -> list[Made]:
    """The files that document `found`: one at `path`, or pages in that folder. Places are relative to `root`.

    Raises UsageError where people's words would be written over, or markers do not fit.
    """
    assert form in FORMS
    if in_folder:
        return _pages(found, path, _way(path, root))
    before = _before(path)
    try:
        text = page(found, form, _way(path.parent, root), None if before is None else _decoded(before, path))
    except NotOurs:
        raise _not_ours(path) from None
    except Unmatched as error:
        raise UsageError(error.message, path=str(path), line=error.line) from None
    return [Made(path, before, _bytes(text))]


def _pages(found: described.Described, path: Path, up: str | None) -> list[Made]:
    before = dict(_pages_before(path)) if path.is_dir() else {}
    texts = {name: _decoded(data, path / name) for name, data in before.items()}
    try:
        pages = folder(found, up, texts)
    except NotOurs as error:
        raise _not_ours(path / str(error)) from None
    return [
        Made(path / name, before.get(name), None if text is None else _bytes(text))
        for name, text in sorted(pages.items())
    ]


def _pages_before(folder: Path) -> Iterator[tuple[str, bytes]]:
    with os.scandir(folder) as entries:
        pages = sorted((one for one in entries if one.name.endswith(".md")), key=lambda one: one.name)
    if len(pages) > _MOST_PAGES:
        raise UsageError(f"{folder} holds more than {_MOST_PAGES:,} pages", hint="name a folder of its own")
    # What is no link lies where its folder does: whether a link leads there is asked once.
    demand_own(folder / "README.md")
    for one in pages:
        path = Path(one.path)
        data = _content(path) if one.is_file(follow_symlinks=False) else _before(path)
        if data is not None:
            yield one.name, data


def _not_ours(path: Path) -> UsageError:
    return UsageError(
        f"{path} is a page that people wrote: nothing in it says where to put what is made",
        hint="write <!-- driftcheck:begin --> and <!-- driftcheck:end --> on lines of their own, or name another file",
    )


def _way(start: Path, root: Path) -> str | None:
    """From a folder to the one that places are relative to; None where there is none (another drive)."""
    try:
        return os.path.relpath(root.resolve(), start.resolve()).replace(os.sep, "/")
    except ValueError:
        return None


def _before(path: Path) -> bytes | None:
    """The file as it is; None also for what is no file, as a terminal."""
    try:
        demand_own(path)
        if not path.exists() or not (path.is_file() or path.is_dir()):
            return None
    except OSError as error:
        raise DriftcheckError(f"{path} cannot be read: {error.strerror}") from error
    return _content(path)


def _content(path: Path) -> bytes:
    try:
        return read(str(path), _LARGEST)
    except OSError as error:
        raise DriftcheckError(f"{path} cannot be read: {error.strerror}") from error


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8, and so no page of driftcheck", hint="name another file") from None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def demand_no_source(made: Sequence[Made], source: Source, project: Project) -> None:
    """Raises UsageError for a file that `source` is read from: what is made of it may not take its place."""
    written = {one.path.resolve() for one in made}
    for name in source.reading.files:
        with contextlib.suppress(OSError):
            if project.real(name) in written:
                raise UsageError(f"{name} is what {source.name} is read from", hint="write to another file")


def put(made: Made, project: Project) -> None:
    """Writes the file, or takes it away. Raises OSError."""
    if made.before is not None and made.path.is_file() and project.holds(made.path):
        replace_file(project, str(made.path), made.after, made.before)
    elif made.after is not None:
        demand_own(made.path)
        made.path.parent.mkdir(parents=True, exist_ok=True)
        made.path.write_bytes(made.after)
    else:
        made.path.unlink()


def difference(made: Made, shown: str) -> str:
    """What would be changed, as a unified diff; empty where nothing would."""
    if made.agrees:
        return ""
    from ..fixes.hunks import named

    before, after = ((data or b"").decode("utf-8", "replace").splitlines() for data in (made.before, made.after))
    old = "/dev/null" if made.before is None else named(f"a/{shown}").decode()
    new = "/dev/null" if made.after is None else named(f"b/{shown}").decode()
    if len(before) + len(after) > _MOST_COMPARED:
        start = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
        before, after = before[start : start + 100], after[start : start + 100]
    lines = difflib.unified_diff(before, after, old, new, lineterm="")
    return "\n".join(lines) + "\n"


def _is_held(kind: str, reading: Reading) -> bool:
    """Whether all of a kind that is not compared is held all the same, to be written."""
    counts, schema = reading.statements.unmodelled, reading.schema
    if kind.startswith("comments on "):
        said = sum(count for name, count in counts.items() if name.startswith("comments on "))
        return said == len(schema.comments)
    return kind == "collations" and counts[kind] == len(schema.collations)
