"""Row-level security policies and roles."""

from __future__ import annotations

from typing import Literal

from ..frozen import dataclass
from .claims import Identifier
from .expressions import Expression
from .located import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Located):
    """CREATE POLICY. `roles` sorted; "public" is everybody. `table` may be one that the source does not declare."""

    schema: Identifier
    table: Identifier
    name: Identifier
    command: Literal["all", "select", "insert", "update", "delete"] = "all"
    roles: tuple[Identifier, ...] = ("public",)
    using: Expression | None = None
    check: Expression | None = None
    permissive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Located):
    """A role that a source creates (it belongs to the server, not to the database)."""

    name: Identifier
    create_database: bool = False
    create_role: bool = False
    inherit: bool = True
