"""Metadata as JSON values: everything that `create_all` would make, and what of it has no form."""

from __future__ import annotations

from typing import Any

from .columns import describe_column
from .compiling import Compiler, word
from .constraints import Constraints, _option
from .fields import field_default
from .indexes import describe_indexes
from .metadata import FoundMetadata
from .places import DeclarationPlaces
from .usertypes import UserTypes, describe_sequences

Facts = dict[str, Any]


def describe(found: FoundMetadata, request: Facts) -> Facts:
    """The answer to a request that found metadata."""
    description = _Description(found, request)
    if request.get("stub_missing"):
        from . import leaks

        leaks.check(description.document, description.places)
    return description.document


class _Description:
    def __init__(self, found: FoundMetadata, request: Facts) -> None:
        from . import programs

        self._engine = request.get("dialect") or ""
        self._compiler = Compiler(self._engine)
        self.places = DeclarationPlaces(request["roots"])
        self._gaps: list[Facts] = []
        self._user_types = UserTypes(self._compiler, self.places, self._type_gap)
        self._seen: set[tuple[str | None, str]] = set()
        self.document: Facts = {
            "names": found.names,
            "notes": found.notes,
            "gaps": self._gaps,
            "tables": [],
            "views": [],
            "sequences": [],
            "events": 0,
            "executed": [],
            "lost": [],
            "unlisted": [],
        }
        for metadata in found.metadata:
            self._add(metadata)
        programs.add_events(found.metadata, self.document, self._compiler, self.places, self._gap)
        programs.add_entities(self.document)
        self.document["enums"] = list(self._user_types.enums.values())
        self.document["domains"] = list(self._user_types.domains.values())

    def _add(self, metadata: Any) -> None:
        for table in metadata.tables.values():
            self._add_table(table)
        self._user_types.add_of_metadata(metadata)
        self.document["sequences"] += describe_sequences(metadata, self._compiler, self.places)

    def _add_table(self, table: Any) -> None:
        schema, name = word(table.schema), str(table.name)
        if (schema, name) in self._seen:
            self._gap(name, "two MetaData objects define this table; the first is read", None, self.places.table(table))
            return
        self._seen.add((schema, name))
        if getattr(table, "is_view", False) or table.info.get("is_view"):
            from . import programs

            programs.add_view_table(table, self.document, self._compiler, self.places)
            return
        self.document["tables"].append(self._table(table, schema, name))

    def _table(self, table: Any, schema: str | None, name: str) -> Facts:
        owner = f"{schema}.{name}" if schema else name
        unknown: list[str] = []

        def gap(what: str, reason: str, element: Any, field: str | None = None) -> None:
            if field:
                unknown.append(field)
            self._gap(what, reason, owner, self.places.element(element, table, []))

        constraints = Constraints(table, self._compiler, self.places, gap)
        facts: Facts = {
            "schema": schema,
            "name": name,
            "comment": word(table.comment),
            "at": self.places.table(table),
            "columns": [self._column(column, owner) for column in table.columns if not column.system],
            "indexes": describe_indexes(table, self._compiler, self.places, gap),
            **constraints.facts,
            **self._options(table),
        }
        if self._engine:
            from . import statements

            facts["ddl"] = statements.of_table(table, self._compiler, gap)
        facts["unknown"] = unknown
        return facts

    def _column(self, column: Any, owner: str) -> Facts:
        place = self.places.column(column)
        unknown: list[str] = []

        def gap(field: str, reason: str) -> None:
            unknown.append(field)
            self._gap(f"{field} of {column.name}", reason, f"{owner}.{column.name}", place)

        facts = describe_column(column, self._compiler, gap)
        if facts["application_default"] is None:
            facts["application_default"] = self._field_default(column)
        self._user_types.add(column.type, place)
        return {**facts, "at": place, "unknown": unknown}

    def _field_default(self, column: Any) -> str | None:
        for class_, keys in self.places.classes.get(column.table, ()):
            default = field_default(class_, keys[column]) if column in keys else None
            if default is not None:
                return default
        return None

    def _options(self, table: Any) -> Facts:
        options = table.dialect_options["postgresql"]
        inherits = _option(options, "inherits")
        prefixes = {str(getattr(prefix, "text", prefix)).upper() for prefix in table._prefixes}
        return {
            "partition_by": word(_option(options, "partition_by")),
            "inherits": [str(item) for item in ([inherits] if isinstance(inherits, str) else inherits or ())],
            "options": {str(key): _setting(value) for key, value in (_option(options, "with") or {}).items()},
            "tablespace": word(_option(options, "tablespace")),
            "unlogged": "UNLOGGED" in prefixes,
            "prefixes": sorted(prefixes - {"UNLOGGED"}),
        }

    def _gap(self, what: str, reason: str, owner: str | None, place: Any) -> None:
        self._gaps.append({"what": what, "why": reason, "object": owner, "at": place})

    def _type_gap(self, name: str, reason: str, place: Any) -> None:
        self._gap(name, reason, name, place)


def _setting(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
