"""What follows a rename: everything in the catalog that names a column, table, sequence or type by its old name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from ...model import (
    Check,
    ColumnType,
    CompositeType,
    Domain,
    Exclusion,
    Expression,
    ForeignKey,
    Index,
    Location,
    Partition,
    Policy,
    PrimaryKey,
    Unique,
)
from ...sql import Token
from ...sql.renames import AmbiguousError, renamed_column, renamed_object, renamed_relation, renamed_sequence
from .catalog import Catalog
from .entries import Constraint, IndexEntry, Key, SequenceEntry, TableEntry, ViewEntry
from .errors import DuplicateError
from .renamed_words import policies_and_views
from .session import Session

_Item = TypeVar("_Item", bound="Constraint | Index | Policy")
Rewrite = Callable[[str], str]


def rename_column(
    session: Session, table: TableEntry, old: str, new: str, place: Location, token: Token | None
) -> None:
    """Renames a column, and with it that of the table's children."""
    if new in table.columns:
        raise DuplicateError(f'column "{new}" of relation "{table.name}" already exists', token)
    table.columns = {
        new if name == old else name: replace(column, name=new, places=(*column.places, ("name", place)))
        if name == old
        else column
        for name, column in table.columns.items()
    }
    column_renamed(session, table, old, new, place)
    for child in session.catalog.children_of(table):
        if old in child.columns:
            rename_column(session, child, old, new, place, token)


def column_renamed(session: Session, table: TableEntry, old: str, new: str, place: Location) -> None:
    """Renames the column in keys, indexes, checks, foreign keys to it, policies, triggers, views."""

    def rewrite(sql: str) -> str:
        return renamed_column(sql, table.name, old, new)

    def name(column: str) -> str:
        return new if column == old else column

    def names(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(name, columns))

    for key, item in table.constraints.items():
        table.constraints[key] = constraint_with(item, names, rewrite)
    for key, index in table.indexes.items():
        table.indexes[key] = index_with(index, names, rewrite)
    for key, column in table.columns.items():
        if column.generated is not None:
            expression = _rewritten(column.generated.expression, rewrite)
            table.columns[key] = replace(column, generated=replace(column.generated, expression=expression))
    if table.partition_by is not None:
        table.partition_by = rewrite(table.partition_by)
    for other in session.catalog.referrers_of(table.key):
        for key, item in other.constraints.items():
            if isinstance(item, ForeignKey) and (item.target_schema, item.target_table) == table.key:
                other.constraints[key] = replace(item, target_columns=names(item.target_columns))
    for entry in session.catalog.owned_sequences(table.key, old):
        entry.sequence = replace(entry.sequence, owned_by=(*table.key, new))
    for view in session.catalog.dependents_of(table.key):
        if isinstance(view, ViewEntry) and (table.key, old) in view.starred:
            view.starred = view.starred - {(table.key, old)} | {(table.key, new)}
    _triggers(session, table.key, names, rewrite)
    policies_and_views(session, table.key, old, new, place)


def constraint_with(
    item: Constraint, names: Callable[[tuple[str, ...]], tuple[str, ...]], rewrite: Rewrite
) -> Constraint:
    """`item` with the columns it lists renamed by `names`, and its expressions rewritten."""
    if isinstance(item, Check):
        return replace(item, expression=_rewritten(item.expression, rewrite))
    if isinstance(item, ForeignKey):
        return replace(item, columns=names(item.columns), delete_columns=names(item.delete_columns))
    if isinstance(item, Exclusion):
        elements = tuple(replace(e, expression=_rewritten(e.expression, rewrite)) for e in item.elements)
        predicate = _rewritten(item.predicate, rewrite) if item.predicate is not None else None
        return replace(item, elements=elements, predicate=predicate, include=names(item.include))
    assert isinstance(item, PrimaryKey | Unique)
    return replace(item, columns=names(item.columns), include=names(item.include))


def index_with(index: Index, names: Callable[[tuple[str, ...]], tuple[str, ...]], rewrite: Rewrite) -> Index:
    """`index` with the columns it lists renamed by `names`, and its expressions rewritten."""
    keys = tuple(
        replace(key, column=names((key.column,))[0])
        if key.column is not None
        else replace(key, expression=_rewritten(key.expression, rewrite))
        if key.expression is not None
        else key
        for key in index.keys
    )
    predicate = _rewritten(index.predicate, rewrite) if index.predicate is not None else None
    return replace(index, keys=keys, include=names(index.include), predicate=predicate)


