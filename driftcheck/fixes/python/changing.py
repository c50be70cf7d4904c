"""One option, column, key or condition in the call of a key, check or index."""

from __future__ import annotations

import ast
from dataclasses import fields
from typing import Any

from ...differ.rules import facts_of
from ...findings import Edit
from ...model import Check, Exclusion, ForeignKey, Index, IndexKey
from ..drift import Drift
from .arguments import set_keyword
from .calls import Written
from .context import Context
from .elements import Element, ElementWriter, writer
from .names import Word
from .sites import ColumnSite, keyword
from .types import Unplaced

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


def demand_sayable(wanted: Element, now: Element | None) -> None:
    """Raises Unplaced for what SQLAlchemy has no word for."""
    for one in fields(wanted):
        if one.name in _UNSAYABLE:
            value = getattr(wanted, one.name)
            if value != (getattr(now, one.name) if now is not None else one.default):
                raise Unplaced(f"SQLAlchemy has no word for its {one.name.replace('_', ' ')}")


def changed_call(context: Context, drift: Drift, written: Written, wanted: Any, now: Any) -> list[Edit]:
    demand_sayable(wanted, now)
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
        for option in map(context.keyword, _OPTIONS.get(fact, ())):
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
    if isinstance(wanted, Index) and isinstance(written.holder, (ast.Expr, ast.Assign)):
        new = [new[0], *_attributes(context, drift, call, wanted, words)]
    if isinstance(wanted, ForeignKey) and written.names.called(call) == "ForeignKey":
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


def _attributes(context: Context, drift: Drift, call: ast.Call, wanted: Index, words: ElementWriter) -> list[Word]:
    """The keys of an index that stands by itself, where only attributes of the table tell whose it is: `Post.at`."""
    sites = {one.name: context.sites.column(one) for one in drift.table.columns}
    known = {site.attribute or name: name for name, site in sites.items() if site is not None}
    nodes = [node for one in call.args[1:] for node in ast.walk(one) if isinstance(node, ast.Attribute)]
    holder = next((words.file.source(node.value) for node in nodes if node.attr in {*known, *known.values()}), None)
    if holder is None or not any(key.column for key in wanted.keys):
        raise Unplaced("its call does not say by an attribute of which table it is")
    attributes = {name: name if holder.endswith(".c") else attribute for attribute, name in known.items()}
    return [_attribute(f"{holder}.{attributes.get(key.column or '', '')}", key, words) for key in wanted.keys]


def _attribute(attribute: str, key: IndexKey, words: ElementWriter) -> Word:
    if key.column is None or key.collation is not None or key.opclass_options:
        return words.key(key)
    text = f"{attribute}.desc()" if key.descending else attribute
    if key.nulls_first != key.descending:
        text += ".nulls_first()" if key.nulls_first else ".nulls_last()"
    return Word(text)


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
