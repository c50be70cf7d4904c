"""PostgreSQL's dialect where driftcheck is asked instead of the system catalogs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exc, types
from sqlalchemy.dialects.postgresql import ENUM
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.url import make_url
from sqlalchemy.pool import StaticPool

from . import driver
from .talk import Talk

#: What a server of today says.
_VERSION = (17, 0)


class TalkingDialect(PGDialect):
    """PostgreSQL's dialect: SQL as ever, reflection by questions."""

    supports_statement_cache = True
    driver = "psycopg2"
    insert_returning = update_returning = delete_returning = True
    use_insertmanyvalues = False
    supports_sane_rowcount = supports_sane_multi_rowcount = False
    default_schema_name = "public"
    server_version_info = _VERSION
    default_isolation_level = "READ COMMITTED"
    _on_connect_isolation_level = None

    def __init__(self, talk: Talk, asynchronous: bool = False) -> None:
        initialize: Any = super().__init__
        initialize(paramstyle="named")
        self.talk = talk
        self.dbapi: Any = driver
        self.is_async = asynchronous
        self.implicit_returning = True

    # --- what a driver's dialect does ---

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        compiled = getattr(context, "compiled", None)
        cursor.columns = [entry[0] for entry in getattr(compiled, "_result_columns", None) or ()]
        if parameters and compiled is not None:
            statement, parameters = self._literal(compiled, statement, parameters)
        cursor.execute(statement, parameters)

    def do_execute_no_params(self, cursor: Any, statement: Any, context: Any = None) -> None:
        cursor.execute(statement)

    def do_executemany(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        cursor.executemany(statement, parameters)

    def _literal(self, compiled: Any, statement: Any, parameters: Any) -> tuple[Any, Any]:
        """The statement with its parameters as SQLAlchemy would write them, where it can."""
        if getattr(compiled, "isinsert", False) or getattr(compiled, "isupdate", False):
            return statement, None
        try:
            values = dict(parameters)
            known = {name: value for name, value in values.items() if name in compiled.statement._bindparams}
            bound = compiled.statement.bindparams(**known) if known else compiled.statement
        except Exception:  # noqa: BLE001 # whatever SQLAlchemy thinks of it, there is the plain way
            bound = compiled.statement
        try:
            return str(bound.compile(dialect=self, compile_kwargs={"literal_binds": True})), None
        except Exception:  # noqa: BLE001 # as above
            return statement, parameters

    def get_isolation_level_values(self, *_: Any) -> Any:
        return ("AUTOCOMMIT", "SERIALIZABLE", "READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ")

    def get_isolation_level(self, *_: Any, **__: Any) -> Any:
        return "READ COMMITTED"

    get_default_isolation_level = get_isolation_level

    def set_isolation_level(self, *_: Any, **__: Any) -> None:
        return None

    def do_savepoint(self, connection: Any, name: str) -> None:
        self.talk.savepoint(name)

    def do_release_savepoint(self, connection: Any, name: str) -> None:
        self.talk.end_of_savepoint(name, back=False)

    def do_rollback_to_savepoint(self, connection: Any, name: str) -> None:
        self.talk.end_of_savepoint(name, back=True)

    def do_ping(self, dbapi_connection: Any) -> bool:
        return True

    # --- what exists ---

    def _is_there(self, kind: str, name: Any, schema: Any = None) -> bool:
        question = {"about": "existence", "kind": kind, "schema": _name(schema), "name": str(name)}
        answer = self.talk.ask(question)
        if answer is None:
            self.talk.gap(str(name), f"whether the {kind} is there decides what this does, and is not known here")
        return bool(answer)

    def has_table(self, connection: Any, table_name: Any, schema: Any = None, **_: Any) -> bool:
        return self._is_there("table", table_name, schema)

    def has_sequence(self, connection: Any, sequence_name: Any, schema: Any = None, **_: Any) -> bool:
        return self._is_there("sequence", sequence_name, schema)

    def has_type(self, connection: Any, type_name: Any, schema: Any = None, **_: Any) -> bool:
        return self._is_there("type", type_name, schema)

    def has_schema(self, connection: Any, schema: Any, **_: Any) -> bool:  # type: ignore[override] # as PGDialect's
        return self._is_there("schema", schema)

    def has_index(self, connection: Any, table_name: Any, index_name: Any, schema: Any = None, **_: Any) -> bool:
        return any(index["name"] == index_name for index in self.get_indexes(connection, table_name, schema))

    def has_multi_table(self, connection: Any, table_names: Any, schema: Any = None, **_: Any) -> Any:
        return {(schema, name): self._is_there("table", name, schema) for name in table_names}

    # --- lists ---

    def _names(self, kind: str, schema: Any = None) -> list[str]:
        answer = self.talk.ask({"about": "names", "kind": kind, "schema": _name(schema)})
        if answer is None:
            self.talk.gap(kind, "what this does depends on what is there, which is not known here")
        return list(answer or ())

    def get_table_names(self, connection: Any, schema: Any = None, **_: Any) -> list[str]:
        return self._names("table", schema)

    def get_view_names(self, connection: Any, schema: Any = None, **_: Any) -> list[str]:
        return self._names("view", schema)

    def get_materialized_view_names(self, connection: Any, schema: Any = None, **_: Any) -> list[str]:
        return self._names("materialized view", schema)

    def get_sequence_names(self, connection: Any, schema: Any = None, **_: Any) -> list[str]:
        return self._names("sequence", schema)

    def get_schema_names(self, connection: Any, **_: Any) -> list[str]:
        return self._names("schema")

    def _nothing(self, *_: Any, **__: Any) -> list[Any]:
        return []

    get_temp_table_names = get_temp_view_names = get_foreign_table_names = _get_foreign_table_names = _nothing
    _load_domains = get_domains = _nothing

    def _load_enums(self, connection: Any, schema: Any = None, **_: Any) -> Any:
        wanted = None if schema == "*" else _name(schema)
        found = self.talk.ask({"about": "enums", "schema": wanted, "every": schema == "*"})
        if found is None:
            self.talk.gap("enums", "what this does depends on what is there, which is not known here")
        return [{"visible": one["schema"] == "public", **one} for one in found or ()]

    # --- a table ---

    def _table(self, name: Any, schema: Any) -> dict[str, Any]:
        found = self.talk.ask({"about": "table", "schema": _name(schema), "name": str(name)})
        if found is None:
            raise exc.NoSuchTableError(f"{schema}.{name}" if schema else str(name))
        return dict(found)

    def get_columns(self, connection: Any, table_name: Any, schema: Any = None, **_: Any) -> Any:
        return [self._column(column) for column in self._table(table_name, schema)["columns"]]

    def _column(self, facts: dict[str, Any]) -> dict[str, Any]:
        column = {key: facts[key] for key in ("name", "nullable", "default", "comment")}
        column["type"] = self._type(facts)
        column["autoincrement"] = bool(facts["default"] and "nextval(" in facts["default"])
        if facts.get("computed"):
            column["computed"] = facts["computed"]
        if facts.get("identity") is not None:
            column["identity"] = facts["identity"]
        return column

    def _type(self, facts: dict[str, Any]) -> Any:
        name, arguments = facts["type"], [int(one) if one.isdigit() else one for one in facts["arguments"]]
        if facts.get("labels") is not None:
            made: Any = ENUM(*facts["labels"], name=name, schema=facts["type_schema"], create_type=False)
        else:
            made = self._built_in(name, arguments)
        if facts["dimensions"]:
            return types.ARRAY(made, dimensions=None)
        return made

    def _built_in(self, name: str, arguments: list[Any]) -> Any:
        known = self.ischema_names.get(name)
        if known is None:
            return types.NullType()
        if name in ("timestamp with time zone", "timestamp without time zone", "time with time zone",
                    "time without time zone"):  # fmt: skip
            precision = arguments[0] if arguments else None
            return known(timezone="with time" in name and "without" not in name, precision=precision)
        if name == "interval":
            return known()
        try:
            return known(*arguments)
        except TypeError:
            return known()

    def get_pk_constraint(self, connection: Any, table_name: Any, schema: Any = None, **_: Any) -> Any:
        return self._table(table_name, schema)["primary_key"]

    def get_foreign_keys(self, connection: Any, table_name: Any, schema: Any = None, **_: Any) -> Any:
        return self._table(table_name, schema)["foreign_keys"]

    def get_unique_constraints(self, connection: Any, table_name: Any, schema: Any = None, **_: Any) -> Any:
        return self._table(table_name, schema)["uniques"]

    def get_check_constraints(self, connection: Any, table_name: Any, schema: Any = None, **_: Any) -> Any:
        return self._table(table_name, schema)["checks"]

    def get_indexes(self, connection: Any, table_name: Any, schema: Any = None, **_: Any) -> Any:
        return self._table(table_name, schema)["indexes"]

    def get_table_comment(self, connection: Any, table_name: Any, schema: Any = None, **_: Any) -> Any:
        return {"text": self._table(table_name, schema)["comment"]}

    def get_table_options(self, *_: Any, **__: Any) -> Any:
        return {}

    def get_table_oid(self, *_: Any, **__: Any) -> int:
        return 0

    def get_view_definition(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError("driftcheck does not say how a view is defined")

    #: Of several tables one after the other, as for databases that cannot do better.
    for _several in ("columns", "pk_constraint", "foreign_keys", "indexes", "unique_constraints", "check_constraints",
                     "table_comment", "table_options"):  # fmt: skip
        if hasattr(DefaultDialect, f"get_multi_{_several}"):
            vars()[f"get_multi_{_several}"] = getattr(DefaultDialect, f"get_multi_{_several}")


def _name(schema: Any) -> str | None:
    return None if schema is None else str(schema)


def engine(talk: Talk, url: Any = None, asynchronous: bool = False) -> Any:
    """An engine of SQLAlchemy that talks instead of connecting."""
    dialect = TalkingDialect(talk, asynchronous)
    pool = StaticPool(lambda *_: driver.DriverConnection(talk))  # type: ignore[arg-type] # a driver of ours
    try:
        address = make_url(url)
    except Exception:  # noqa: BLE001 # an unset variable: whatever it is, it will not be connected to
        address = make_url("postgresql://")
    return Engine(pool, dialect, address)
