"""From what a program declared and exported to a `Schema`: what drizzle-kit would create, and what it would not.

Source: `prepareFromExports` and `generatePgSnapshot` of drizzle-kit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from typing import TypeVar

from ... import model
from ...budget import Budget
from ...frozen import dataclass
from ...model import Opaque, Schema, truncate
from ...reading import Unexported
from ...typescript.runtime.values import UNDEFINED, UNKNOWN_KEYS, JsArray, Unknown, Value
from .column_facts import column_model, flag, whole_number
from .context import Context, Entity
from .irrelevant import OtherDialect
from .keys import KeyReader, TableKeys
from .literals import NotKnown, parameters, scalar_text
from .rendering import expression
from .schemas import PgEnum, PgPolicy, PgRole, PgSchema, PgSequence
from .sql import SqlObject
from .tables import PgTable, extra_values
from .views import PgView

Kind = TypeVar("Kind", bound=Entity)
Built = TypeVar("Built")


@dataclass(slots=True)
class _SchemaParts:
    namespaces: dict[str, model.Namespace] = field(default_factory=dict)
    tables: dict[tuple[str, str], model.Table] = field(default_factory=dict)
    enums: dict[tuple[str, str], model.Enum] = field(default_factory=dict)
    sequences: list[model.Sequence] = field(default_factory=list)
    views: dict[tuple[str, str], model.View] = field(default_factory=dict)
    policies: list[model.Policy] = field(default_factory=list)
    roles: dict[str, model.Role] = field(default_factory=dict)
    opaque: list[Opaque] = field(default_factory=list)


class Assembly:
    """Turns entities into one Schema. Names that are not known are gaps."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.parts = _SchemaParts()
        #: How much there is of what the model has no room for, by kind in the plural.
        self.unmodelled: Counter[str] = Counter()
        self._placed: set[int] = set()
        #: The names of tables and sequences, by schema: a serial column's sequence takes a free one.
        self._relations: dict[str, set[str]] = {}

    def schema(self, exported: list[Entity]) -> Schema:
        own = self._wanted(list(dict.fromkeys(exported)))
        for namespace in _of(own, PgSchema):
            self._namespace(namespace)
        for enum in _of(own, PgEnum):
            self._enum(enum)
        for sequence in _of(own, PgSequence):
            self._sequence(sequence)
        for role in _of(own, PgRole):
            self._role(role)
        for table in _of(own, PgTable):
            self._table(table)
        for policy in _of(own, PgPolicy):
            self._linked(policy)
        for view in _of(own, PgView):
            self._view(view)
        parts = self.parts
        return Schema(
            namespaces=tuple(parts.namespaces.values()),
            tables=tuple(parts.tables.values()),
            enums=tuple(parts.enums.values()),
            sequences=tuple(parts.sequences),
            views=tuple(parts.views.values()),
            policies=tuple(parts.policies),
            roles=tuple(parts.roles.values()),
            opaque=tuple(parts.opaque),
        )

    def _wanted(self, entities: list[Entity]) -> list[Entity]:
        """drizzle-kit 1.0 leaves alone what is in a schema that `.existing()` says is there already."""
        existing = {schema.name for schema in _of(entities, PgSchema) if schema.existing}
        return [entity for entity in entities if getattr(entity, "schema", None) not in existing or not existing]

    # -- Names ------------------------------------------------------------------------------------------------------

    def _name(self, entity: Entity, name: Value, schema: Value = None) -> tuple[str, str] | None:
        """(schema, name) as PostgreSQL has them, or None with a gap if one is not known."""
        for value in (name, schema):
            if isinstance(value, Unknown):
                self.context.gap(entity.location, f"the name of a {entity.kind}", value)
                return None
        if not isinstance(name, str) or not name or not (isinstance(schema, str) or schema in (None, UNDEFINED)):
            self.context.gap(entity.location, f"the name of a {entity.kind}", "it is not text")
            return None
        return truncate(schema) if isinstance(schema, str) else "public", truncate(name)

    def _gap(self, entity: Entity, what: str, why: Unknown, key: tuple[str, str]) -> None:
        self.context.gap(entity.location, what, why, ".".join(key))

    def _fact(
        self,
        entity: Entity,
        key: tuple[str, str],
        unknown: set[str],
        fact: str,
        what: str,
        read: Callable[[], Built],
        other: Built,
    ) -> Built:
        """What `read` gives; if that is not known, a gap, and `other` for a fact that is unknown."""
        try:
            return read()
        except NotKnown as error:
            unknown.add(fact)
            self._gap(entity, what, error.unknown, key)
            return other

    # -- Small things -----------------------------------------------------------------------------------------------

    def _namespace(self, schema: PgSchema) -> None:
        key = self._name(schema, schema.name)
        if key is not None and not schema.existing and key[1] != "public":
            self.parts.namespaces[key[1]] = model.Namespace(name=key[1], location=schema.location)

    def _enum(self, enum: PgEnum) -> None:
        key = self._name(enum, enum.name, enum.schema)
        if key is None:
            return
        values = enum.values if isinstance(enum.values, JsArray) else JsArray([enum.values])
        known = [scalar_text(value) for value in values if isinstance(value, str | int | float)]
        unknown = next((value for value in values if not isinstance(value, str | int | float)), None)
        if unknown is not None:
            why = unknown if isinstance(unknown, Unknown) else Unknown("one of its values is not text")
            self._gap(enum, f"values of enum {key[1]}", why, key)
        self.parts.enums[key] = model.Enum(
            schema=key[0],
            name=key[1],
            values=tuple(known),
            location=enum.location,
            unknown=frozenset() if unknown is None else frozenset({"values"}),
        )

    def _sequence(self, sequence: PgSequence) -> None:
        key = self._name(sequence, sequence.name, sequence.schema)
        if key is None:
            return
        if any((made.schema, made.name) == key for made in self.parts.sequences):
            return
        unknown: set[str] = set()

        def fact(name: str, key_: str, read: Callable[[Value, str], Built], other: Built) -> Built:
            what = f"{key_} of sequence {key[1]}"
            return self._fact(sequence, key, unknown, name, what, lambda: read(sequence.options, key_), other)

        made = model.Sequence(
            schema=key[0],
            name=key[1],
            start=fact("start", "startWith", whole_number, None),
            increment=fact("increment", "increment", whole_number, None),
            minimum=fact("minimum", "minValue", whole_number, None),
            maximum=fact("maximum", "maxValue", whole_number, None),
            cache=fact("cache", "cache", whole_number, None),
            cycle=fact("cycle", "cycle", flag, False),
            location=sequence.location,
        )
        self._relations.setdefault(key[0], set()).add(key[1])
        self.parts.sequences.append(replace(made, unknown=frozenset(unknown)))

    def _role(self, role: PgRole) -> None:
        key = self._name(role, role.name)
        if key is None or role.existing:
            return
        unknown: set[str] = set()

        def fact(name: str, key_: str, default: bool) -> bool:
            what = f"{key_} of role {key[1]}"
            return self._fact(role, key, unknown, name, what, lambda: flag(role.config, key_, default), default)

        made = model.Role(
            name=key[1],
            create_database=fact("create_database", "createDb", False),
            create_role=fact("create_role", "createRole", False),
            inherit=fact("inherit", "inherit", True),
            location=role.location,
        )
        self.parts.roles[key[1]] = replace(made, unknown=frozenset(unknown))

    # -- Tables -----------------------------------------------------------------------------------------------------

    def _table(self, table: PgTable) -> None:
        key = self._name(table, table.name, table.schema)
        if key is None:
            return
        self._relations.setdefault(key[0], set()).add(key[1])
        unknown: set[str] = set()
        for property_name, why in table.problems:
            unknown.add("columns")
            whole = property_name in ("columns", UNKNOWN_KEYS)
            what = f"columns of {key[1]}" if whole else f"column {property_name} of {key[1]}"
            self.context.gap(why.location or table.location, what, why, ".".join(key))
        columns = self._columns(table, key[0])
        extras: list[Value] = []
        if table.site is not None:
            extras, problems = extra_values(table, table.site, self.context)
            for why in problems:
                unknown |= {"primary_key", "foreign_keys", "uniques", "checks", "indexes"}
                self.context.gap(table.location, f"keys and indexes of {key[1]}", why, ".".join(key))
            for foreign in (extra for extra in extras if isinstance(extra, OtherDialect)):
                unknown |= _FOREIGN.get(foreign.maker, set())
                why = Unknown(f"drizzle-kit leaves out what is made by {foreign.specifier}")
                self.context.gap(table.location, f"{foreign.maker} of {key[1]}", why, ".".join(key))
        keys = self._keys_of(table, extras)
        policies = [extra for extra in extras if isinstance(extra, PgPolicy)]
        for policy in policies:
            self._placed.add(id(policy))
            self._policy(policy, key)
        self.parts.tables[key] = model.Table(
            schema=key[0],
            name=key[1],
            columns=tuple(columns),
            primary_key=keys.primary_key,
            foreign_keys=tuple(keys.foreign_keys),
            uniques=tuple(keys.uniques),
            checks=tuple(keys.checks),
            indexes=tuple(keys.indexes),
            row_security=table.row_security or bool(policies),
            location=table.location,
            unknown=frozenset(unknown | keys.unknown),
        )

    def _keys_of(self, table: PgTable, extras: list[Value]) -> TableKeys:
        return KeyReader(table, self.context).read(extras)

    def _columns(self, table: PgTable, schema: str) -> list[model.Column]:
        """Of two columns with one name, drizzle-kit keeps the place of the first and the facts of the last."""
        columns: dict[str, model.Column] = {}
        taken = self._relations[schema]
        for column in table.columns.values():
            made, sequence = column_model(table, column, self.context, taken)
            columns[made.name] = made
            if sequence is not None:
                taken.add(sequence.name)
                self.parts.sequences.append(sequence)
        return list(columns.values())

    # -- Policies ---------------------------------------------------------------------------------------------------

    def _linked(self, policy: PgPolicy) -> None:
        """An exported policy: on the table it is linked to; without one drizzle-kit skips it."""
        table = policy.linked
        if table is None:
            return
        if not isinstance(table, PgTable):
            why = table if isinstance(table, Unknown) else Unknown("it is linked to what is not a table")
            self.context.gap(policy.location, f"policy {policy.name}", why)
            return
        self._placed.add(id(policy))
        key = self._name(table, table.name, table.schema)
        if key is None:
            return
        self._policy(policy, key)
        if key in self.parts.tables:
            self.parts.tables[key] = replace(self.parts.tables[key], row_security=True)

    def _policy(self, policy: PgPolicy, table: tuple[str, str]) -> None:
        named = self._name(policy, policy.name)
        if named is None:
            return
        unknown: set[str] = set()

        def fact(name: str, read: Callable[[], Value], other: Value) -> Value:
            return self._fact(policy, table, unknown, name, f"{name} of policy {named[1]}", read, other)

        made = model.Policy(
            schema=table[0],
            table=table[1],
            name=named[1],
            command=fact("command", lambda: _word(policy, "for", "all", _COMMANDS), "all"),
            roles=fact("roles", lambda: _roles(policy.option("to")), ("public",)),
            using=fact("using", lambda: _condition(policy.option("using"), self.context.budget), None),
            check=fact("check", lambda: _condition(policy.option("withCheck"), self.context.budget), None),
            permissive=fact("permissive", lambda: _word(policy, "as", "permissive", _MODES) == "permissive", True),
            location=policy.location,
        )
        self.parts.policies.append(replace(made, unknown=frozenset(unknown)))

    # -- Views ------------------------------------------------------------------------------------------------------

    def _view(self, view: PgView) -> None:
        key = self._name(view, view.name, view.schema)
        if key is None or view.query is None:
            return
        self.unmodelled.update(view.unmodelled)
        unknown: set[str] = set()

        def fact(name: str, what: str, read: Callable[[], Built], other: Built) -> Built:
            return self._fact(view, key, unknown, name, f"{what} of view {key[1]}", read, other)

        self.parts.views[key] = model.View(
            schema=key[0],
            name=key[1],
            definition=fact("definition", "query", lambda: view.definition(self.context.budget), model.Expression("")),
            materialized=view.materialized,
            options=fact("options", "options", lambda: parameters(view.options, _snake), ()),
            with_data=view.with_data,
            location=view.location,
            unknown=frozenset(unknown),
        )

    # -- What drizzle-kit would not create --------------------------------------------------------------------------

    def unexported(self, exported: Iterable[Entity]) -> list[Unexported]:
        """The project's own entities that no schema file exports, and policies without a table, as declared."""
        created = [entity for entity in exported if not isinstance(entity, PgPolicy)]
        known = {id(entity) for entity in created} | self._placed
        names = {(entity.kind, *_key_of(entity)) for entity in created}
        found: dict[tuple[str, str, str], Unexported] = {}
        for entity in self.context.declared:
            schema, name = _key_of(entity)
            if id(entity) in known or (entity.kind, schema, name) in names or not name or _exists_already(entity):
                continue
            assert entity.location is not None
            found.setdefault((entity.kind, schema, name), Unexported(entity.location, entity.kind, schema, name))
        return list(found.values())


