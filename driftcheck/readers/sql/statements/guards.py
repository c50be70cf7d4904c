"""Conditions of a DO block that ask the catalog whether something exists, answered from the catalog at hand."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import Enum
from ..cursor import Cursor
from ..entries import IndexEntry, SequenceEntry, TableEntry, ViewEntry
from ..session import Session
from ..tokens import QUOTED, STRING, WORD, Token, identifier, string

Row = dict[str, str]


#: How deep parentheses and NOT are followed.
_DEEPEST = 20


def holds(condition: Cursor, session: Session, depth: int = 0) -> bool | None:
    """Whether the condition is true at this point; None if that can't be told."""
    if depth > _DEEPEST:
        return None
    condition.pos = 0
    if condition.accept("not"):
        inner = holds(condition.part(1, len(condition.tokens) - 1), session, depth + 1)
        return None if inner is None else not inner
    if condition.at("("):
        start, end = condition.skip_group()
        return holds(condition.part(start, end), session, depth + 1) if condition.done else None
    for word, neutral in (("or", False), ("and", True)):
        condition.pos = 0
        parts = list(condition.parts(0, len(condition.tokens) - 1, word))
        if len(parts) > 1:
            answers = [holds(part, session, depth + 1) for part in parts]
            if (not neutral) in answers:
                return not neutral
            return None if None in answers else neutral
    condition.pos = 0
    if condition.accept("exists"):
        start, end = condition.skip_group()
        return _exists(condition.part(start, end), session) if condition.done else None
    if condition.accept("to_regclass", "(") or condition.accept("to_regtype", "("):
        return _is_null(condition, session)
    return None


def _is_null(condition: Cursor, session: Session) -> bool | None:
    """`to_regclass('name') IS [NOT] NULL`, from behind the parenthesis."""
    if not condition.at_string:
        return None
    parts = [part.strip().strip('"') for part in condition.string().split(".")]
    if not condition.accept(")") or not condition.accept("is"):
        return None
    negated = condition.accept("not")
    if not condition.accept("null") or not condition.done:
        return None
    schema = parts[-2] if len(parts) > 1 else None
    found = session.find(schema, parts[-1]) is not None or session.type_key(schema, parts[-1]) is not None
    return found if negated else not found


def _exists(query: Cursor, session: Session) -> bool | None:
    """`SELECT … FROM catalog WHERE column = 'value' AND …`: whether such a row would be there."""
    if query.word != "select":
        return None
    tables = _catalogs(query)
    wanted = _equalities(query)
    rows = [rows for name, rows in _CATALOGS.items() if name in tables]
    if not wanted or not rows or not tables <= _CATALOGS.keys() | _JOINED:
        return None
    for source in rows:
        fields = _FIELDS[source]
        asked = {fields[column]: value for column, value in wanted.items() if column in fields}
        if asked and _names_object(source, asked):
            known = {column for column in wanted if column in fields or column in _SCHEMA_FIELDS}
            if known == set(wanted):
                schemas = [wanted[column] for column in wanted if column in _SCHEMA_FIELDS and column not in fields]
                return any(_matches(row, asked, schemas) for row in source(session))
    return None


def _names_object(source: object, asked: Row) -> bool:
    return "name" in asked or source is _enum_labels


def _matches(row: Row, asked: Row, schemas: list[str]) -> bool:
    return all(row.get(key) == value for key, value in asked.items()) and all(
        row.get("schema", value) == value for value in schemas
    )


def _catalogs(query: Cursor) -> set[str]:
    """Catalog tables that the query names in FROM and JOIN."""
    found: set[str] = set()
    tokens, text = query.tokens, query.source.text
    for position, token in enumerate(tokens):
        if token.word in ("from", "join"):
            at = position + 1
            while tokens[at + 1].word == "." and at + 2 < len(tokens):
                at += 2
            if tokens[at].kind in (WORD, QUOTED):
                found.add(identifier(tokens[at], text))
    return found


def _equalities(query: Cursor) -> dict[str, str]:
    """`column = 'value'` and `column = 'name'::regclass`, by the column's name without its qualifier.

    A comparison that is none of these comes under a name that nothing answers to.
    """
    found: dict[str, str] = {}
    tokens, text = query.tokens, query.source.text
    start = next((i for i, token in enumerate(tokens) if token.word == "where"), len(tokens) - 1)
    for position in range(start, len(tokens) - 1):
        token, behind = tokens[position], tokens[position + 1]
        if behind.word in ("<>", "!=", "like", "ilike", "in", "~", "<", ">", "is") and token.kind in (WORD, QUOTED):
            if token.word != "not":
                found[f"{token.word} {behind.word}"] = ""
            continue
        if token.word == "or" or token.word == "not":
            found[token.word] = ""
        if behind.word != "=" or token.kind not in (WORD, QUOTED):
            continue
        value = tokens[position + 2]
        column = identifier(token, text)
        if value.kind == STRING:
            found[column] = _value(string(value, text), tokens[position + 3 : position + 5])
        elif value.word == "(":
            nested = [string(item, text) for item in tokens[position + 2 : position + 20] if item.kind == STRING]
            found[column] = nested[0] if nested else ""
        elif value.word == "current_schema":
            found[column] = "public"
        elif value.kind not in (WORD, QUOTED):
            found[column] = ""
    return found


