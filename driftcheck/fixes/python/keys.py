"""Edits of keys, checks and indexes: one option, one column, one call; or a call instead of `index=True`."""

from __future__ import annotations

import ast
from dataclasses import dataclass, fields
from typing import Any

from ...differ.rules import facts_of
from ...findings import Edit
from ...model import Check, Exclusion, ForeignKey, Index, PrimaryKey, Table, Unique
from ..drift import Drift
from .arguments import positional, set_keyword, type_argument, without
from .context import Context
from .elements import CALLS, Element, ElementWriter
from .names import Names, Word
from .relations import demand_no_relationship
from .sites import ColumnSite, TableSite, keyword
from .table_args import TableArguments
from .tree import PythonFile
from .types import Unplaced

#: Rules about what a side lacks.
_MISSING = frozenset({"DR311", "DR321", "DR331", "DR401", "DR501"})
#: Which options say the fields of the model.
_OPTIONS = {
    "name": ("name",), "on_delete": ("ondelete",), "delete_columns": ("ondelete",), "on_update": ("onupdate",),
    "deferrable": ("deferrable",), "initially_deferred": ("initially",), "match": ("match",),
    "validated": ("postgresql_not_valid",), "nulls_distinct": ("postgresql_nulls_not_distinct",),
    "include": ("postgresql_include",), "unique": ("unique",), "method": ("postgresql_using",),
    "predicate": ("postgresql_where",), "options": ("postgresql_with",), "tablespace": ("postgresql_tablespace",),
    "keys": ("postgresql_ops",),
}  # fmt: skip
#: Fields that the positional arguments of a call say.
_POSITIONAL = frozenset(
    {"columns", "target_schema", "target_table", "target_columns", "keys", "expression", "elements"}
)
#: Fields that SQLAlchemy has no word for.
_UNSAYABLE = frozenset({"without_overlaps", "period", "enforced", "no_inherit", "only"})


@dataclass(frozen=True)
class Written:
    """Where a key or index is written: a call with the list that it stands in, or a column that asks for it."""

    file: PythonFile
    names: Names
    call: ast.Call | None
    holder: ast.AST | None
    column: ColumnSite | None


def key_edits(context: Context, drift: Drift) -> list[Edit]:
    """The edits that end a finding about a key, check or index. Raises Unplaced."""
    wanted, now = drift.expected, drift.actual
    if now is None:
        return added(context, drift, wanted)
    if isinstance(now, PrimaryKey) or (wanted is not None and isinstance(wanted, PrimaryKey)):
        return _primary_key(context, drift)
    written = _written(context, drift.table, now)
    _demand_own(context, drift, written)
    if wanted is None:
        return _removed(context, drift, written, now)
    if type(wanted) is not type(now):
        return [*_removed(context, drift, written, now), *added(context, drift, wanted)]
    if written.call is None or (written.column is not None and isinstance(now, ForeignKey) and len(wanted.columns) > 1):
        return _spelled_out(context, drift, written, wanted, now)
    return _changed(context, drift, written, wanted, now)


def _demand_own(context: Context, drift: Drift, written: Written) -> None:
    """Raises Unplaced if other tables have the key from the same line, unless all of them are to change alike."""
    if written.column is None:
        return
    for table, _ in context.users(written.column.key):
        if table is drift.table or table.key == drift.table.key or context.between.match(table.key) is None:
            continue
        same = [
            one
            for one in context.drifts
            if one.key == table.key and one.code == drift.code
            and one.finding.expected.value == drift.finding.expected.value
        ]  # fmt: skip
        if not same:
            raise Unplaced(f"{table} has it from the same line of {written.file.path}, and agrees with the truth there")


# -- Finding ----------------------------------------------------------------------------------------------------


def _written(context: Context, table: Table, thing: Element) -> Written:
    found = call_at(context, table, thing)
    if found is not None:
        return found
    columns = _columns(thing)
    if len(columns) == 1 and (column := table.column(columns[0])) is not None:
        site = context.column(column)
        call = _inline(site, thing)
        if call is not None or any(_flag(site, name) for name in _flags(thing)):
            return Written(site.file, site.names, call, site.call, site)
    raise Unplaced("what makes it cannot be told from its place")


