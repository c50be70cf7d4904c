"""PostgreSQL's own catalogs and the information schema, as far as the replayed catalog answers for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ....model import Check, ColumnType, ForeignKey, Located, PrimaryKey
from ....sql import catalog_name, signature_type
from ..catalog import in_doubt
from ..entries import EXISTENCE, IndexEntry, Relation, SequenceEntry, TableEntry, ViewEntry
from ..enum_labels import EnumEntry
from ..session import BUILT_IN, Session
from .constraint_text import definition

#: What a row says by the names of this module: schema, table, name, type, label; and "doubt" if it may not be there.
Row = dict[str, str]
Rows = Callable[[Session], Iterator[Row]]
#: The value of a field that is not known.
UNKNOWN = "\ue0d8"


def _doubt(item: Located) -> Row:
    return {"doubt": "yes"} if EXISTENCE in item.unknown else {}


def _doubt_of(entry: Relation) -> Row:
    return {"doubt": "yes"} if in_doubt(entry) else {}


def relations(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        yield {"schema": schema, "name": name, "kind": _kind(entry)} | _doubt_of(entry)


def _kind(entry: Relation) -> str:
    """`relkind`."""
    if isinstance(entry, TableEntry):
        return "p" if entry.partition_by is not None else "r"
    if isinstance(entry, ViewEntry):
        return "m" if entry.view.materialized else "v"
    return {SequenceEntry: "S", IndexEntry: "i"}.get(type(entry), "c")


def tables(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        if isinstance(entry, TableEntry):
            yield {"schema": schema, "name": name, "type": "BASE TABLE"} | _doubt_of(entry)


def views(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        if isinstance(entry, ViewEntry):
            yield {"schema": schema, "name": name} | _doubt_of(entry)


def sequences(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        if isinstance(entry, SequenceEntry):
            yield {"schema": schema, "name": name} | _doubt_of(entry)


def columns(session: Session) -> Iterator[Row]:
    for (schema, table), entry in session.catalog.relations.items():
        if isinstance(entry, TableEntry):
            keys = [item for item in entry.constraints.values() if isinstance(item, PrimaryKey)]
            required = {name for key in keys for name in key.columns}
            for name, column in entry.columns.items():
                type_ = UNKNOWN if "type" in column.unknown else _data_type(column.type)
                nullable = "YES" if column.nullable and name not in required else "NO"
                row = {"schema": schema, "table": table, "name": name, "type": type_}
                row["udt"] = UNKNOWN if "type" in column.unknown else _udt(column.type)
                row["nullable"] = UNKNOWN if "nullable" in column.unknown else nullable
                yield row | _doubt(column)


def _data_type(type_: ColumnType) -> str:
    """What the information schema calls a type."""
    if type_.dimensions:
        return "ARRAY"
    name = signature_type(type_)
    return name if type_.schema is None and (" " in name or name in BUILT_IN) else "USER-DEFINED"


def _udt(type_: ColumnType) -> str:
    """`udt_name`: the type's name in `pg_type`."""
    plain = type_.name if type_.schema is not None or type_.quoted else catalog_name(type_.name)
    return f"_{plain}" if type_.dimensions else plain


#: `confdeltype` and `confupdtype`.
_ACTIONS = {"no action": "a", "restrict": "r", "cascade": "c", "set null": "n", "set default": "d"}


def constraints(session: Session) -> Iterator[Row]:
    words = {"PrimaryKey": "PRIMARY KEY", "ForeignKey": "FOREIGN KEY", "Unique": "UNIQUE", "Check": "CHECK"}
    for (schema, table), entry in session.catalog.relations.items():
        if isinstance(entry, TableEntry):
            for name, item in entry.constraints.items():
                word = words.get(type(item).__name__, "EXCLUDE")
                row = {"schema": schema, "table": table, "name": name, "type": word, "short": word[0].lower()}
                if isinstance(item, ForeignKey):
                    row |= {"target": item.target_table, "delete": _ACTIONS[item.on_delete]}
                    row |= {"update": _ACTIONS[item.on_update]}
                    row |= {key: UNKNOWN for key in ("delete", "update") if f"on_{key}" in item.unknown}
                if isinstance(item, ForeignKey | Check):
                    row["validated"] = "true" if item.validated else "false"
                row["def"] = (definition(item) if not item.unknown else None) or UNKNOWN
                if isinstance(item, Check) and not item.unknown:
                    row["source"] = item.expression.sql
                yield row | _doubt(item)