def _value(value: str, behind: list[Token]) -> str:
    """A name cast to regclass loses its schema: names are compared without it."""
    words = [token.word for token in behind]
    if words[:1] == ["::"] and words[1:2] in (["regclass"], ["regtype"]):
        return value.replace('"', "").split(".")[-1]
    return value


def _relations(session: Session) -> Iterator[Row]:
    for schema, name in session.catalog.relations:
        yield {"schema": schema, "name": name}


def _tables(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        if isinstance(entry, TableEntry):
            yield {"schema": schema, "name": name}


def _views(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        if isinstance(entry, ViewEntry):
            yield {"schema": schema, "name": name}


def _sequences(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        if isinstance(entry, SequenceEntry):
            yield {"schema": schema, "name": name}


def _columns(session: Session) -> Iterator[Row]:
    for (schema, table), entry in session.catalog.relations.items():
        if isinstance(entry, TableEntry):
            for name in entry.columns:
                yield {"schema": schema, "table": table, "name": name}


def _constraints(session: Session) -> Iterator[Row]:
    words = {"PrimaryKey": "PRIMARY KEY", "ForeignKey": "FOREIGN KEY", "Unique": "UNIQUE", "Check": "CHECK"}
    for (schema, table), entry in session.catalog.relations.items():
        if isinstance(entry, TableEntry):
            for name, item in entry.constraints.items():
                word = words.get(type(item).__name__, "EXCLUDE")
                yield {"schema": schema, "table": table, "name": name, "type": word, "short": word[0].lower()}


def _indexes(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        if isinstance(entry, IndexEntry):
            yield {"schema": schema, "table": entry.owner[1], "name": name}


def _types(session: Session) -> Iterator[Row]:
    for schema, name in session.catalog.types:
        yield {"schema": schema, "name": name}


def _enum_labels(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.types.items():
        if isinstance(entry, Enum):
            for label in entry.values:
                yield {"schema": schema, "type": name, "label": label}


def _policies(session: Session) -> Iterator[Row]:
    for (schema, table), policies in session.catalog.policies.items():
        for name in policies:
            yield {"schema": schema, "table": table, "name": name}


def _triggers(session: Session) -> Iterator[Row]:
    for (schema, table), triggers in session.catalog.triggers.items():
        for name in triggers:
            yield {"schema": schema, "table": table, "name": name}


def _functions(session: Session) -> Iterator[Row]:
    for schema, name, _ in session.catalog.functions:
        yield {"schema": schema, "name": name}


def _namespaces(session: Session) -> Iterator[Row]:
    for name in ("public", *session.catalog.namespaces):
        yield {"name": name}


def _extensions(session: Session) -> Iterator[Row]:
    for name in session.catalog.extensions:
        yield {"name": name}


def _roles(session: Session) -> Iterator[Row]:
    for name in session.catalog.roles:
        yield {"name": name}


#: Columns that say in which schema something is.
_SCHEMA_FIELDS = frozenset(
    """
    nspname schemaname table_schema constraint_schema sequence_schema connamespace typnamespace relnamespace
    pronamespace trigger_schema event_object_schema schema_name routine_schema
    """.split()
)
#: Catalogs that are only joined for a schema's or table's name.
_JOINED = frozenset({"pg_namespace", "pg_class", "pg_attribute"})
_FIELDS = {
    _relations: {"relname": "name"},
    _tables: {"tablename": "name", "table_name": "name"},
    _views: {"viewname": "name", "table_name": "name", "matviewname": "name"},
    _sequences: {"sequencename": "name", "sequence_name": "name"},
    _columns: {"table_name": "table", "column_name": "name", "attname": "name", "attrelid": "table"},
    _constraints: {
        "conname": "name", "constraint_name": "name", "conrelid": "table", "table_name": "table", "relname": "table",
        "contype": "short", "constraint_type": "type",
    },
    _indexes: {"indexname": "name", "tablename": "table"},
    _types: {"typname": "name"},
    _enum_labels: {"enumlabel": "label", "typname": "type", "enumtypid": "type"},
    _policies: {"policyname": "name", "polname": "name", "tablename": "table", "polrelid": "table", "relname": "table"},
    _triggers: {
        "tgname": "name", "trigger_name": "name", "tgrelid": "table", "event_object_table": "table", "relname": "table",
    },
    _functions: {"proname": "name", "routine_name": "name"},
    _namespaces: {"nspname": "name", "schema_name": "name"},
    _extensions: {"extname": "name"},
    _roles: {"rolname": "name", "usename": "name"},
}  # fmt: skip
#: Catalog → its rows; the most telling first, those that are mostly joined last.
_CATALOGS = {
    "pg_enum": _enum_labels,
    "pg_type": _types,
    "pg_constraint": _constraints,
    "table_constraints": _constraints,
    "pg_policies": _policies,
    "pg_policy": _policies,
    "pg_trigger": _triggers,
    "triggers": _triggers,
    "pg_indexes": _indexes,
    "pg_tables": _tables,
    "tables": _tables,
    "columns": _columns,
    "pg_attribute": _columns,
    "views": _views,
    "pg_views": _views,
    "pg_matviews": _views,
    "sequences": _sequences,
    "pg_sequences": _sequences,
    "pg_proc": _functions,
    "routines": _functions,
    "pg_extension": _extensions,
    "pg_roles": _roles,
    "pg_user": _roles,
    "pg_authid": _roles,
    "pg_class": _relations,
    "schemata": _namespaces,
    "pg_namespace": _namespaces,
}