_COMMANDS = ("all", "select", "insert", "update", "delete")
_MODES = ("permissive", "restrictive")


#: What a function of another dialect would have made of a table.
_FOREIGN = {
    "primaryKey": {"primary_key"},
    "foreignKey": {"foreign_keys"},
    "unique": {"uniques"},
    "uniqueIndex": {"indexes"},
    "index": {"indexes"},
    "check": {"checks"},
}


def _of(entities: list[Entity], kind: type[Kind]) -> list[Kind]:
    return [entity for entity in entities if isinstance(entity, kind)]


def _key_of(entity: Entity) -> tuple[str, str]:
    name, schema = getattr(entity, "name", None), getattr(entity, "schema", None)
    return (schema if isinstance(schema, str) else "public"), name if isinstance(name, str) else ""


def _exists_already(entity: Entity) -> bool:
    """Roles, schemas and views that the author says exist."""
    return bool(getattr(entity, "existing", False)) or (isinstance(entity, PgView) and entity.query is None)


def _word(policy: PgPolicy, key: str, default: str, words: tuple[str, ...]) -> str:
    value = policy.option(key)
    if value is None:
        return default
    if isinstance(value, str) and value.lower() in words:
        return value.lower()
    raise NotKnown(value if isinstance(value, Unknown) else Unknown(f"{key} is not one of {', '.join(words)}"))


def _roles(value: Value) -> tuple[str, ...]:
    roles = list(value) if isinstance(value, JsArray) else ["public"] if value is None else [value]
    names = []
    for role in roles:
        name = role.name if isinstance(role, PgRole) else role
        if not isinstance(name, str):
            raise NotKnown(name if isinstance(name, Unknown) else Unknown("one of its roles is not a role"))
        names.append(truncate(name))
    return tuple(sorted(names)) or ("public",)


def _condition(value: Value, budget: Budget) -> model.Expression | None:
    if isinstance(value, Unknown):
        raise NotKnown(value)
    if not isinstance(value, SqlObject):
        return None
    found = expression(value, budget)
    return found if found.sql else None


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
