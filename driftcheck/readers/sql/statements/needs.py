"""Who needs what is to be dropped or altered, so that PostgreSQL refuses it: only what certainly depends on it.

https://www.postgresql.org/docs/current/ddl-depend.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ....model import DEFAULT_SCHEMA, Check, ColumnType, CompositeType, Domain, Exclusion, Function, Policy, RangeType
from ....sql import SqlError
from ....sql.references import columns_in, may_name
from ..entries import EXISTENCE, Key, TableEntry, ViewEntry
from ..errors import StateError
from ..session import BUILT_IN, Session
from ..uses import used_by_expression, used_by_query
from .routines import arguments_of
from .speaks import Speaks


def views_of(session: Session, table: TableEntry, column: str) -> Iterator[ViewEntry]:
    """Views that use the column."""
    for entry in session.catalog.dependents_of(table.key):
        session.budget.step()
        if not isinstance(entry, ViewEntry) or table.key not in entry.reads or entry.view.unknown:
            continue
        sql = entry.view.definition.sql
        if (table.key, column) in entry.starred or (
            may_name(sql, column) and (table.key, column) in used_by_query(session, sql).columns
        ):
            yield entry


def policies_of(session: Session, table: TableEntry, column: str) -> Iterator[Policy]:
    """Policies, of whatever table, that use the column."""
    for sql, policy in _conditions(session):
        own = (policy.schema, policy.table)
        if (own == table.key or may_name(sql, table.name)) and may_name(sql, column):
            uses = used_by_expression(session, sql, [(policy.table, own)])
            if (table.key, column) in uses.columns:
                yield policy


def policies_reading(session: Session, key: Key) -> Iterator[Policy]:
    """Policies of other tables that read the relation."""
    for sql, policy in _conditions(session):
        own = (policy.schema, policy.table)
        if (
            own != key
            and may_name(sql, key[1])
            and key in used_by_expression(session, sql, [(policy.table, own)]).relations
        ):
            yield policy


def _conditions(session: Session) -> Iterator[tuple[str, Policy]]:
    for policies in session.catalog.policies.values():
        session.budget.step(1 + len(policies) // 4)
        for policy in policies.values():
            if not policy.unknown:
                yield from ((part.sql, policy) for part in (policy.using, policy.check) if part is not None)


def check_type_can_change(session: Session, table: TableEntry, column: str) -> None:
    """Raises StateError if PostgreSQL does not alter the type of a column that something uses."""
    if session.blind or table.unknown:
        return
    if next(views_of(session, table, column), None) is not None:
        raise StateError("cannot alter type of a column used by a view or rule")
    if next(policies_of(session, table, column), None) is not None:
        raise StateError("cannot alter type of a column used in a policy definition")
    triggers = session.catalog.triggers.get(table.key, {})
    session.budget.step(4 * len(triggers))
    for trigger in triggers.values():
        when = columns_in(trigger.when.sql, table.name, {column}) if trigger.when is not None else []
        if not trigger.unknown and (column in trigger.update_columns or when):
            raise StateError("cannot alter type of a column used in a trigger definition")
    for other in table.columns.values():
        if other.generated is None or other.unknown or other.name == column:
            continue
        if column in columns_in(other.generated.expression.sql, table.name, table.columns):
            raise StateError("cannot alter type of a column used by a generated column")
    for other_table in _tables(session):
        for item in other_table.columns.values():
            if (
                other_table is not table
                and not item.unknown
                and _is_row_type(session, item.type.schema, item.type.name, table.key)
            ):
                what = f'column "{other_table.name}.{item.name}" uses its row type'
                raise StateError(f'cannot alter table "{table.name}" because {what}')


def _is_row_type(session: Session, schema: str | None, name: str, key: Key) -> bool:
    return name == key[1] and (schema or session.assumed(None, name)[0]) == key[0] and name not in BUILT_IN


def is_spoken_of(session: Session, speaks: Speaks) -> bool:
    """Whether a stored expression certainly speaks of something."""
    return not session.blind and any(speaks(sql) is True for sql in _expressions(session))


def _expressions(session: Session) -> Iterator[str]:
    """Every expression of the catalog whose object is certainly there."""
    session.budget.step(1 + len(session.catalog.relations) // 2)
    for entry in session.catalog.relations.values():
        if isinstance(entry, ViewEntry) and not entry.view.unknown:
            yield entry.view.definition.sql
        elif isinstance(entry, TableEntry) and EXISTENCE not in entry.unknown:
            yield from _of_table(entry)
    for found in session.catalog.types.values():
        if isinstance(found, Domain) and not found.unknown:
            yield from (check.expression.sql for check in found.checks)
            if found.default is not None:
                yield found.default.sql
    yield from (sql for sql, _ in _conditions(session))
    for triggers in session.catalog.triggers.values():
        yield from (item.when.sql for item in triggers.values() if item.when is not None and not item.unknown)


def _of_table(table: TableEntry) -> Iterator[str]:
    for column in table.columns.values():
        if column.unknown:
            continue
        if column.default is not None:
            yield column.default.sql
        if column.generated is not None:
            yield column.generated.expression.sql
    for item in table.constraints.values():
        if isinstance(item, Check) and not item.unknown:
            yield item.expression.sql
        elif isinstance(item, Exclusion) and not item.unknown:
            yield from (element.expression.sql for element in item.elements)
    for index in table.indexes.values():
        if not index.unknown:
            yield from (key.expression.sql for key in index.keys if key.expression is not None)
            if index.predicate is not None:
                yield index.predicate.sql


def uses_type(session: Session, key: Key, apart: Collection[Key] = ()) -> bool:
    """Whether a type of one of these files, or a function, is certainly made of the type `key`.

    `apart` are types that are dropped along with it.
    """
    if session.blind:
        return False
    session.budget.step(len(session.catalog.types) + 10 * len(session.catalog.functions))
    for other, found in session.catalog.types.items():
        if other in apart or found.unknown:
            continue
        parts = [found.type] if isinstance(found, Domain) else []
        parts += [item.type for item in found.attributes] if isinstance(found, CompositeType) else []
        parts += [found.subtype] if isinstance(found, RangeType) else []
        if any((part.schema, part.name) == key for part in parts):
            return True
    return any(takes_type(session, function, key) for function in session.catalog.functions.values())


def takes_type(session: Session, function: Function, key: Key) -> bool:
    """Whether the function certainly takes or gives values of the type."""
    if function.unknown or key[1] in BUILT_IN:
        return False
    name = str(ColumnType(key[1], quoted=True))
    spelled = {name, f"public.{name}"} if key[0] == DEFAULT_SCHEMA else {str(ColumnType(key[1], schema=key[0]))}
    return any(type_.removesuffix("[]") in spelled for type_ in _types(session, function))


def _types(session: Session, function: Function) -> Iterator[str]:
    returned = (function.returns or "").removeprefix("SETOF ")
    lists = [f"({function.arguments})"] if function.kind != "aggregate" else []
    if returned.startswith("TABLE("):
        lists.append(returned.removeprefix("TABLE"))
    else:
        yield returned
    yield from function.signature
    for text in lists:
        try:
            yield from (item.type for item in arguments_of(session, text))
        except SqlError:
            continue


def uses_row_type(session: Session, key: Key, apart: Collection[Key]) -> bool:
    """Whether a column or function certainly has a table's row as its type; `apart` are relations that go along."""
    if session.blind:
        return False
    session.budget.step(10 * len(session.catalog.functions))
    return any(takes_type(session, function, key) for function in session.catalog.functions.values()) or any(
        table.key not in apart and not item.unknown and _is_row_type(session, item.type.schema, item.type.name, key)
        for table in _tables(session)
        if table.key != key
        for item in table.columns.values()
    )


def _tables(session: Session) -> Iterator[TableEntry]:
    session.budget.step(1 + len(session.catalog.relations) // 8)
    return (
        entry
        for entry in session.catalog.relations.values()
        if isinstance(entry, TableEntry) and EXISTENCE not in entry.unknown
    )
