"""Views, functions and triggers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .expressions import Expression
from .indexes import Index
from .located import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Located):
    """CREATE [MATERIALIZED] VIEW. `definition` is the query; `columns` the names given in the view's own list.

    `options` are the WITH parameters (security_invoker, …) and `check_option`, sorted. "definition" in `unknown`
    says that the view exists but its query could not be read.
    """

    schema: str
    name: str
    definition: Expression
    materialized: bool = False
    columns: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    with_data: bool = True
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Located):
    """CREATE FUNCTION or PROCEDURE (also AGGREGATE, whose definition is then in `body`).

    `arguments` is the argument list as written (modes, names, types, defaults), `signature` the input types alone in
    PostgreSQL's spelling: together with the name that is what identifies it. `body` is the string between the quotes,
    or the text from RETURN or BEGIN ATOMIC on. `settings` are the SET clauses.
    """

    schema: str
    name: str
    signature: tuple[str, ...] = ()
    arguments: str = ""
    kind: Literal["function", "procedure", "aggregate"] = "function"
    returns: str | None = None
    language: str = "sql"
    body: str = ""
    volatility: Literal["volatile", "stable", "immutable"] = "volatile"
    strict: bool = False
    security_definer: bool = False
    leakproof: bool = False
    window: bool = False
    parallel: Literal["unsafe", "restricted", "safe"] = "unsafe"
    cost: str | None = None
    rows: str | None = None
    support: str | None = None
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Located):
    """CREATE TRIGGER. `events` in the order insert, delete, update, truncate; `update_columns` of UPDATE OF.

    `schema` and `table` name the table it stands on, which may be one that the source does not declare.
    """

    schema: str
    table: str
    name: str
    timing: Literal["before", "after", "instead of"]
    events: tuple[str, ...]
    function_schema: str | None
    function: str
    arguments: tuple[str, ...] = ()
    for_each: Literal["row", "statement"] = "statement"
    update_columns: tuple[str, ...] = ()
    when: Expression | None = None
    constraint: bool = False
    deferrable: bool = False
    initially_deferred: bool = False
    constraint_table: str | None = None
    old_table: str | None = None
    new_table: str | None = None
    enabled: Literal["origin", "disabled", "replica", "always"] = "origin"