def indexes(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.relations.items():
        if isinstance(entry, IndexEntry):
            owner = session.catalog.relations.get(entry.owner)
            items = [owner.indexes.get(name)] if isinstance(owner, TableEntry) else []
            doubt = next((_doubt(item) for item in items if item is not None), {})
            yield {"schema": schema, "table": entry.owner[1], "name": name} | doubt


def types(session: Session) -> Iterator[Row]:
    for (schema, name), item in session.catalog.types.items():
        yield {"schema": schema, "name": name} | _doubt(item)


def enum_labels(session: Session) -> Iterator[Row]:
    for (schema, name), entry in session.catalog.types.items():
        if isinstance(entry, EnumEntry):
            for label in entry.values:
                known = UNKNOWN if "values" in entry.unknown else label
                yield {"schema": schema, "type": name, "label": known} | _doubt(entry)


def policies(session: Session) -> Iterator[Row]:
    for (schema, table), policies in session.catalog.policies.items():
        for name, item in policies.items():
            yield {"schema": schema, "table": table, "name": name} | _doubt(item)


def triggers(session: Session) -> Iterator[Row]:
    for (schema, table), triggers in session.catalog.triggers.items():
        for name, item in triggers.items():
            yield {"schema": schema, "table": table, "name": name} | _doubt(item)


def functions(session: Session) -> Iterator[Row]:
    for (schema, name, _), item in session.catalog.functions.items():
        yield {"schema": schema, "name": name} | _doubt(item)


def namespaces(session: Session) -> Iterator[Row]:
    yield {"name": "public"}
    for name, item in session.catalog.namespaces.items():
        yield {"name": name} | _doubt(item)


def extensions(session: Session) -> Iterator[Row]:
    for name, item in session.catalog.extensions.items():
        yield {"name": name} | _doubt(item)


def roles(session: Session) -> Iterator[Row]:
    for name, item in session.catalog.roles.items():
        yield {"name": name} | _doubt(item)


#: Columns that say in which schema something is.
SCHEMA_FIELDS = frozenset(
    """
    nspname schemaname table_schema constraint_schema sequence_schema connamespace typnamespace relnamespace
    pronamespace trigger_schema event_object_schema schema_name routine_schema
    """.split()
)
#: Catalogs that are only joined for a schema's or table's name.
JOINED = frozenset({"pg_namespace", "pg_class", "pg_attribute"})
FIELDS: dict[Rows, dict[str, str]] = {
    relations: {"relname": "name", "relkind": "kind", "oid": "name"},
    tables: {"tablename": "name", "table_name": "name", "table_type": "type"},
    views: {"viewname": "name", "table_name": "name", "matviewname": "name"},
    sequences: {"sequencename": "name", "sequence_name": "name"},
    columns: {
        "table_name": "table", "column_name": "name", "attname": "name", "attrelid": "table", "is_nullable": "nullable",
        "data_type": "type", "udt_name": "udt",
    },
    constraints: {
        "conname": "name", "constraint_name": "name", "conrelid": "table", "table_name": "table", "relname": "table",
        "contype": "short", "constraint_type": "type", "confrelid": "target", "confdeltype": "delete",
        "confupdtype": "update", "convalidated": "validated", "pg_get_constraintdef": "def",
    },
    indexes: {"indexname": "name", "tablename": "table"},
    types: {"typname": "name"},
    enum_labels: {"enumlabel": "label", "typname": "type", "enumtypid": "type"},
    policies: {"policyname": "name", "polname": "name", "tablename": "table", "polrelid": "table", "relname": "table"},
    triggers: {
        "tgname": "name", "trigger_name": "name", "tgrelid": "table", "event_object_table": "table", "relname": "table",
    },
    functions: {"proname": "name", "routine_name": "name"},
    namespaces: {"nspname": "name", "schema_name": "name"},
    extensions: {"extname": "name"},
    roles: {"rolname": "name", "usename": "name"},
}  # fmt: skip
#: Catalog → its rows; the most selective first, those that are mostly joined last.
CATALOGS: dict[str, Rows] = {
    "pg_enum": enum_labels,
    "pg_type": types,
    "pg_constraint": constraints,
    "table_constraints": constraints,
    "pg_policies": policies,
    "pg_policy": policies,
    "pg_trigger": triggers,
    "triggers": triggers,
    "pg_indexes": indexes,
    "pg_tables": tables,
    "tables": tables,
    "columns": columns,
    "pg_attribute": columns,
    "views": views,
    "pg_views": views,
    "pg_matviews": views,
    "sequences": sequences,
    "pg_sequences": sequences,
    "pg_proc": functions,
    "routines": functions,
    "pg_extension": extensions,
    "pg_roles": roles,
    "pg_user": roles,
    "pg_authid": roles,
    "pg_class": relations,
    "schemata": namespaces,
    "pg_namespace": namespaces,
}