def _columns(thing: Element) -> tuple[str, ...]:
    if isinstance(thing, Index):
        return tuple(key.column or "" for key in thing.keys)
    return getattr(thing, "columns", ())


def _flags(thing: Element) -> tuple[str, ...]:
    if isinstance(thing, Index):
        return ("index",)
    return ("unique",) if isinstance(thing, Unique) else ("foreign_key",) if isinstance(thing, ForeignKey) else ()


def _flag(site: ColumnSite, name: str) -> bool:
    given = site.keyword(name)
    return given is not None and not (isinstance(given.value, ast.Constant) and not given.value.value)


def _inline(site: ColumnSite, thing: Element) -> ast.Call | None:
    """The argument of a column that makes it: the one that is meant, if there are several."""
    found = site.arguments(*CALLS[type(thing)])
    if len(found) < 2:
        return found[0] if found else None
    words = {thing.name, *([f"{thing.target_table}."] if isinstance(thing, ForeignKey) else [])}
    for one in found:
        if any(isinstance(node, ast.Constant) and any(w in str(node.value) for w in words) for node in ast.walk(one)):
            return one
    return None


def call_at(context: Context, table: Table, thing: Element) -> Written | None:
    """The call at the place of `thing`, or one beside it that fits better."""
    place = thing.location
    file = context.sites.file(place.path) if place is not None else None
    if place is None or file is None:
        return None
    names = context.sites.names(file)
    over = file.over(place)
    calls = [one for one in over if names.called(one) in CALLS[type(thing)] and isinstance(one, ast.Call)]
    if not calls:
        return None
    holder = file.holders[calls[0]]
    beside = [
        one
        for one in _siblings(holder)
        if isinstance(one, ast.Call) and names.called(one) == names.called(calls[0])
    ]  # fmt: skip
    chosen = next((one for one in beside if _fits(one, thing)), None)
    if chosen is None:
        if len(beside) > 1 and not _mentions_name(calls[0], thing):
            return None
        chosen = calls[0]
    column = None
    if isinstance(holder, ast.Call) and len(_columns(thing)) == 1 and (one := table.column(_columns(thing)[0])):
        site = context.sites.column(one)
        column = site if site is not None and site.call is holder else None
    return Written(file, names, chosen, holder, column)


def _siblings(holder: ast.AST) -> list[ast.AST]:
    return list(ast.iter_child_nodes(holder))


def _mentions_name(call: ast.Call, thing: Element) -> bool:
    return any(isinstance(one, ast.Constant) and one.value == thing.name for one in ast.walk(call))


def _fits(call: ast.Call, thing: Element) -> bool:
    """Whether a call names `thing`, or covers its columns."""
    named = keyword(call, "name")
    if isinstance(thing, Index):
        first = call.args[0] if call.args else None
        return isinstance(first, ast.Constant) and first.value == thing.name
    if named is not None and isinstance(named.value, ast.Constant) and named.value.value is not None:
        return bool(named.value.value == thing.name)
    given = call.args
    if isinstance(thing, ForeignKey):
        given = call.args[0].elts if call.args and isinstance(call.args[0], (ast.List, ast.Tuple)) else []
    words = [one.value for one in given if isinstance(one, ast.Constant)]
    return bool(words) and words == list(_columns(thing))


# -- Adding -----------------------------------------------------------------------------------------------------


def writer(context: Context, site: TableSite | ColumnSite | Written, table: Table) -> ElementWriter:
    return ElementWriter(context, site.file, site.names, table)


def added(context: Context, drift: Drift, thing: Element) -> list[Edit]:
    """What the truth has and the models do not: at its column where that says all of it, else beside the columns."""
    table = drift.table
    if isinstance(thing, PrimaryKey):
        return _primary_key(context, drift)
    _demand_sayable(thing, None)
    column = table.column(_columns(thing)[0]) if len(_columns(thing)) == 1 else None
    if column is not None:
        site = context.column(column)
        if len(context.users(site.key)) == 1 and (edits := _at_column(context, drift, site, thing)):
            return edits
    place = context.table(table)
    word = writer(context, place, table).whole(thing)
    return TableArguments(context, place).add(word)


