"""Edits of what has a statement of its own: tables, types, policies, views, functions, triggers, comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ...findings import Edit, Step
from ...model import CompositeType, Domain, Enum, Function, Policy, RangeType, Schema, Sequence, Trigger, View
from ...sql.scanner import Statement
from ...writers.sql import programs, security, types
from ...writers.sql.gate import literal
from ..drift import Drift
from ..sql.steps import CARRIED, Phase
from ..statements import fix as script
from . import functions, keys, sequences
from .about import subject
from .document import Document, Unplaced
from .room import Room, place_of

#: What has to be there before tables are.
_FIRST = frozenset({Phase.LABELS, Phase.CREATE_TYPES, Phase.FUNCTIONS})
#: What of a statement may stand in any order.
_CHANGES = {Sequence: sequences.changed, Function: functions.changed}


def _added(room: Room, drift: Drift) -> Iterator[Edit]:
    """The statements that make it: types before the first table, all else behind the last statement."""
    found = script(drift)
    if found is None or not found.steps:
        raise Unplaced("no statement makes it")
    steps = [step for step in found.steps if not step.sql.startswith("--")]
    if not steps:
        raise Unplaced(found.steps[0].sql.removeprefix("-- "))
    for step in steps:
        if step.phase not in CARRIED:
            yield _placed(room, drift, step)


def _placed(room: Room, drift: Drift, step: Step) -> Edit:
    document = _home(room, drift)
    first = _first_table(document)
    if step.phase not in _FIRST or first is None:
        return keys.at_end(document, step.sql, step.phase * 3 + step.order + 1)
    text = document.in_style_of_statement(step.sql)
    at = document.byte(first.start)
    return Edit(document.path, at, at, f"{text}\n", rank=step.phase)


def _home(room: Room, drift: Drift) -> Document:
    """The file of its table; else that of the last table."""
    if drift.key in drift.between.actual_tables:
        return room.at(drift.table)
    place = drift.between.other.reading.home
    if place is None:
        raise Unplaced("the source has no file")
    return room.document(place.path)


def _first_table(document: Document) -> Statement | None:
    for statement in document.statements:
        words = [token.word for token in statement.tokens[:3]]
        if words[0] == "create" and {"table", "view", "function"} & set(words[1:]):
            return statement
    return None


def _removed(room: Room, drift: Drift) -> Iterator[Edit]:
    document, thing = room.at(drift.actual), drift.actual
    statement = document.statement(place_of(thing))
    kind = "type" if isinstance(thing, Enum | Domain | CompositeType | RangeType) else "relation"
    yield from document.without_statement(statement)
    for there, one in room.naming(drift, thing.name):
        if one is not statement:
            about = subject(there.tokens(one))
            if about is None or not about.is_of(kind, getattr(thing, "schema", ""), thing.name):
                raise there.named_at(one)
            yield from there.without_statement(one)


def _statement_of(drift: Drift, thing: Any) -> str:
    if isinstance(thing, Policy):
        found = list(security.row_security(Schema(policies=(thing,))))
    elif isinstance(thing, Trigger):
        found = list(programs.triggers(Schema(triggers=(thing,))))
    elif isinstance(thing, View):
        found = list(programs.create_view(thing))
    elif isinstance(thing, Function):
        found = list(programs.create_function(thing))
    else:
        found = list(types.create(thing))
    if len(found) != 1:
        raise Unplaced("it takes more than one statement")
    return found[0]


def _changed(room: Room, drift: Drift) -> Iterator[Edit]:
    wanted, now = drift.expected, drift.actual
    if now is None or wanted is None:
        yield from _added(room, drift)
        return
    document = room.at(now)
    statement = document.statement(place_of(now))
    tokens = statement.tokens[:-1]
    if [token.word for token in tokens[:1]] != ["create"]:
        raise Unplaced("it is not made by a CREATE statement")
    if isinstance(now, Enum) and any(_is_of_type(one) for one in document.naming(now.name)):
        raise Unplaced("a later ALTER TYPE changes its labels, too")
    named = replace(wanted, name=now.name)
    change = _CHANGES.get(type(now), Document.changed)
    yield from change(document, tokens, _statement_of(drift, now), _statement_of(drift, named))


def _renamed(room: Room, drift: Drift) -> Iterator[Edit]:
    """A policy or trigger, which nothing but a comment names."""
    now = drift.actual
    document = room.at(now)
    statement = document.statement(place_of(now))
    others = [(there, one) for there, one in room.naming(drift, now.name) if one is not statement]
    if statement.tokens[0].word != "create" or any(_names_it(there, one, drift) for there, one in others):
        raise Unplaced("other statements name it, too")
    after = replace(now, name=drift.expected.name)
    yield from document.changed(statement.tokens[:-1], _statement_of(drift, now), _statement_of(drift, after))


def _names_it(document: Document, statement: Statement, drift: Drift) -> bool:
    """Whether a statement is about the same table, or about nobody knows what."""
    about = subject(document.tokens(statement))
    return about is None or about.is_of("relation", *drift.key)


def _is_of_type(statement: Statement) -> bool:
    return [one.word for one in statement.tokens[:2]] == ["alter", "type"]


def _comment(room: Room, drift: Drift) -> Iterator[Edit]:
    """The text of the COMMENT that is there, or a COMMENT behind all else."""
    wanted, now = drift.expected.comment, drift.actual.comment
    document = room.at(drift.table)
    for statement in document.naming(drift.key[1]) if now is not None else ():
        token = statement.tokens[-2]
        if statement.tokens[0].word == "comment" and token.is_string and token.value == now:
            path = [one.name for one in statement.tokens[3:-3] if one.is_name]
            names = [drift.key[1]] if drift.code == "DR109" else [drift.key[1], drift.actual.name]
            if path[-len(names) :] == names:
                if wanted is None:
                    yield from document.without_statement(statement)
                else:
                    yield document.edit(token.start, token.end, literal(wanted))
                return
    if now is not None:
        raise Unplaced("no COMMENT of its file says it")
    yield from _added(room, drift)


def _exposed(room: Room, drift: Drift) -> Iterator[Edit]:
    """Takes ENABLE or FORCE ROW LEVEL SECURITY out."""
    if drift.code == "DR703" and drift.expected.force_row_security:
        yield from _added(room, drift)
        return
    document, word = room.at(drift.table), "force" if drift.code == "DR703" else "enable"
    for statement in document.naming(drift.key[1]):
        words = [token.word for token in statement.tokens[:-1]]
        if words[:2] == ["alter", "table"] and words[-4:] == [word, "row", "level", "security"]:
            yield from document.without_statement(statement)
            return
    raise Unplaced("no statement of its file says it alone")


EDITS: dict[str, Callable[[Room, Drift], Iterator[Edit]]] = {
    **dict.fromkeys("DR101 DR601 DR611 DR621 DR631 DR641 DR651 DR661 DR701 DR711 DR801 DR811 DR821".split(), _added),
    **dict.fromkeys("DR102 DR602 DR612 DR622 DR632 DR642 DR652 DR662 DR712 DR802 DR812 DR822".split(), _removed),
    **dict.fromkeys("DR603 DR604 DR613 DR623 DR633 DR713 DR714 DR715 DR716 DR717 DR803 DR813 DR823".split(), _changed),
    **dict.fromkeys(("DR719", "DR829"), _renamed),
    **dict.fromkeys(("DR109", "DR209"), _comment),
    **dict.fromkeys(("DR702", "DR703"), _exposed),
}
