"""`pgSchema`, `pgEnum`, `pgSequence`, `pgRole`, `pgPolicy`."""

from __future__ import annotations

from ...model import Location
from ...typescript.runtime.properties import own_keys
from ...typescript.runtime.values import UNDEFINED, CallSite, HostFunction, JsArray, JsObject, Unknown, Value
from .casing import Casing
from .columns import ColumnBuilder
from .columns.kind import ColumnKind, option
from .context import Context, Entity, argument, method
from .literals import identifier
from .rendering import Renderer
from .sql import SqlObject
from .tables import table_function
from .views import view_function


class PgEnum(SqlObject, Entity):
    """`pgEnum('status', ['a', 'b'])`: callable, it makes columns of its type."""

    kind = "enum"
    type_of = "function"

    def __init__(self, name: Value, values: Value, schema: Value, context: Context, location: Location | None) -> None:
        Entity.__init__(self, location)
        self.name = name
        self.values = values
        self.schema = schema
        self.context = context

    def call(self, arguments: list[Value], site: CallSite) -> Value:
        given = argument(arguments, 0)
        kind = ColumnKind("PgEnumColumn", "string", self._type(), enum=self, enum_values=self.values)
        return ColumnBuilder(kind, given if isinstance(given, str | Unknown) else "", site, self.context)

    def _type(self) -> str | Unknown:
        if isinstance(self.name, str):
            return identifier(self.name)
        return self.name if isinstance(self.name, Unknown) else Unknown("its enum's name is no text", self.location)

    def get(self, key: str, site: CallSite) -> Value:
        facts = {"enumName": self.name, "enumValues": self.values, "schema": self.schema}
        if key in facts:
            return UNDEFINED if facts[key] is None else facts[key]
        return UNDEFINED if key in ("name", "prototype") else super().get(key, site)

    def render(self, renderer: Renderer) -> str:
        name = renderer.identifier(self.name)
        return name if self.schema is None else f"{renderer.identifier(self.schema)}.{name}"


def enum_function(context: Context, schema: Value = None) -> HostFunction:
    def make(arguments: list[Value], site: CallSite) -> Value:
        name, values = argument(arguments, 0), argument(arguments, 1)
        if isinstance(values, JsObject):
            values = JsArray(values[key] for key in own_keys(values))
        elif not isinstance(values, JsArray | Unknown):
            values = site.unknown("its values are neither an array nor an object")
        enum = PgEnum(name, JsArray(values) if isinstance(values, JsArray) else values, schema, context, site.named_at)
        context.declare(enum)
        return enum

    return HostFunction(make, "pgEnum")


class PgSchema(SqlObject, Entity):
    """`pgSchema('billing')`."""

    kind = "schema"

    def __init__(self, name: Value, context: Context, location: Location | None, casing: Casing | None) -> None:
        Entity.__init__(self, location)
        self.name = name
        self.existing = False
        self.context = context
        self._members: dict[str, Value] = {
            "schemaName": name,
            "table": table_function(context, schema=name, casing=casing),
            "enum": enum_function(context, name),
            "view": view_function(context, schema=name, casing=casing),
            "materializedView": view_function(context, schema=name, materialized=True, casing=casing),
            "sequence": sequence_function(context, name),
            "existing": method(self._exists),
        }

    def get(self, key: str, site: CallSite) -> Value:
        return self._members.get(key) or super().get(key, site)

    def _exists(self, arguments: list[Value], site: CallSite) -> Value:
        self.existing = True
        return self

    def render(self, renderer: Renderer) -> str:
        return renderer.identifier(self.name)


def schema_function(context: Context, casing: Casing | None = None) -> HostFunction:
    def make(arguments: list[Value], site: CallSite) -> Value:
        schema = PgSchema(argument(arguments, 0), context, site.named_at, casing)
        context.declare(schema)
        return schema

    return HostFunction(make, "pgSchema")


class PgSequence(Entity):
    """`pgSequence('order_numbers', { startWith: 100 })`."""

    kind = "sequence"

    def __init__(self, name: Value, options: Value, schema: Value, location: Location | None) -> None:
        super().__init__(location)
        self.name = name
        self.options = options
        self.schema = schema

    def get(self, key: str, site: CallSite) -> Value:
        facts = {"seqName": self.name, "seqOptions": self.options, "schema": self.schema}
        return facts[key] if key in facts else super().get(key, site)


def sequence_function(context: Context, schema: Value = None) -> HostFunction:
    def make(arguments: list[Value], site: CallSite) -> Value:
        sequence = PgSequence(argument(arguments, 0), argument(arguments, 1), schema, site.named_at)
        context.declare(sequence)
        return sequence

    return HostFunction(make, "pgSequence")


class PgRole(Entity):
    """`pgRole('admin', { createDb: true })`; `.existing()` ones are not created."""

    kind = "role"

    def __init__(self, name: Value, config: Value, location: Location | None, existing: bool = False) -> None:
        super().__init__(location)
        self.name = name
        self.config = config
        self.existing = existing

    def get(self, key: str, site: CallSite) -> Value:
        if key == "existing":
            return method(self._exists)
        return self.name if key == "name" else super().get(key, site)

    def _exists(self, arguments: list[Value], site: CallSite) -> Value:
        self.existing = True
        return self


def role_function(context: Context) -> HostFunction:
    def make(arguments: list[Value], site: CallSite) -> Value:
        role = PgRole(argument(arguments, 0), argument(arguments, 1), site.named_at)
        context.declare(role)
        return role

    return HostFunction(make, "pgRole")


class PgPolicy(Entity):
    """`pgPolicy('name', { for, to, using, withCheck })`; `.link(table)` puts it on a table from outside."""

    kind = "policy"

    def __init__(self, name: Value, config: Value, location: Location | None) -> None:
        super().__init__(location)
        self.name = name
        self.config = config
        self.linked: Value = None

    def option(self, key: str) -> Value:
        return option(self.config, key)

    def get(self, key: str, site: CallSite) -> Value:
        if key == "link":
            return method(self._link)
        if key == "name":
            return self.name
        value = self.option(key)
        return UNDEFINED if value is None else value

    def _link(self, arguments: list[Value], site: CallSite) -> Value:
        self.linked = argument(arguments, 0)
        return self


def policy_function(context: Context) -> HostFunction:
    def make(arguments: list[Value], site: CallSite) -> Value:
        policy = PgPolicy(argument(arguments, 0), argument(arguments, 1), site.named_at)
        context.declare(policy)
        return policy

    return HostFunction(make, "pgPolicy")
