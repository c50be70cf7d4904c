"""The whole of what a source declares."""

from __future__ import annotations

from ..frozen import dataclass
from .claims import Identifier, Text, TypeName, Unwritten, Word
from .located import Located
from .programs import Function, Trigger, View
from .security import Policy, Role
from .sequences import Sequence
from .tables import Table
from .user_types import Collation, CompositeType, Domain, Enum, RangeType


@dataclass(frozen=True, slots=True, kw_only=True)
class Namespace(Located):
    """What SQL calls a schema (PostgreSQL's catalog says namespace; here `Schema` is the whole database)."""

    name: Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Located):
    """CREATE EXTENSION."""

    name: Identifier
    schema: Identifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Located):
    """COMMENT ON what has no room for one of its own; it is written, and not compared.

    `kind` is what stands behind ON, in lower case ("materialized" for a materialized view); `table` the table of a
    constraint, policy or trigger, the view of a column; `signature` are the input types of a function, aggregate or
    procedure.
    """

    kind: Word
    schema: Identifier | None
    name: Identifier
    table: Identifier | None = None
    signature: tuple[TypeName, ...] | None = None
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Opaque(Located):
    """Something that exists or may exist, and whose contents are not known (a gap says why).

    `kind` is a word of `driftcheck.model.KINDS`, "" where it may be any; `table` the table it belongs to, `signature`
    the input types of a function, each None where that is not known. It keeps its name from being called missing.
    """

    kind: Unwritten
    schema: Unwritten
    name: Unwritten
    table: Unwritten | None = None
    signature: tuple[Unwritten, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema(Located):
    """Every object of one PostgreSQL database, as one source declares it.

    The order of the tuples is the order of declaration and means nothing; `normalize` sorts.
    """

    namespaces: tuple[Namespace, ...] = ()
    tables: tuple[Table, ...] = ()
    enums: tuple[Enum, ...] = ()
    domains: tuple[Domain, ...] = ()
    composites: tuple[CompositeType, ...] = ()
    ranges: tuple[RangeType, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    views: tuple[View, ...] = ()
    policies: tuple[Policy, ...] = ()
    roles: tuple[Role, ...] = ()
    functions: tuple[Function, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    extensions: tuple[Extension, ...] = ()
    collations: tuple[Collation, ...] = ()
    comments: tuple[Comment, ...] = ()
    opaque: tuple[Opaque, ...] = ()

    def table(self, schema: str, name: str) -> Table | None:
        return next((table for table in self.tables if table.key == (schema, name)), None)
