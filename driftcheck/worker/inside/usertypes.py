"""Types that the metadata makes beside its tables: enums and domains; and sequences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import types as sqltypes

from .columns import sequence_options
from .compiling import Compiler, why, word
from .sources import Place

Facts = dict[str, Any]


class UserTypes:
    """Collects enums and domains from columns and from the metadata itself; each name once."""

    def __init__(self, compiler: Compiler, places: Any, gap: Any) -> None:
        self._compiler, self._places, self._gap = compiler, places, gap
        self.enums: dict[tuple[str | None, str], Facts] = {}
        self.domains: dict[tuple[str | None, str], Facts] = {}

    def add(self, type_: Any, place: Place | None) -> None:
        """Whatever `type_` brings with it, also inside arrays, decorators and variants."""
        for part in self._parts(type_):
            if isinstance(part, sqltypes.Enum) and part.native_enum and part.name:
                self._add_enum(part, place)
            elif type(part).__name__ == "DOMAIN" and hasattr(part, "data_type"):
                self._add_domain(part, place)

    def add_of_metadata(self, metadata: Any) -> None:
        """Enums that were given `metadata=`: `create_all` makes them whether or not a column uses them."""
        for listener in metadata.dispatch.before_create:
            target = getattr(listener, "target", None) or getattr(listener, "__self__", None)
            if isinstance(target, sqltypes.SchemaType) and isinstance(target, sqltypes.TypeEngine):
                self.add(target, None)

    def _parts(self, type_: Any) -> Iterator[Any]:
        resolved = self._compiler.resolved(type_)
        yield resolved
        for name in ("item_type", "data_type"):
            inner = getattr(resolved, name, None)
            if isinstance(inner, sqltypes.TypeEngine):
                yield from self._parts(inner)

    def _add_enum(self, type_: Any, place: Place | None) -> None:
        key = (word(type_.schema), str(type_.name))
        values = [str(value) for value in type_.enums]
        known = self.enums.setdefault(key, {"schema": key[0], "name": key[1], "values": values, "at": None})
        if known["at"] is None:
            known["at"] = (
                self._places.named(key[1], place)
                or self._places.class_statement(type_.enum_class)
                or self._places.named_anywhere(key[1])
                or place
            )
        if known["values"] != values:
            self._gap(key[1], f"two enums have this name: {known['values']} is read, {values} is not", place)

    def _add_domain(self, type_: Any, place: Place | None) -> None:
        key = (word(type_.schema), str(type_.name))
        if key in self.domains:
            return
        facts: Facts = {"schema": key[0], "name": key[1], "nullable": not type_.not_null}
        facts["at"] = self._places.named_anywhere(key[1]) or place
        facts["collation"] = word(type_.collation)
        facts["constraint_name"] = word(type_.constraint_name)
        try:
            facts["type"], _ = self._compiler.type_and_collation(type_.data_type)
            for name, value in (("default", type_.default), ("check", type_.check)):
                if isinstance(value, str):
                    facts[name] = self._compiler.literal(value)
                else:
                    facts[name] = None if value is None else self._compiler.expression(value)
        except Exception as error:  # noqa: BLE001 # expressions are the project's own code
            self._gap(key[1], why(error), place)
            facts["opaque"] = True
        self.domains[key] = facts


def describe_sequences(metadata: Any, compiler: Compiler, places: Any) -> list[Facts]:
    """The sequences that `create_all` makes: PostgreSQL's dialect leaves out those marked `optional`."""
    found = []
    for sequence in metadata._sequences.values():
        if sequence.optional:
            continue
        facts: Facts = {"schema": word(sequence.schema), "name": str(sequence.name), **sequence_options(sequence)}
        if sequence.data_type is not None:
            facts["type"], _ = compiler.type_and_collation(sequence.data_type)
        column = getattr(sequence, "column", None)
        near = None if column is None or column.table is None else places.column(column)
        facts["at"] = places.named_anywhere(str(sequence.name)) or near
        found.append(facts)
    return found
