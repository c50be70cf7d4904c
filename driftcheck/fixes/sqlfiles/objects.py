"""Edits of what has a statement of its own: tables, types, policies, views, functions, triggers, comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ...findings import Edit, Step
from ...model import Enum, Function, Policy, Schema, Trigger, View
from ...readers.sql.scanner import Statement
from ...writers.sql import programs, security, types
from ...writers.sql.gate import literal
from ..drift import Drift
from ..sql import fix as script
from ..sql.steps import CARRIED, Phase
from . import keys
from .document import Document, Unplaced
from .room import Room, place_of

#: What has to be there before tables are.
_FIRST = frozenset({Phase.LABELS, Phase.CREATE_TYPES, Phase.FUNCTIONS})
_MAKERS = ("create", "alter", "comment", "grant")


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
    style = [token for one in document.statements for token in one.tokens[:6]]
    text = document.in_style_of_statement(step.sql, style)
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
    document = room.at(drift.actual)
    statement = document.statement(place_of(drift.actual))
    name = drift.actual.name
    others = [one for one in document.statements if one is not statement and _names(one, name)]
    if any(not _is_about(one, name) for one in others):
        raise Unplaced(f"other statements of {document.path} name it, too")
    for one in [statement, *others]:
        yield document.without(one.start, one.end)


def _names(statement: Statement, name: str) -> bool:
    return any(token.is_name and token.name == name for token in statement.tokens)


def _is_about(statement: Statement, name: str) -> bool:
    """Whether a statement says something of the object alone: an index on it, a comment, a grant, rows."""
    words = [token.word for token in statement.tokens]
    if words[:2] in (["alter", "table"], ["insert", "into"], ["comment", "on"]) or words[0] in ("grant", "revoke"):
        return any(token.is_name and token.name == name for token in statement.tokens[2:10])
    if words[0] == "create" and {"index", "policy", "trigger"} & set(words[1:4]) and "on" in words:
        behind = statement.tokens[words.index("on") + 1 : words.index("on") + 5]
        return any(token.is_name and token.name == name for token in behind)
    return False


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
    if isinstance(now, Enum) and any(_adds_label(one, now.name) for one in document.statements):
        raise Unplaced("a later ALTER TYPE changes its labels, too")
    named = replace(wanted, name=now.name)
    yield from document.changed(tokens, _statement_of(drift, now), _statement_of(drift, named))


def _adds_label(statement: Statement, name: str) -> bool:
    return [one.word for one in statement.tokens[:2]] == ["alter", "type"] and _names(statement, name)


def _comment(room: Room, drift: Drift) -> Iterator[Edit]:
    """The text of the COMMENT that is there, or a COMMENT behind all else."""
    wanted, now = drift.expected.comment, drift.actual.comment
    document = room.at(drift.table)
    for statement in document.statements if now is not None else ():
        token = statement.tokens[-2]
        if statement.tokens[0].word == "comment" and token.is_string and token.value == now:
            path = [one.name for one in statement.tokens[3:-3] if one.is_name]
            names = [drift.key[1]] if drift.code == "DR109" else [drift.key[1], drift.actual.name]
            if path[-len(names) :] == names:
                if wanted is None:
                    yield document.without(statement.start, statement.end)
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
    for statement in document.statements:
        words = [token.word for token in statement.tokens[:-1]]
        said = words[:2] == ["alter", "table"] and words[-4:] == [word, "row", "level", "security"]
        if said and _names(statement, drift.key[1]):
            yield document.without(statement.start, statement.end)
            return
    raise Unplaced("no statement of its file says it alone")


EDITS: dict[str, Callable[[Room, Drift], Iterator[Edit]]] = {
    **dict.fromkeys("DR101 DR601 DR611 DR621 DR631 DR641 DR651 DR661 DR701 DR711 DR801 DR811 DR821".split(), _added),
    **dict.fromkeys("DR102 DR602 DR612 DR622 DR632 DR642 DR652 DR662 DR712 DR802 DR812 DR822".split(), _removed),
    **dict.fromkeys("DR603 DR604 DR613 DR623 DR633 DR713 DR714 DR715 DR716 DR717 DR803 DR813 DR823".split(), _changed),
    **dict.fromkeys(("DR109", "DR209"), _comment),
    **dict.fromkeys(("DR702", "DR703"), _exposed),
}
