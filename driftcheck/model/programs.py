"""Views, functions and triggers."""

from __future__ import annotations

from typing import Literal

from ..frozen import dataclass
from .claims import Arguments, Body, Identifier, Number, Parameters, Path, Query, Result, Settings, Text, TypeName, Word
from .expressions import Expression
from .indexes import Index
from .located import Located

#: Settings of functions whose value is a list of identifiers, each quoted where it needs to be.
LIST_SETTINGS = frozenset({"search_path", "temp_tablespaces", "local_preload_libraries", "session_preload_libraries"})


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Located):
    """CREATE [MATERIALIZED] VIEW. `definition` is the query; `columns` the names given in the view's own list.

    `options` are the WITH parameters (security_invoker, …) and `check_option`, sorted. "definition" in `unknown`
    says that the view exists but its query could not be read.
    """

    schema: Identifier
    name: Identifier
    definition: Query
    materialized: bool = False
    columns: tuple[Identifier, ...] = ()
    options: Parameters = ()
    with_data: bool = True
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Located):
    """CREATE FUNCTION or PROCEDURE (also AGGREGATE, whose definition is then in `body`).

    `arguments` is the argument list as written (modes, names, types, defaults), `signature` the input types alone in
    PostgreSQL's spelling: together with the name that is what identifies it. `body` is the string between the quotes,
    or the text from RETURN or BEGIN ATOMIC on. `settings` are the SET clauses.
    """

    schema: Identifier
    name: Identifier
    signature: tuple[TypeName, ...] = ()
    arguments: Arguments = ""
    kind: Literal["function", "procedure", "aggregate"] = "function"
    returns: Result | None = None
    language: Identifier = "sql"
    body: Body = ""
    volatility: Literal["volatile", "stable", "immutable"] = "volatile"
    strict: bool = False
    security_definer: bool = False
    leakproof: bool = False
    window: bool = False
    parallel: Literal["unsafe", "restricted", "safe"] = "unsafe"
    cost: Number | None = None
    rows: Number | None = None
    support: Path | None = None
    settings: Settings = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Located):
    """CREATE TRIGGER. `events` in the order insert, delete, update, truncate; `update_columns` of UPDATE OF.

    `schema` and `table` name the table it depends on, which may be one that the source does not declare. `body` holds
    the statements between BEGIN and END of engines whose triggers call no function; then `function` is empty.
    """

    schema: Identifier
    table: Identifier
    name: Identifier
    timing: Literal["before", "after", "instead of"]
    events: tuple[Word, ...]
    function_schema: Identifier | None = None
    function: Identifier = ""
    arguments: tuple[Text, ...] = ()
    body: Query | None = None
    for_each: Literal["row", "statement"] = "statement"
    update_columns: tuple[Identifier, ...] = ()
    when: Expression | None = None
    constraint: bool = False
    deferrable: bool = False
    initially_deferred: bool = False
    constraint_table: Path | None = None
    old_table: Identifier | None = None
    new_table: Identifier | None = None
    enabled: Literal["origin", "disabled", "replica", "always"] = "origin"