def _at_column(context: Context, drift: Drift, site: ColumnSite, thing: Element) -> list[Edit]:
    """`ForeignKey(…)`, `unique=True` or `index=True`; none where a column cannot say it."""
    words = writer(context, site, drift.table)
    options = {name: word for name, word in words.options(thing).items() if word is not None}
    if isinstance(thing, ForeignKey):
        if site.is_field:
            return _field_reference(words, site, thing, options)
        node, index = type_argument(site)
        return positional(site, words.inline(thing), index + 1 if node is not None else index)
    if isinstance(thing, Unique) and not options and not _flag(site, "index"):
        return set_keyword(site, "unique", Word("True"))
    plain = isinstance(thing, Index) and not options and thing.name == f"ix_{drift.table.name}_{thing.keys[0].column}"
    if plain and "index=True" in site.file.text and not context.has_convention and not _flag(site, "unique"):
        return set_keyword(site, "index", Word("True"))
    return []


def _field_reference(words: ElementWriter, site: ColumnSite, thing: ForeignKey, options: dict[str, Word]) -> list[Edit]:
    if set(options) - {"ondelete"}:
        return []
    target = words.target(thing, words.target_columns(thing)[0])
    edits = set_keyword(site, "foreign_key", Word(site.file.quoted(target)))
    return [*edits, *(set_keyword(site, "ondelete", options["ondelete"]) if options else [])]


def _demand_sayable(wanted: Element, now: Element | None) -> None:
    """Raises Unplaced for what SQLAlchemy has no word for."""
    for one in fields(wanted):
        if one.name in _UNSAYABLE:
            value = getattr(wanted, one.name)
            if value != (getattr(now, one.name) if now is not None else one.default):
                raise Unplaced(f"SQLAlchemy has no word for its {one.name.replace('_', ' ')}")


# -- Removing ---------------------------------------------------------------------------------------------------


def _removed(context: Context, drift: Drift, written: Written, now: Element) -> list[Edit]:
    if isinstance(now, ForeignKey) and drift.expected is None:
        demand_no_relationship(context, drift.table, now)
    file = written.file
    if written.call is None:
        assert written.column is not None
        return [edit for name in _flags(now) for edit in _without_flag(written.column, name)]
    holder = file.holders[written.call]
    if isinstance(holder, ast.Expr):
        return _statement_gone(file, holder)
    edits = without(file, holder, written.call, comment=True)
    if written.column is not None and isinstance(now, ForeignKey):
        edits += _typed(context, drift, written.column)
    return edits


def _without_flag(site: ColumnSite, name: str) -> list[Edit]:
    edits = set_keyword(site, name, None)
    if name == "foreign_key" and site.keyword("ondelete") is not None:
        edits += set_keyword(site, "ondelete", None)
    return edits


def _statement_gone(file: PythonFile, statement: ast.stmt) -> list[Edit]:
    lines = file.lines_of(statement)
    if lines is None:
        raise Unplaced("other statements stand on its line")
    return [file.edit(*lines, "")]