def _rewritten(expression: Expression, rewrite: Rewrite) -> Expression:
    """For expressions in which PostgreSQL allows no SELECT, so that nothing in them is ambiguous."""
    try:
        sql = rewrite(expression.sql)
    except AmbiguousError:
        return expression
    return expression if sql == expression.sql else Expression(sql)


def _triggers(
    session: Session, key: Key, names: Callable[[tuple[str, ...]], tuple[str, ...]], rewrite: Rewrite
) -> None:
    for name, trigger in session.catalog.triggers.get(key, {}).items():
        when = _rewritten(trigger.when, rewrite) if trigger.when is not None else None
        changed = replace(trigger, update_columns=names(trigger.update_columns), when=when)
        session.catalog.triggers[key][name] = changed


def table_moved(session: Session, table: TableEntry, new: Key, place: Location) -> None:
    """Gives `table` the key `new` in the catalog, and in all that names it."""
    catalog, old = session.catalog, table.key
    catalog.discard(old)
    table.schema, table.name = new
    for field, before, after in (("schema", old[0], new[0]), ("name", old[1], new[1])):
        if before != after:
            table.places[field] = place
    catalog.add(table)
    _move_indexes(session, table, old, new)
    moved = catalog.dependents.pop(old, {})
    catalog.dependents.setdefault(new, {}).update(dict.fromkeys(new if key == old else key for key in moved))
    for targets in catalog.dependents.values():
        if old in targets:
            targets[new] = targets.pop(old)
    for other in catalog.dependents_of(new):
        _follow_table(session, other, old, new, place)
    policies, triggers = catalog.policies.pop(old, {}), catalog.triggers.pop(old, {})
    if policies:
        catalog.policies[new] = {n: replace(item, schema=new[0], table=new[1]) for n, item in policies.items()}
    if triggers:
        catalog.triggers[new] = {n: replace(item, schema=new[0], table=new[1]) for n, item in triggers.items()}
    rewrite_all(catalog, lambda sql: renamed_relation(sql, old, new))


def _move_indexes(session: Session, table: TableEntry, old: Key, new: Key) -> None:
    """Indexes and key constraints live in their table's schema."""
    catalog = session.catalog
    owned = [
        *table.indexes,
        *(name for name, item in table.constraints.items() if isinstance(item, PrimaryKey | Unique | Exclusion)),
    ]
    for name in owned:
        catalog.discard((old[0], name))
        catalog.relations[(new[0], name)] = IndexEntry(new[0], name, new)
    if old[0] != new[0]:
        for name in table.constraints:
            catalog.release_constraint_name((old[0], name))
            catalog.constraint_names[(new[0], name)] += 1


def _follow_table(session: Session, other: object, old: Key, new: Key, place: Location) -> None:
    if isinstance(other, TableEntry):
        for key, item in other.constraints.items():
            if isinstance(item, ForeignKey) and (item.target_schema, item.target_table) == old:
                other.constraints[key] = replace(item, target_schema=new[0], target_table=new[1])
        other.inherits = tuple(new if key == old else key for key in other.inherits)
        parent = other.partition_of
        if parent is not None and (parent.parent_schema, parent.parent_table) == old:
            other.partition_of = Partition(new[0], new[1], parent.bound)
    elif isinstance(other, SequenceEntry) and (owner := other.sequence.owned_by) is not None and owner[:2] == old:
        other.sequence = replace(other.sequence, owned_by=(*new, owner[2]))
        if old[0] != new[0]:
            sequence_moved(session, other, (new[0], other.sequence.name), place)
    elif isinstance(other, ViewEntry) and old in other.reads:
        other.reads = other.reads - {old} | {new}
        other.starred = frozenset((new if key == old else key, column) for key, column in other.starred)


