"""Indexes, with every `postgresql_*` option."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exc
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql import coercions, operators, roles
from sqlalchemy.sql.elements import BinaryExpression, ColumnClause, Grouping, Label, TextClause, UnaryExpression

from .compiling import Compiler, why, word
from .constraints import _columns, _names, _option

Facts = dict[str, Any]

_MODIFIERS = {
    operators.desc_op: ("descending", True),
    operators.asc_op: ("descending", False),
    operators.nullsfirst_op: ("nulls_first", True),
    operators.nullslast_op: ("nulls_first", False),
}


def describe_indexes(table: Any, compiler: Compiler, places: Any, gap: Any) -> list[Facts]:
    """The table's indexes in the order in which `create_all` makes them."""
    found = []
    for index in sorted(table.indexes, key=lambda index: str(index.name or "")):
        if not index.expressions:  # `Index("user_id")`: PostgreSQL refuses it
            gap(f"Index {index.name or ''}".strip(), "it names no column", index, None)
            continue
        try:
            if compiler.is_created(index, CreateIndex(index)):
                found.append(_describe(index, compiler, places, gap))
        except Exception as error:  # noqa: BLE001 # expressions and options are the project's own code
            gap(f"Index {index.name or ''}".strip(), why(error), index, "indexes")
    return found


def _describe(index: Any, compiler: Compiler, places: Any, gap: Any) -> Facts:
    options = index.dialect_options["postgresql"]
    columns = [column for expression in index.expressions for column in _columns(expression, index.table)]
    facts: Facts = {
        "name": _name(index, compiler, gap),
        "unique": bool(index.unique),
        "method": str(options["using"]).lower() if options["using"] else None,
        "keys": [_key(expression, options["ops"] or {}, compiler) for expression in index.expressions],
        "include": _names(_option(options, "include")),
        "nulls_distinct": not _option(options, "nulls_not_distinct"),
        "options": {str(name): _setting(value) for name, value in (options["with"] or {}).items()},
        "tablespace": word(options["tablespace"]),
        "at": places.element(index, index.table, columns),
    }
    where = options["where"]
    if where is not None:
        facts["predicate"] = compiler.expression(coercions.expect(roles.DDLExpressionRole, where))
    return facts


def _name(index: Any, compiler: Compiler, gap: Any) -> str | None:
    try:
        return compiler.name(index)
    except exc.InvalidRequestError as error:
        gap(f"Index of {index.table.name}", why(error), index, None)
        return None


def _setting(value: Any) -> str:
    """A storage parameter's value as PostgreSQL stores it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _key(expression: Any, ops: Any, compiler: Compiler) -> Facts:
    facts: Facts = {}
    # SQLAlchemy looks an operator class up by the key of the whole expression: `column.desc()` has none. It writes the
    # class, and all of a `literal_column`, as they stand: either may say DESC.
    facts["opclass"] = word(ops.get(getattr(expression, "key", None)))
    while True:
        if isinstance(expression, UnaryExpression) and expression.modifier in _MODIFIERS:
            fact, value = _MODIFIERS[expression.modifier]
            facts.setdefault(fact, value)
            expression = expression.element
        elif isinstance(expression, BinaryExpression) and expression.operator is operators.collate:
            facts["collation"] = word(getattr(expression.right, "collation", None)) or compiler.expression(
                expression.right
            )
            expression = expression.left
        elif isinstance(expression, Label) or (
            isinstance(expression, Grouping)
            and isinstance(expression.element, (UnaryExpression, BinaryExpression, Label, ColumnClause))
        ):
            expression = expression.element
        else:
            break
    if isinstance(expression, TextClause) or getattr(expression, "is_literal", False):
        facts["text"] = compiler.expression(expression)
    elif isinstance(expression, ColumnClause):
        facts["column"] = str(expression.name)
    else:
        facts["expression"] = compiler.expression(expression)
    return facts
