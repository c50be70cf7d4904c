"""What the three emitters write: a schema as plain facts, free of any language and of the model under test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`type` is a key of the vocabulary, or an enum's name; `default` the number of one of its defaults."""

    name: str
    type: str
    nullable: bool = True
    default: int | None = None
    serial: bool = False
    identity: str | None = None
    generated: int | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Key:
    """A primary key or unique constraint."""

    name: str
    columns: tuple[str, ...]
    nulls_distinct: bool = True
    deferrable: bool = False


@dataclass(frozen=True)
class Reference:
    """A foreign key to a table's primary key."""

    name: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    on_delete: str = "no action"
    on_update: str = "no action"
    deferrable: bool = False


@dataclass(frozen=True)
class Condition:
    """A check: condition `number` of the type of `column`."""

    name: str
    column: str
    number: int


@dataclass(frozen=True)
class IndexKey:
    """A column, or with `lower` the expression over it."""

    column: str
    descending: bool = False
    nulls_first: bool = False
    lower: bool = False
    opclass: str | None = None


@dataclass(frozen=True)
class Index:
    name: str
    keys: tuple[IndexKey, ...]
    unique: bool = False
    method: str = "btree"
    where: tuple[str, int] | None = None
    fillfactor: int | None = None
    include: tuple[str, ...] = ()


@dataclass(frozen=True)
class Policy:
    name: str
    command: str = "all"
    permissive: bool = True
    condition: int = 0


@dataclass(frozen=True)
class Table:
    schema: str
    name: str
    columns: tuple[Column, ...]
    key: Key | None = None
    uniques: tuple[Key, ...] = ()
    references: tuple[Reference, ...] = ()
    checks: tuple[Condition, ...] = ()
    indexes: tuple[Index, ...] = ()
    policies: tuple[Policy, ...] = ()
    row_security: bool = False
    comment: str | None = None

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Enum:
    schema: str
    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Sequence:
    name: str
    start: int = 1
    increment: int = 1


@dataclass(frozen=True)
class Schema:
    tables: tuple[Table, ...]
    enums: tuple[Enum, ...] = ()
    sequences: tuple[Sequence, ...] = ()

    @property
    def uses_app(self) -> bool:
        """Whether the second PostgreSQL schema, `app`, holds anything."""
        return any(thing.schema == "app" for thing in (*self.tables, *self.enums))

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def enum(self, name: str) -> Enum | None:
        return next((enum for enum in self.enums if enum.name == name), None)


class Text:
    """Lines of a file, where each object stands, and which keys are left without a name."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: dict[tuple[str, ...], int] = {}
        self.unnamed: set[tuple[str, ...]] = set()

    def add(self, line: str, *key: str) -> None:
        self.lines.append(line)
        if key:
            self.places[key] = len(self.lines)

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"
