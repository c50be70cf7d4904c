"""Fixes as code actions: the edits that `driftcheck fix` would make, in the documents as they are open.

Edits count bytes of the files that were checked. Where a document says something else by now, or a file does, there is
no action: the next check has another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from ..findings import Edit, Fix
from ..fixes.edits import Unwritable, applied, together
from ..fixes.files import Files
from ..fixes.tidying import tidied
from ..frozen import dataclass
from ..opening import read
from ..plain import plain
from ..render.locations import place
from .answer import Answer
from .diagnostics import at_the_truth
from .kept import Known
from .showing import Showing
from .text import Moved, Text, text_of, units

#: Not below `source.fixAll`, which editors are told to run at each save: whether code or the truth is behind, who edits
#: knows, and no save may decide.
FIX_ALL = "source.driftcheck"
KINDS: tuple[types.CodeActionKind | str, ...] = (types.CodeActionKind.QuickFix, FIX_ALL)
#: So many findings are offered a fix each, at one place.
_MOST = 20
_TITLE = 200


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the editor can do: edits of documents with versions, new files."""

    versions: bool
    new_files: bool


def actions(
    showing: Showing, uri: str, wanted: types.Range, able: Abilities, *, all_: bool = True
) -> Iterator[types.CodeAction]:
    """The fixes of what is said in the lines of a range, then, if `all_`, that of all of it that lose nothing."""
    here = list(_fixable(showing, uri))
    lines = range(wanted.start.line, wanted.end.line + 1)  # wherever in them the cursor is
    near = _once(known for known, where in here if where.start.line in lines)
    for known in near[:_MOST]:
        action = _one(showing, known, able)
        if action is not None:
            yield action
    safe = _once(known for known, _ in here if all_ and _fix(known).risk == "safe")
    if safe and (edit := _edit(showing, safe, able)) is not None:
        title = "driftcheck: fix all that loses nothing"
        yield types.CodeAction(title=title, kind=FIX_ALL, edit=edit)


def _fixable(showing: Showing, uri: str) -> Iterator[tuple[Known, types.Range]]:
    """What is said in a document and has edits that count: nothing edits the truth."""
    truth = next((source.files for source, _ in showing.kept.sources() if source.name == showing.kept.truth), ())
    edited = {source.name for source, _ in showing.kept.sources() if source.edited}

    def has_edits(known: Known) -> bool:
        fix = known.finding.fix
        paths = {edit.path for edit in fix.edits} if fix is not None else set()
        return bool(paths) and not paths & set(truth) and known.finding.source in edited and not known.old

    for known in showing.kept.findings():
        if has_edits(known):
            located = showing.location(known.answer, place(known.finding))
            if located is not None and located.uri == uri:
                yield known, located.range
    for (at, _), mine in at_the_truth(showing).items():
        if at == uri:
            yield from ((known, located.range) for located, known in mine if has_edits(known))


def _once(findings: Iterable[Known]) -> list[Known]:
    """One that is said at two places of a document has one fix."""
    return list({id(known.finding): known for known in findings}.values())


def _fix(known: Known) -> Fix:
    assert known.finding.fix is not None
    return known.finding.fix


def _one(showing: Showing, known: Known, able: Abilities) -> types.CodeAction | None:
    edit = _edit(showing, [known], able)
    if edit is None:
        return None
    finding, fix = known.finding, _fix(known)
    risk = "" if fix.risk == "safe" else f" ({fix.risk})"
    what = f"{finding.object.kind} {finding.object}"
    return types.CodeAction(
        title=plain(f"driftcheck: bring {what} in {finding.source} to what {showing.kept.truth} says{risk}", _TITLE),
        kind=types.CodeActionKind.QuickFix,
        is_preferred=fix.risk == "safe" or None,
        edit=edit,
    )


def _edit(showing: Showing, wanted: Sequence[Known], able: Abilities) -> types.WorkspaceEdit | None:
    """The edits of all of `wanted` that fit together; None if one of the files is another by now."""
    answer = wanted[0].answer
    _, _, edits = together((known, _fix(known).edits) for known in wanted)
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    for path, mine in tidied(Files(known=answer.files), edits).items():
        made = _of_file(showing, answer, path, mine, able)
        if made is None:
            return None
        changes += made
    if able.versions:
        return types.WorkspaceEdit(document_changes=changes)
    plain_edits = {one.text_document.uri: one.edits for one in changes if isinstance(one, types.TextDocumentEdit)}
    return types.WorkspaceEdit(
        changes={uri: [one for one in made if isinstance(one, types.TextEdit)] for uri, made in plain_edits.items()}
    )


def _of_file(
    showing: Showing, answer: Answer, path: str, edits: Iterable[Edit], able: Abilities
) -> list[types.TextDocumentEdit | types.CreateFile] | None:
    before, whole = answer.files.get(path), os.path.join(answer.root, path)
    try:
        after = applied(before or b"", edits, Files(known=answer.files).encoding(path))
    except Unwritable:
        return None
    document = showing.folders.document(whole)
    if before is None:
        if document is not None or os.path.lexists(whole) or not (able.new_files and able.versions):
            return None
        uri = showing.folders.uri(whole)
        start = types.Position(0, 0)
        text = types.TextEdit(types.Range(start, start), after.decode())
        created = types.CreateFile(uri=uri, options=types.CreateFileOptions(ignore_if_exists=False))
        return [created, _text_edits(uri, None, [text])]
    checked = text_of(path, before)
    if document is not None:
        if not document.text.is_like(checked):
            return None
        return [_text_edits(document.uri, document.version, _changes(document.text, Text.of(path, after), showing))]
    if not _is_still(whole, before):
        return None
    return [_text_edits(showing.folders.uri(whole), None, _changes(checked, Text.of(path, after), showing))]


def _text_edits(uri: str, version: int | None, edits: Sequence[types.TextEdit]) -> types.TextDocumentEdit:
    return types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version), list(edits))


def _is_still(path: str, data: bytes) -> bool:
    """Whether a file that is not open still holds what was checked."""
    try:
        return read(path, len(data)) == data
    except OSError:
        return False


def _changes(before: Text, after: Text, showing: Showing) -> list[types.TextEdit]:
    """What makes `after` of `before`, line by line, with the line ends of `before`."""
    found = []
    for tag, start, end, new, new_end in Moved(before, after).stretches:
        if tag != "equal":
            found.append(_change(before, start, end, after.lines[new:new_end], showing))
    return found


def _change(before: Text, start: int, end: int, lines: Sequence[str], showing: Showing) -> types.TextEdit:
    """`lines` instead of those from `start` to `end`, of which the last one of a text ends in nothing."""
    if end < len(before.lines):
        where = types.Range(types.Position(start, 0), types.Position(end, 0))
        return types.TextEdit(where, "".join(line + before.end for line in lines))
    last = types.Position(end - 1, units(before.lines[-1], showing.encoding))
    if start == 0:
        return types.TextEdit(types.Range(types.Position(0, 0), last), before.end.join(lines))
    first = types.Position(start - 1, units(before.lines[start - 1], showing.encoding))
    return types.TextEdit(types.Range(first, last), "".join(before.end + line for line in lines))
