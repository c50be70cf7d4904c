"""The arguments of the call that makes a column: set, changed, taken away; and the call itself, where there is none."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from ...findings import Edit
from .lists import PythonFile
from .names import Word
from .sites import ColumnSite, keyword
from .tree import Span
from .types import Unplaced

#: What may stand among the positional arguments of a column beside its name and its type.
ITEMS = frozenset(
    """ForeignKey Computed Identity Sequence CheckConstraint FetchedValue DefaultClause ColumnDefault Constraint
    ForeignKeyConstraint UniqueConstraint Index""".split()
)


def set_keyword(site: ColumnSite, name: str, word: Word | None) -> list[Edit]:
    """The keyword argument is `word`, or is not there."""
    if site.is_field and name not in _OF_FIELD:
        return _set_column_keyword(site, name, word)
    call = site.call
    found = keyword(call, name) if call is not None else None
    if call is None:
        return [] if word is None else created(site, f"{name}={word.text}", word)
    if word is None:
        return without(site.file, call, found) if found is not None else []
    if found is not None:
        return (
            []
            if site.file.source(found.value) == word.text
            else [*word.edits, site.file.replace(found.value, word.text)]
        )
    return [*word.edits, *appended(site.file, call, f"{name}={word.text}")]


def set_keywords(site: ColumnSite, words: Mapping[str, Word | None]) -> list[Edit]:
    """Several keyword arguments at once, for which the call may have to be made."""
    given = {name: word for name, word in words.items() if word is not None}
    if site.call is not None or len(given) < 2:
        return [edit for name, word in words.items() for edit in set_keyword(site, name, word)]
    own = [f"{name}={word.text}" for name, word in given.items() if name in _OF_FIELD or not site.is_field]
    others = {name: word for name, word in given.items() if name not in _OF_FIELD and site.is_field}
    entries = ", ".join(f"{site.file.quoted(name)}: {word.text}" for name, word in others.items())
    parts = [*own, *([f"sa_column_kwargs={{{entries}}}"] if entries else [])]
    edits = tuple(edit for word in given.values() for edit in word.edits)
    return created(site, ", ".join(parts), Word("", edits))


#: What SQLModel's Field takes itself; all else is for the column that it makes.
_OF_FIELD = frozenset(
    "nullable unique index primary_key foreign_key ondelete max_length max_digits decimal_places sa_type".split()
)


def _set_column_keyword(site: ColumnSite, name: str, word: Word | None) -> list[Edit]:
    """An entry of `sa_column_kwargs={…}`."""
    file, call = site.file, site.call
    given = keyword(call, "sa_column_kwargs") if call is not None else None
    entry = f"{file.quoted(name)}: {word.text}" if word is not None else ""
    if given is not None:
        if not isinstance(given.value, ast.Dict):
            raise Unplaced("its sa_column_kwargs are no dictionary that is written here")
        return [*(word.edits if word is not None else ()), *set_entry(file, given.value, name, word)]
    if word is None:
        return []
    if call is None:
        return created(site, f"sa_column_kwargs={{{entry}}}", word)
    parts = file.parts(call)
    if parts is None or not parts.items:
        return [*word.edits, *appended(file, call, f"sa_column_kwargs={{{entry}}}")]
    return [*word.edits, *file.shared(parts, entry, "sa_column_kwargs={", "}")]


def set_entry(file: PythonFile, node: ast.Dict, name: str, word: Word | None) -> list[Edit]:
    """The entry `name` of a dictionary is `word`, or is not there."""
    parts = file.parts(node)
    if parts is None:
        raise Unplaced("its dictionary cannot be taken apart")
    for index, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
        if isinstance(key, ast.Constant) and key.value == name:
            return file.removed(node, parts, index) if word is None else [file.replace(value, word.text)]
    return [] if word is None else file.appended(parts, f"{file.quoted(name)}: {word.text}")


def appended(file: PythonFile, call: ast.Call, text: str) -> list[Edit]:
    parts = file.parts(call)
    if parts is None:
        raise Unplaced("its call cannot be taken apart")
    return file.appended(parts, text, tall=True)


def without(file: PythonFile, call: ast.AST, node: ast.AST, *, comment: bool = False) -> list[Edit]:
    """A call or tuple without one of its parts."""
    parts = file.parts(call)
    index = next((at for at, one in enumerate(parts.items) if one.node is node), None) if parts is not None else None
    if parts is None or index is None:
        raise Unplaced("the list that it is in cannot be taken apart")
    return file.removed(call, parts, index, comment=comment)


def positional(site: ColumnSite, word: Word, index: int) -> list[Edit]:
    """`word` as positional argument `index`, before those that are there."""
    call = site.call
    if call is None:
        return created(site, word.text, word)
    parts = site.file.parts(call)
    if parts is None:
        raise Unplaced("its call cannot be taken apart")
    if not parts.items:
        return [*word.edits, site.file.edit(parts.start - 1, parts.end + 1, f"({word.text})")]
    return [*word.edits, *site.file.inserted(parts, min(index, len(call.args)), word.text)]


def type_argument(site: ColumnSite) -> tuple[ast.expr | None, int]:
    """The type among the arguments, and at which position one would go."""
    call = site.call
    if call is None:
        return None, 0
    for name in ("type_", "sa_type"):
        if (given := keyword(call, name)) is not None:
            return given.value, 0
    if site.is_field:
        return None, 0
    given_args = call.args
    index = int(bool(given_args) and isinstance(given_args[0], ast.Constant) and isinstance(given_args[0].value, str))
    if index < len(given_args) and not _is_item(site, given_args[index]):
        return given_args[index], index
    return None, index


def _is_item(site: ColumnSite, node: ast.expr) -> bool:
    return isinstance(node, ast.Starred) or site.names.called(node) in ITEMS


def created(site: ColumnSite, text: str, word: Word) -> list[Edit]:
    """The call for an attribute that has none yet. Each edit takes a letter of what is there, so that of two findings
    which both need the call one waits for the other.
    """
    statement = site.statement
    if not isinstance(statement, ast.AnnAssign) or isinstance(statement.annotation, ast.Constant):
        raise Unplaced("nothing on its line makes a column")
    file = site.file
    if site.mapped is not None:
        maker = site.names.word("sqlalchemy.orm", "mapped_column")
    else:
        maker = site.names.word("sqlmodel", "Field")
    edits = [*word.edits, *maker.edits]
    if statement.value is not None:
        value = file.source(statement.value)
        return [*edits, file.replace(statement.value, f"{maker.text}(default={value}, {text})")]
    start, end = _last_letter(file.span(statement.annotation))
    return [*edits, file.edit(start, end, f"{file.text[start:end]} = {maker.text}({text})")]


def _last_letter(span: Span) -> Span:
    return span[1] - 1, span[1]