def _typed(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    """A type of its own for a column that had it from the key that goes."""
    node, index = type_argument(site)
    column = drift.table.column(drift.actual.columns[0])
    if node is not None or column is None or context.drifting.about(column):
        return []
    return positional(site, context.writer(drift, site).text(column.type), index)


# -- Changing ---------------------------------------------------------------------------------------------------


def _spelled_out(context: Context, drift: Drift, written: Written, wanted: Element, now: Element) -> list[Edit]:
    """A call of its own instead of `index=True`, `unique=True` or `foreign_key=`."""
    site = written.column
    _demand_sayable(wanted, now)
    if site is not None and isinstance(now, ForeignKey) and isinstance(wanted, ForeignKey) and site.is_field:
        words = writer(context, site, drift.table)
        # A name that the models leave to the server need not be written only because something else changes.
        skipped = {"name"} if "name" in now.unknown else set()
        options = {
            name: word for name, word in words.options(wanted).items() if word is not None and name not in skipped
        }
        edits = _field_reference(words, site, wanted, options)
        if edits or not options:
            gone = set_keyword(site, "ondelete", None) if "ondelete" not in options else []
            return [*edits, *gone]
    gone = _removed(context, drift, written, now)
    place = context.table(drift.table)
    return [*gone, *TableArguments(context, place).add(writer(context, place, drift.table).whole(wanted))]


def _changed(context: Context, drift: Drift, written: Written, wanted: Any, now: Any) -> list[Edit]:
    _demand_sayable(wanted, now)
    call, words = written.call, writer(context, written, drift.table)
    assert call is not None
    facts = _facts(drift, wanted, now)
    edits: list[Edit] = []
    if facts & _POSITIONAL:
        edits += _positional(context, drift, written, words, facts & _POSITIONAL)
    options = words.options(wanted)
    site = ColumnSite(written.file, written.names, call, None, None)
    for fact in sorted(facts):
        if fact == "name":
            edits += _named(words, site, wanted)
            continue
        for option in _OPTIONS.get(fact, ()):
            if option in options:
                edits += _option(words, site, option, options[option])
    if not edits:
        raise Unplaced("nothing in its call says what differs")
    return list(dict.fromkeys(edits))


def _facts(drift: Drift, wanted: Any, now: Any) -> set[str]:
    """The fields that the finding's rule is about and that differ."""
    mine = {
        name
        for name, fact in facts_of(drift.finding.object.kind).items()
        if fact.code == drift.code and getattr(wanted, name) != getattr(now, name)
    }
    if isinstance(wanted, Index) and wanted.keys != now.keys and drift.code in ("DR503", "DR508"):
        mine.add("keys")
    return mine or ({"columns"} if drift.code == "DR328" else {"name"} if drift.code.endswith("9") else set())


def _option(words: ElementWriter, site: ColumnSite, name: str, word: Word | None) -> list[Edit]:
    given = site.keyword(name)
    if word is not None and given is not None and isinstance(given.value, ast.Constant):
        value = given.value.value
        if isinstance(value, str) and word.text[:1] in "'\"":
            text = ast.literal_eval(word.text)
            text = text.lower() if name in ("ondelete", "onupdate") and value.islower() else text
            return [site.file.replace(given.value, site.file.requoted(given.value, text))]
    return set_keyword(site, name, word)


def _named(words: ElementWriter, site: ColumnSite, wanted: Element) -> list[Edit]:
    name = words.name(wanted)
    call = site.call
    assert call is not None
    if isinstance(wanted, Index):
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Constant):
            return [site.file.replace(first, site.file.requoted(first, wanted.name))]
        if (given := keyword(call, "name")) is not None:
            return [site.file.replace(given.value, name.text)]
        raise Unplaced("its name is not written in its call")
    return set_keyword(site, "name", name)


def _positional(context: Context, drift: Drift, written: Written, words: ElementWriter, facts: set[str]) -> list[Edit]:
    """The columns, keys, target or condition of a call; what stays the same keeps its words."""
    wanted, call, file = drift.expected, written.call, written.file
    assert call is not None
    new = words.positional(wanted)
    if isinstance(wanted, ForeignKey) and written.names.called(call) == "ForeignKey":
        if facts & {"columns"}:
            return [*_removed(context, drift, written, drift.actual), *added(context, drift, wanted)]
        target = words.target(wanted, words.target_columns(wanted)[0])
        first = call.args[0] if call.args else None
        if first is None:
            raise Unplaced("its call does not begin with the target")
        text = file.requoted(first, target) if isinstance(first, ast.Constant) else file.quoted(target)
        return [file.replace(first, text)]
    now = list(call.args)
    if any(isinstance(one, ast.Starred) for one in now) or not now:
        raise Unplaced("its arguments are put together by more than a list")
    if len(new) == len(now):
        kept = _kept(wanted, drift.actual)
        changed = [(old, word) for old, word, same in zip(now, new, kept, strict=True) if not same]
        return [edit for old, word in changed for edit in (*word.edits, file.replace(old, word.text))]
    start, end = file.span(now[0])[0], file.span(now[-1])[1]
    needed = [edit for word in new for edit in word.edits]
    return [*needed, file.edit(start, end, ", ".join(word.text for word in new))]


