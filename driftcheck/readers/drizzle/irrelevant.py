"""What shapes no schema, and is known not to: relations, validation schemas, database connections, other dialects."""

from __future__ import annotations

from ...typescript.values import UNDEFINED, HostFunction, HostModule, HostObject, JsArray, JsObject, Site, Value
from .context import argument


class Irrelevant(HostObject):
    """Whatever is asked of it gives the same again: `relations(…)`, `createInsertSchema(…).omit({…})`."""

    type_of = "function"

    def __init__(self, what: str) -> None:
        self.what = what

    def get(self, key: str, site: Site) -> Value:
        return self

    def call(self, arguments: list[Value], site: Site) -> Value:
        return self

    def to_string(self, site: Site) -> Value:
        return site.unknown(f"{self.what} in a string")


class OtherDialect(Irrelevant):
    """A table of MySQL, SQLite, … and all that belongs to it."""


class Choices(Irrelevant):
    """A zod enum: its values are read by `pgEnum` and `Object.values`."""

    def __init__(self, values: Value) -> None:
        super().__init__("a zod schema")
        self.values = values

    def get(self, key: str, site: Site) -> Value:
        if key in ("options", "values"):
            return JsArray(self.values.values() if isinstance(self.values, JsObject) else self.values)
        if key in ("enum", "Enum", "Values"):
            if isinstance(self.values, JsObject):
                return self.values
            return JsObject((str(value), value) for value in self.values)
        if key in ("exclude", "extract"):
            return HostFunction(lambda arguments, _site: self._part(argument(arguments, 0), key == "extract"), key)
        return super().get(key, site)

    def _part(self, names: Value, keep: bool) -> Value:
        if not isinstance(names, JsArray):
            return self
        values = self.values.values() if isinstance(self.values, JsObject) else self.values
        return Choices(JsArray(value for value in values if (value in list(names)) is keep))


class Literal(Irrelevant):
    """`z.literal('a')`."""

    def __init__(self, value: Value) -> None:
        super().__init__("a zod schema")
        self.value = value

    def get(self, key: str, site: Site) -> Value:
        return self.value if key == "value" else super().get(key, site)


class _Zod(Irrelevant):
    def __init__(self) -> None:
        super().__init__("a zod schema")

    def get(self, key: str, site: Site) -> Value:
        if key in ("enum", "nativeEnum"):
            return HostFunction(_choices, key)
        if key == "literal":
            return HostFunction(lambda arguments, _site: Literal(argument(arguments, 0, UNDEFINED)), key)
        return self if key == "z" else super().get(key, site)


def _choices(arguments: list[Value], site: Site) -> Value:
    values = argument(arguments, 0)
    return Choices(values) if isinstance(values, JsArray | JsObject) else values


def zod(specifier: str) -> HostModule:
    whole = _Zod()
    exports: dict[str, Value] = {"z": whole, "default": whole}
    exports |= {name: whole.get(name, None) for name in ("enum", "nativeEnum", "literal")}  # type: ignore[arg-type]
    return HostModule(specifier, exports, missing=lambda name: Irrelevant("a zod schema"))


def irrelevant_module(specifier: str, what: str) -> HostModule:
    """A module of whose exports none shapes a schema."""
    return HostModule(specifier, {"default": Irrelevant(what)}, missing=lambda name: Irrelevant(what))


def other_dialect(specifier: str) -> HostModule:
    return HostModule(specifier, {}, missing=lambda name: OtherDialect(f"a declaration of {specifier}"))


#: Packages whose values describe or fetch rows, and so shape no table.
PACKAGES = {
    "drizzle-zod": "a validation schema",
    "drizzle-valibot": "a validation schema",
    "drizzle-typebox": "a validation schema",
    "drizzle-arktype": "a validation schema",
    "drizzle-seed": "a seed",
    "drizzle-graphql": "a GraphQL schema",
    "valibot": "a validation schema",
    "arktype": "a validation schema",
    "typebox": "a validation schema",
    "@sinclair/typebox": "a validation schema",
    "yup": "a validation schema",
    "superstruct": "a validation schema",
    "effect": "an Effect value",
    "pg": "a database connection",
    "postgres": "a database connection",
    "@neondatabase/serverless": "a database connection",
    "@vercel/postgres": "a database connection",
    "@electric-sql/pglite": "a database connection",
    "@supabase/supabase-js": "a database connection",
    "mysql2": "a database connection",
    "better-sqlite3": "a database connection",
    "@libsql/client": "a database connection",
    "dotenv": "the environment",
}
#: Subpaths of drizzle-orm itself that are the same.
VALIDATION = frozenset({"zod", "valibot", "typebox", "typebox-legacy", "arktype", "effect-schema"})
DIALECTS = frozenset({"mysql-core", "sqlite-core", "singlestore-core", "gel-core", "mssql-core", "cockroach-core"})
