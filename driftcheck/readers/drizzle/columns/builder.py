"""`PgColumnBuilder`: what `varchar('email')` gives, and every `.notNull()` behind it changes.

Drizzle's builders change in place and return themselves (drizzle-orm/src/column-builder.ts), so one that is kept in a
constant and used in two tables is one object; a table takes a copy of its facts when it is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace

from ....frozen import dataclass
from ....model import Location
from ....typescript.runtime.values import UNDEFINED, CallSite, HostFunction, HostObject, Value
from ..context import Context, argument
from ..line import Line
from ..sql import Sql, Text
from .kind import ColumnKind


@dataclass(frozen=True, slots=True)
class Reference:
    """`.references(() => users.id, { onDelete })`."""

    target: Value
    options: Value
    site: CallSite


@dataclass(slots=True)
class Facts:
    """What a column has been given. `default` is UNDEFINED where there is none (null is a default in Drizzle).

    `unique` and `identity` are their call's arguments; `size` is what is in the brackets of `.array(…)`.
    """

    not_null: Value = False
    primary: Value = False
    primary_config: Value = None
    default: Value = UNDEFINED
    default_fn: Value = None
    on_update_fn: Value = None
    unique: list[Value] | None = None
    generated: Value = UNDEFINED
    generated_config: Value = None
    identity: tuple[bool, Value] | None = None
    references: list[Reference] = field(default_factory=list)
    dimensions: int = 0

    def copy(self) -> Facts:
        """As they are now, for a column that is made of its builder."""
        return replace(self, references=list(self.references))


class ColumnBuilder(HostObject):
    """`name` is "" until the column gets one from its key; `dimensions` of an array are counted in `facts`."""

    def __init__(self, kind: ColumnKind, name: Value, site: CallSite, context: Context) -> None:
        self.kind = kind
        self.name = name
        self.key_as_name = name == ""
        self.site = site
        self.context = context
        self.facts = Facts(not_null=kind.not_null)
        #: What the program itself has put on it: `Object.assign(text(), { searchable() {…} })`.
        self.own: dict[str, Value] = {}

    @property
    def location(self) -> Location:
        return self.site.location

    def get(self, key: str, site: CallSite) -> Value:
        if key in self.own:
            return self.own[key]
        if key in _METHODS:
            change = _METHODS[key]

            def call(arguments: list[Value], site: CallSite) -> Value:
                changed = change(self, arguments, site)
                return self if changed is None else changed

            return HostFunction(call, key)
        if key in ("constructor", "toJSON"):
            return UNDEFINED
        return site.unknown(f"a column builder has no {key} that is known here")

    def set(self, key: str, value: Value, site: CallSite) -> None:
        self.own[key] = value

    def take_name(self, key: str, name: str) -> None:
        """A column without a name gets the one its key makes, once."""
        if self.name == "":
            self.name = name

    def _array(self, arguments: list[Value], site: CallSite) -> ColumnBuilder:
        """0.x wraps the builder in a new one, which forgets all but type and name; 1.0 counts dimensions."""
        if self.context.line is Line.NEXT:
            brackets = argument(arguments, 0, "[]")
            self.facts.dimensions = len(brackets) // 2 if isinstance(brackets, str) else 1
            return self
        array = ColumnBuilder(replace(self.kind, not_null=False), self.name, self.site, self.context)
        array.key_as_name = self.name == ""
        array.facts.dimensions = self.facts.dimensions + 1
        return array

    def _identity(self, always: bool, arguments: list[Value]) -> None:
        self.facts.identity = (always, argument(arguments, 0))
        self.facts.not_null = True

    def _reference(self, arguments: list[Value], site: CallSite) -> None:
        self.facts.references.append(Reference(argument(arguments, 0), argument(arguments, 1), site))

    def _now(self, arguments: list[Value], site: CallSite) -> Value:
        if self.kind.now is None:
            return site.unknown("defaultNow() is not a method of this column")
        self.facts.default = Sql([Text(self.kind.now)])
        return None

    def _random(self, arguments: list[Value], site: CallSite) -> Value:
        self.facts.default = Sql([Text("gen_random_uuid()")])
        return None


#: What a method does; a result other than None is what the call gives instead of the builder.
Change = Callable[[ColumnBuilder, list[Value], CallSite], Value]


def _set(fact: str, value: Value = None) -> Change:
    """A method that sets `fact` to `value`, or to its own first argument."""

    def change(builder: ColumnBuilder, arguments: list[Value], site: CallSite) -> None:
        setattr(builder.facts, fact, argument(arguments, 0, UNDEFINED) if value is None else value)

    return change


def _primary(builder: ColumnBuilder, arguments: list[Value], site: CallSite) -> None:
    builder.facts.primary = builder.facts.not_null = True
    builder.facts.primary_config = argument(arguments, 0)


def _unique(builder: ColumnBuilder, arguments: list[Value], site: CallSite) -> None:
    builder.facts.unique = list(arguments)


def _generated(builder: ColumnBuilder, arguments: list[Value], site: CallSite) -> None:
    builder.facts.generated, builder.facts.generated_config = argument(arguments, 0, UNDEFINED), argument(arguments, 1)


def _same(builder: ColumnBuilder, arguments: list[Value], site: CallSite) -> None:
    """`.$type<T>()` and the like: of no matter to the database."""


_METHODS: dict[str, Change] = {
    "$type": _same,
    "$default": _set("default_fn"),
    "$defaultFn": _set("default_fn"),
    "$onUpdate": _set("on_update_fn"),
    "$onUpdateFn": _set("on_update_fn"),
    "array": ColumnBuilder._array,
    "default": _set("default"),
    "defaultNow": ColumnBuilder._now,
    "defaultRandom": ColumnBuilder._random,
    "generatedAlwaysAs": _generated,
    "generatedAlwaysAsIdentity": lambda builder, arguments, _site: builder._identity(True, arguments),
    "generatedByDefaultAsIdentity": lambda builder, arguments, _site: builder._identity(False, arguments),
    "notNull": _set("not_null", True),
    "primaryKey": _primary,
    "references": ColumnBuilder._reference,
    "unique": _unique,
}
