"""Views, functions and triggers."""

from __future__ import annotations

from dataclasses import replace

from ..model import Function, Table, Trigger, View, quote
from ..model.programs import LIST_SETTINGS
from ..sql.stream import split
from .aggregates import canonical_aggregate
from .argument_lists import canonical_arguments, canonical_result, value_type
from .column_lists import listed
from .expressions import Site, condition, query
from .indexes import canonical_index, canonical_options
from .known import Known
from .names import TRANSPARENT, bare
from .parsed_bodies import canonical_body

_EVENTS = ("insert", "delete", "update", "truncate")
#: pg_proc.procost is 1 for functions written in C, else 100; prorows is 1000 for those that return sets.
_COSTS = {"c": "1", "internal": "1"}


def canonical_view(view: View, known: Known) -> View:
    """A view's own list of columns is worked into its query, as PostgreSQL does."""
    definition, columns = view.definition, view.columns
    if "definition" not in view.unknown:
        read, _ = query(definition, known, columns)
        definition = listed(definition, read, known, columns) if columns and not read.as_text else read
        columns = columns if definition.as_text else ()
    rows = Table(schema=view.schema, name=view.name)
    site = Site.of_table(known, view.schema, view.name)
    indexes = tuple(canonical_index(index, rows, site, known.types) for index in view.indexes)
    return replace(
        view,
        definition=definition,
        columns=columns,
        options=canonical_options(view.options),
        indexes=tuple(sorted(indexes, key=lambda index: index.name)),
    )


def canonical_function(function: Function, known: Known) -> Function:
    """A body in quotes stays as it is but for line endings and blanks around it: PostgreSQL keeps it to the letter."""
    language = function.language.strip("'\"").lower()
    cost = _COSTS.get(language, "100")
    return replace(
        function,
        signature=tuple(value_type(text, known) for text in function.signature),
        arguments=canonical_arguments(function.arguments, known),
        returns=canonical_result(function, known),
        language=language,
        body=_body(function, known),
        cost=None if function.cost is None or _same_number(function.cost, cost) else function.cost,
        rows=None if function.rows is None or _same_number(function.rows, "1000") else function.rows,
        settings=tuple(sorted((name.lower(), _setting(name.lower(), text)) for name, text in function.settings)),
    )


def _body(function: Function, known: Known) -> str:
    if function.kind == "aggregate":
        return canonical_aggregate(function.body, function.arguments, known)
    if function.language.lower() == "sql":
        return canonical_body(function, known)
    return function.body.replace("\r\n", "\n").strip()


def _same_number(text: str, other: str) -> bool:
    try:
        return float(text) == float(other)
    except ValueError:
        return False


def _setting(name: str, text: str) -> str:
    """The value of a SET clause: a list of words, quoted or not."""
    words = [part.strip("'\"") for part in split(text)]
    return ", ".join(map(quote, words) if name in LIST_SETTINGS else words)


def canonical_trigger(trigger: Trigger, known: Known) -> Trigger:
    when = trigger.when
    if when is not None:
        when = condition(when, Site.of_trigger(known, trigger.schema, trigger.table))
    schema = None if trigger.function_schema in TRANSPARENT else trigger.function_schema
    other = trigger.constraint_table
    return replace(
        trigger,
        events=tuple(event for event in _EVENTS if event in trigger.events),
        update_columns=tuple(sorted(trigger.update_columns)),
        function_schema=schema,
        constraint_table=bare(other) if other is not None else None,
        when=when,
    )
