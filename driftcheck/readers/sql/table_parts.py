"""Constraints and indexes put on a table, under the names PostgreSQL chooses where nobody wrote one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import Check, Exclusion, ForeignKey, Index, PrimaryKey, Unique
from ...model.naming import column_part, free_name
from ...sql.references import columns_in
from .catalog import Catalog
from .entries import EXISTENCE, INDEXED, Constraint, IndexEntry, TableEntry, ViewEntry
from .errors import DuplicateError
from .foreign_keys import aimed
from .key_names import distinct, figure_name, key_names
from .key_rules import check_key
from .named_rules import CHECK, check_expression
from .session import Session


def automatic_name(catalog: Catalog, table: TableEntry, constraint: Constraint) -> str:
    """The name the server gives `constraint` (`ChooseConstraintName`, `ChooseIndexName`)."""
    if isinstance(constraint, INDEXED):
        taken = catalog.taken(table.schema, constraints=True)
    else:
        taken = catalog.taken(table.schema, relations=False, constraints=True)
    if isinstance(constraint, PrimaryKey):
        return free_name(table.name, "", "pkey", taken)
    if isinstance(constraint, Unique):
        return free_name(table.name, column_part(distinct([*constraint.columns, *constraint.include])), "key", taken)
    if isinstance(constraint, Exclusion):
        names = [figure_name(str(element.expression)) or "expr" for element in constraint.elements]
        return free_name(table.name, column_part(distinct([*names, *constraint.include])), "excl", taken)
    if isinstance(constraint, ForeignKey):
        return free_name(table.name, column_part(constraint.columns), "fkey", taken)
    used = columns_in(str(constraint.expression), table.name, table.columns)
    return free_name(table.name, used[0] if len(used) == 1 else "", "check", taken)


def place_constraint(session: Session, table: TableEntry, constraint: Constraint) -> Constraint:
    """Adds `constraint` to `table`, named, with what PostgreSQL does along with it. Gives what was added.

    Raises RefusedError.
    """
    catalog = session.catalog
    if not constraint.name:
        constraint = replace(constraint, name=automatic_name(catalog, table, constraint))
    if isinstance(constraint, Check):
        check_expression(session, constraint.expression, CHECK, table)
    if isinstance(constraint, PrimaryKey | Unique):
        check_key(session, table, constraint)
    if isinstance(constraint, PrimaryKey):
        if (earlier := table.primary_key) is not None and EXISTENCE in earlier.unknown:
            catalog.remove_constraint(table, earlier.name)
        elif earlier is not None:
            raise _second_primary_key(table)
        for name in constraint.columns:
            if (column := table.columns.get(name)) is not None and column.nullable:
                table.columns[name] = replace(column, nullable=False)
    if isinstance(constraint, ForeignKey):
        constraint = aimed(session, table, constraint)
        catalog.depend(table.key, (constraint.target_schema, constraint.target_table))
    catalog.add_constraint(table, constraint)
    return constraint


def _second_primary_key(table: TableEntry) -> DuplicateError:
    return DuplicateError(f'multiple primary keys for table "{table.name}" are not allowed')


def place_together(session: Session, table: TableEntry, constraints: Sequence[Constraint]) -> None:
    """Adds the constraints of one statement in PostgreSQL's order: checks, primary key, other keys, foreign keys.

    A key that repeats an earlier one is dropped, as the server does (`transformIndexConstraints`). Raises RefusedError.
    """
    keys: list[PrimaryKey | Unique | Exclusion] = []
    written = [item for item in constraints if isinstance(item, PrimaryKey | Unique | Exclusion)]
    if sum(isinstance(item, PrimaryKey) for item in written) > 1:
        raise _second_primary_key(table)
    for item in sorted(written, key=_primary_first):
        for position, earlier in enumerate(keys):
            if _same_index(earlier, item):
                if not earlier.name:
                    keys[position] = replace(earlier, name=item.name)
                break
        else:
            keys.append(item)
    checks = [item for item in constraints if isinstance(item, Check)]
    references = [item for item in constraints if isinstance(item, ForeignKey)]
    _check_names(checks)
    for constraint in (*checks, *keys, *references):
        place_constraint(session, table, constraint)


def _check_names(checks: Sequence[Check]) -> None:
    names = [item.name for item in checks if item.name]
    for position, name in enumerate(names):
        if name in names[:position]:
            raise DuplicateError(f'check constraint "{name}" already exists')


def _primary_first(constraint: Constraint) -> int:
    return not isinstance(constraint, PrimaryKey)


def _same_index(a: PrimaryKey | Unique | Exclusion, b: PrimaryKey | Unique | Exclusion) -> bool:
    """Whether two keys of one statement come to the same index."""
    if isinstance(a, Exclusion) or isinstance(b, Exclusion):
        return isinstance(a, Exclusion) and isinstance(b, Exclusion) and replace(a, name=b.name) == b
    nulls = [getattr(item, "nulls_distinct", True) for item in (a, b)]
    return nulls[0] == nulls[1] and all(
        getattr(a, name) == getattr(b, name) for name in ("columns", "include", "deferrable", "initially_deferred")
    )


def place_index(catalog: Catalog, owner: TableEntry | ViewEntry, index: Index) -> Index:
    """Adds `index` to `owner`, named if need be."""
    schema, table = owner.key
    if not index.name:
        names = key_names(index.keys, index.include)
        index = replace(index, name=catalog.index_name(schema, table, column_part(names)))
    catalog.add(IndexEntry(schema, index.name, owner.key))
    owner.indexes[index.name] = index
    return index
