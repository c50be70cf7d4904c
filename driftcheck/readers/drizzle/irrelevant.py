"""What shapes no schema, and is known not to: relations, validation schemas, database connections, other dialects."""

from __future__ import annotations

from ...typescript.runtime.values import (
    UNDEFINED,
    CallSite,
    HostFunction,
    HostModule,
    HostObject,
    JsArray,
    JsFunction,
    JsObject,
    Unknown,
    Value,
)
from .context import argument


class Irrelevant(HostObject):
    """Whatever is asked of it gives the same again: `relations(…)`, `createInsertSchema(…).omit({…})`.

    What comes out of it in the end may be data (`schema.parse(process.env).PREFIX`), so it answers no test.
    """

    type_of = "function"
    steady = True

    def __init__(self, what: str) -> None:
        self.what = what
        self.unobservable = f"it comes out of {what}"

    def get(self, key: str, site: CallSite) -> Value:
        return self

    def call(self, arguments: list[Value], site: CallSite) -> Value:
        return self

    def to_string(self, site: CallSite) -> Value:
        return site.unknown(f"{self.what} in a string")


class OtherDialect(Irrelevant):
    """A table of MySQL, SQLite, … and all that belongs to it. `maker` is the export of `specifier` that it is from."""

    def __init__(self, specifier: str, maker: str) -> None:
        super().__init__(f"a declaration of {specifier}")
        self.specifier = specifier
        self.maker = maker


class Choices(Irrelevant):
    """A zod enum: its values are read by `pgEnum` and `Object.values`."""

    steady = False

    def __init__(self, values: Value) -> None:
        super().__init__("a zod schema")
        self.values = values

    def get(self, key: str, site: CallSite) -> Value:
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

    steady = False

    def __init__(self, value: Value) -> None:
        super().__init__("a zod schema")
        self.value = value

    def get(self, key: str, site: CallSite) -> Value:
        return self.value if key == "value" else super().get(key, site)


class _Zod(Irrelevant):
    steady = False

    def __init__(self) -> None:
        super().__init__("a zod schema")

    def get(self, key: str, site: CallSite) -> Value:
        if key in ("enum", "nativeEnum"):
            return HostFunction(_choices, key)
        if key == "literal":
            return HostFunction(lambda arguments, _site: Literal(argument(arguments, 0, UNDEFINED)), key)
        return self if key == "z" else Irrelevant(self.what)


def _choices(arguments: list[Value], site: CallSite) -> Value:
    values = argument(arguments, 0)
    return Choices(values) if isinstance(values, JsArray | JsObject) else Irrelevant("a zod schema")


class Library(Irrelevant):
    """What a package gives that knows no table: nothing it makes is or holds one, unless it was given one."""

    steady = False

    def call(self, arguments: list[Value], site: CallSite) -> Value:
        if all(_is_plain(value) for value in arguments):
            return self
        unknown = site.unknown(self.unobservable)
        site.evaluator.hand_over(arguments, unknown)
        return unknown


def _is_plain(value: Value, depth: int = 0) -> bool:
    """Whether there is neither a table nor a function in `value`."""
    if isinstance(value, JsArray | JsObject):
        parts = value.values() if isinstance(value, JsObject) else value
        return depth < _DEPTH and all(_is_plain(part, depth + 1) for part in parts)
    if isinstance(value, HostObject):
        return isinstance(value, Irrelevant) and not isinstance(value, OtherDialect)
    return not isinstance(value, JsFunction | Unknown)


#: Options nest no deeper; what does may hold itself.
_DEPTH = 8


def zod(specifier: str) -> HostModule:
    whole = _Zod()
    exports: dict[str, Value] = {"z": whole, "default": whole}
    exports |= {name: whole.get(name, None) for name in ("enum", "nativeEnum", "literal")}  # type: ignore[arg-type]
    return HostModule(specifier, exports, missing=lambda name: Irrelevant("a zod schema"))


def irrelevant_module(specifier: str, what: str) -> HostModule:
    """A module of whose exports none shapes a schema."""
    return HostModule(specifier, {"default": Irrelevant(what)}, missing=lambda name: Irrelevant(what), yields=True)


class _Whole(Library):
    """`import R from 'ramda'`: some of its functions are known, and of the rest that they know no table."""

    def __init__(self, what: str, known: dict[str, Value]) -> None:
        super().__init__(what)
        self.known = known

    def get(self, key: str, site: CallSite) -> Value:
        return self.known.get(key) or Library(self.what)


def library(specifier: str, package: str, known: dict[str, Value]) -> HostModule:
    """A module of a package that knows no table; `known` are functions of it that are evaluated."""
    what = f"the npm package {package!r}"
    exports = {**known, "default": _Whole(what, known)}
    return HostModule(specifier, exports, missing=lambda name: Library(what), yields=True)


def other_dialect(specifier: str) -> HostModule:
    return HostModule(specifier, {}, missing=lambda name: OtherDialect(specifier, name))


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
    "better-auth": "an authentication server",
    "next-auth": "an authentication server",
    "@auth/core": "an authentication server",
    "@auth/drizzle-adapter": "an authentication server",
    "lucia": "an authentication server",
    "@lucia-auth/adapter-drizzle": "an authentication server",
}
#: Well-known packages that depend on no Drizzle and change nothing they are given: makers of ids, hashes and dates,
#: loggers, collections of functions.
LIBRARIES = frozenset(
    """
    @paralleldrive/cuid2 cuid nanoid uuid uuidv7 uuidv4 ulid ulidx typeid-js short-unique-id @sapphire/snowflake
    bcrypt bcryptjs argon2 @node-rs/argon2 @node-rs/bcrypt oslo jose jsonwebtoken crypto-js @noble/hashes
    date-fns date-fns-tz dayjs moment luxon ms
    ramda remeda deepmerge just-pick just-omit ts-pattern
    slugify @sindresorhus/slugify superjson decimal.js big.js bignumber.js currency.js
    pino winston consola debug tslog chalk
    envalid @t3-oss/env-core @t3-oss/env-nextjs @t3-oss/env-nuxt
    ioredis redis @upstash/redis @upstash/ratelimit bullmq stripe resend openai ai
    @trpc/server hono express fastify elysia @faker-js/faker server-only tiny-invariant
    """.split()
)
#: Subpaths of drizzle-orm itself that are the same.
VALIDATION = frozenset({"zod", "valibot", "typebox", "typebox-legacy", "arktype", "effect-schema"})
DIALECTS = frozenset(
    {"pg-core", "mysql-core", "sqlite-core", "singlestore-core", "gel-core", "mssql-core", "cockroach-core"}
)