def _kept(wanted: Any, now: Any) -> list[bool]:
    """For each positional argument whether it says already what is wanted. A name is another finding's."""
    if isinstance(wanted, Index):
        return [True, *(one == other for one, other in zip(wanted.keys, now.keys, strict=False))]
    if isinstance(wanted, ForeignKey):
        return [wanted.columns == now.columns, _target(wanted) == _target(now)]
    if isinstance(wanted, Check):
        return [False]
    parts = "elements" if isinstance(wanted, Exclusion) else "columns"
    return [one == other for one, other in zip(getattr(wanted, parts), getattr(now, parts), strict=False)]


def _target(key: ForeignKey) -> tuple[object, ...]:
    return key.target_schema, key.target_table, key.target_columns


# -- Primary keys -----------------------------------------------------------------------------------------------


def _primary_key(context: Context, drift: Drift) -> list[Edit]:
    wanted, now, table = drift.expected, drift.actual, drift.table
    place = context.table(table)
    written = call_at(context, table, now) if now is not None else None
    if wanted is None and place.class_ is not None:
        raise Unplaced("a mapped class needs a primary key")
    if written is not None and written.call is not None:
        if wanted is None:
            edits = without(written.file, written.file.holders[written.call], written.call)
            return [*edits, *_kept_not_null(context, drift, now.columns)]
        return _changed(context, drift, written, wanted, now)
    words = writer(context, place, table)
    old, new = (now.columns if now is not None else ()), (wanted.columns if wanted is not None else ())
    edits = [edit for name in old if name not in new for edit in _key_column(context, table, name, wanted=False)]
    plain = wanted is None or (words.is_servers(wanted) and _in_order(table, new) and not wanted.include)
    if old != new and plain and not (wanted and (wanted.deferrable or wanted.initially_deferred)):
        edits += [edit for name in new if name not in old for edit in _key_column(context, table, name, wanted=True)]
        return [*edits, *_kept_not_null(context, drift, [name for name in old if name not in new])]
    gone = [edit for name in old if name in new for edit in _key_column(context, table, name, wanted=False)]
    kept = _kept_not_null(context, drift, [name for name in old if name not in new])
    return [*edits, *(gone if set(old) != set(new) or old != new else []), *kept,
            *TableArguments(context, place).add(words.whole(wanted))]  # fmt: skip


def _in_order(table: Table, columns: tuple[str, ...]) -> bool:
    return columns == tuple(column.name for column in table.columns if column.name in columns)


def _key_column(context: Context, table: Table, name: str, *, wanted: bool) -> list[Edit]:
    column = table.column(name)
    if column is None:
        raise Unplaced(f"the models have no column {name} yet")
    site = context.column(column)
    if len(context.users(site.key)) > 1:
        raise Unplaced(f"other tables have {name} from the same line of {site.file.path}")
    return set_keyword(site, "primary_key", Word("True") if wanted else None)


def _kept_not_null(context: Context, drift: Drift, names: Any) -> list[Edit]:
    """Columns that leave the key stay NOT NULL where the truth has them so."""
    edits: list[Edit] = []
    for name in names:
        column, wanted = drift.table.column(name), drift.expected_table.column(name)
        site = context.sites.column(column) if column is not None else None
        if site is None or wanted is None or wanted.nullable:
            continue
        if context.annotation(site) is None and site.keyword("nullable") is None:
            edits += set_keyword(site, "nullable", Word("False"))
    return edits


def is_key(drift: Drift) -> bool:
    """Whether a finding is about a key, check or index."""
    thing = drift.expected if drift.expected is not None else drift.actual
    return isinstance(thing, (PrimaryKey, ForeignKey, Unique, Check, Index)) or type(thing) in CALLS