def sequence_moved(session: Session, entry: SequenceEntry, new: Key, place: Location) -> None:
    """Gives a sequence the key `new`; defaults that count with it follow."""
    catalog, old = session.catalog, entry.key
    catalog.discard(old)
    sequence = entry.sequence
    fields = [field for field, a, b in (("schema", old[0], new[0]), ("name", old[1], new[1])) if a != b]
    places = (*sequence.places, *((field, place) for field in fields))
    entry.sequence = replace(sequence, schema=new[0], name=new[1], places=places)
    catalog.add(entry)
    if sequence.owned_by is not None:
        catalog.depend(entry.key, sequence.owned_by[:2])
        table = catalog.table(sequence.owned_by[:2])
        column = table.columns.get(sequence.owned_by[2]) if table is not None else None
        if entry.of_identity and table is not None and column is not None and column.identity is not None:
            table.columns[column.name] = replace(column, identity=replace(column.identity, sequence_name=new[1]))
    rewrite_all(catalog, lambda sql: renamed_sequence(sql, old, new))


def type_moved(session: Session, old: Key, new: Key) -> None:
    """Columns, attributes, domains and expressions of a renamed type follow it."""
    catalog = session.catalog
    for table in catalog.relations.values():
        if isinstance(table, TableEntry):
            for name, column in table.columns.items():
                table.columns[name] = replace(column, type=_moved_type(column.type, old, new))
    for key, found in catalog.types.items():
        if isinstance(found, CompositeType):
            attributes = tuple(replace(item, type=_moved_type(item.type, old, new)) for item in found.attributes)
            catalog.types[key] = replace(found, attributes=attributes)
        elif isinstance(found, Domain):
            catalog.types[key] = replace(found, type=_moved_type(found.type, old, new))
    rewrite_all(catalog, lambda sql: renamed_object(sql, "type", old, new))


def _moved_type(type_: ColumnType, old: Key, new: Key) -> ColumnType:
    return replace(type_, schema=new[0], name=new[1]) if (type_.schema, type_.name) == old else type_


def function_moved(session: Session, old: Key, new: Key) -> None:
    """Expressions that call a renamed function follow it."""
    rewrite_all(session.catalog, lambda sql: renamed_object(sql, "function", old, new))


def rewrite_all(catalog: Catalog, rewrite: Rewrite) -> None:
    """Applies `rewrite` to every expression of the catalog."""
    for entry in catalog.relations.values():
        if isinstance(entry, TableEntry):
            _rewrite_table(entry, rewrite)
        elif isinstance(entry, ViewEntry):
            definition = _rewritten(entry.view.definition, rewrite)
            if definition is not entry.view.definition:
                entry.view = replace(entry.view, definition=definition)
            for name, index in entry.indexes.items():
                entry.indexes[name] = _index_rewritten(index, rewrite)
    for policies in catalog.policies.values():
        for name, policy in policies.items():
            using, check = _optional(policy.using, rewrite), _optional(policy.check, rewrite)
            if using is not policy.using or check is not policy.check:
                policies[name] = replace(policy, using=using, check=check)
    for triggers in catalog.triggers.values():
        for name, trigger in triggers.items():
            when = _optional(trigger.when, rewrite)
            if when is not trigger.when:
                triggers[name] = replace(trigger, when=when)
    for key, found in catalog.types.items():
        if isinstance(found, Domain):
            checks = tuple(replace(item, expression=_rewritten(item.expression, rewrite)) for item in found.checks)
            catalog.types[key] = replace(found, default=_optional(found.default, rewrite), checks=checks)


def _rewrite_table(table: TableEntry, rewrite: Rewrite) -> None:
    for key, item in table.constraints.items():
        if isinstance(item, Check | Exclusion):
            table.constraints[key] = constraint_with(item, _same, rewrite)
    for key, index in table.indexes.items():
        table.indexes[key] = _index_rewritten(index, rewrite)
    for key, column in table.columns.items():
        if column.default is None and column.generated is None:
            continue
        generated, default = column.generated, _optional(column.default, rewrite)
        if generated is not None:
            generated = replace(generated, expression=_rewritten(generated.expression, rewrite))
        if default is not column.default or generated != column.generated:
            table.columns[key] = replace(column, default=default, generated=generated)


def _index_rewritten(index: Index, rewrite: Rewrite) -> Index:
    if index.predicate is None and all(key.expression is None for key in index.keys):
        return index
    return index_with(index, _same, rewrite)


def _optional(expression: Expression | None, rewrite: Rewrite) -> Expression | None:
    return None if expression is None else _rewritten(expression, rewrite)


def _same(columns: tuple[str, ...]) -> tuple[str, ...]:
    return columns
