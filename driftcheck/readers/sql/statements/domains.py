"""CREATE and ALTER DOMAIN."""

from __future__ import annotations

from dataclasses import replace

from ....model import Check, Column, Domain, Location
from ....model.naming import free_name
from ..cursor import Cursor
from ..errors import DuplicateError, MissingError, RefusedError, StateError
from ..existence import new_key
from ..expression_types import Typing
from ..named_rules import CHECK, check_default, check_over
from ..outcome import IRRELEVANT, READ, Outcome
from ..session import Session
from ..type_rules import column_type
from .columns import read_default
from .constraints import Draft, attributes
from .options import collation
from .types import find_type

_OF_TABLES = {
    "unique": "unique", "primary": "primary key", "exclude": "exclusion", "references": "foreign key",
    "foreign": "foreign key",
}  # fmt: skip


def create_domain(cursor: Cursor, session: Session) -> Outcome:
    """What follows CREATE DOMAIN."""
    key, token = new_key(cursor, session)
    cursor.accept("as")
    domain = Domain(
        schema=key[0],
        name=key[1],
        type=column_type(cursor, session),
        location=cursor.location(token, cursor.tokens[-1]),
    )
    declared: bool | None = None
    while not cursor.done:
        place, name = cursor.location(), ""
        if cursor.accept("constraint"):
            place, name = cursor.location(), cursor.identifier()
        words = cursor.accept("not", "null") or cursor.accept("null")
        if words:
            nullable = cursor.tokens[cursor.pos - 2].word != "not"
            if nullable is not declared and declared is not None:
                raise RefusedError("conflicting NULL/NOT NULL constraints", cursor.tokens[cursor.pos - 1])
            declared = nullable
            domain = replace(domain, nullable=nullable)
        elif cursor.accept("default"):
            if domain.default is not None:
                raise RefusedError("multiple default expressions", cursor.token)
            domain = replace(domain, default=read_default(cursor))
            _check_default(session, domain)
        elif cursor.accept("collate"):
            domain = replace(domain, collation=collation(cursor, session))
        elif cursor.accept("check"):
            domain = _with_check(session, domain, _check(cursor, session, domain, name, place))
        elif (word := cursor.word) in _OF_TABLES:
            raise RefusedError(f"{_OF_TABLES[word]} constraints not possible for domains", cursor.token)
        else:
            raise cursor.unexpected()
    try:
        session.catalog.add_type(domain)
    except DuplicateError as error:
        raise DuplicateError(error.why, token, ".".join(key)) from None
    return READ


_VALUE = frozenset({"value"})


def _check(cursor: Cursor, session: Session, domain: Domain, name: str, place: Location) -> Draft:
    """What follows CHECK. Raises RefusedError for a condition that is none over a value of the domain."""
    expression = cursor.condition()
    check_over(session, expression, CHECK, {"": _VALUE}, typing=Typing(session, None, domain.type))
    draft = Draft(Check(name=name, expression=expression, location=place), place)
    attributes(cursor, draft)
    return draft


def _check_default(session: Session, domain: Domain) -> None:
    """Raises RefusedError for a default that a value of the domain cannot be."""
    check_default(session, None, Column(name=domain.name, type=domain.type, default=domain.default))


def _with_check(session: Session, domain: Domain, draft: Draft) -> Domain:
    """`domain` with one check more, named as the server names it (`ChooseConstraintName` with the domain's name)."""
    check = draft.constraint
    assert isinstance(check, Check)
    names = {item.name for item in domain.checks}
    if not check.name:
        taken = _Names(names, session, domain.schema)
        check = replace(check, name=free_name(domain.name, "", "check", taken))
    elif check.name in names:
        raise DuplicateError(f'constraint "{check.name}" for domain "{domain.name}" already exists')
    session.catalog.constraint_names[(domain.schema, check.name)] += 1
    return replace(domain, checks=(*domain.checks, check))


class _Names:
    """The constraint names in a schema, and those of the domain at hand."""

    def __init__(self, own: set[str], session: Session, schema: str) -> None:
        self._own, self._taken = own, session.catalog.taken(schema, relations=False, constraints=True)

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self._taken


def alter_domain(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER DOMAIN, but for RENAME TO and SET SCHEMA, which `renames` reads."""
    token = cursor.token
    mark = cursor.pos
    cursor.name()
    if cursor.at("owner"):
        return IRRELEVANT
    cursor.pos = mark
    domain = find_type(cursor, session)
    if not isinstance(domain, Domain):
        raise StateError(f"{domain.name} is not a domain", token)
    place = cursor.location(token)
    changed, field = _altered(cursor, session, domain)
    cursor.finish()
    places = (*(item for item in domain.places if item[0] != field), (field, place))
    session.catalog.types[(domain.schema, domain.name)] = replace(changed, places=places)
    return READ


def _altered(cursor: Cursor, session: Session, domain: Domain) -> tuple[Domain, str]:
    if cursor.accept("set", "default"):
        changed = replace(domain, default=cursor.expression(*cursor.skip_until()))
        _check_default(session, changed)
        return changed, "default"
    if cursor.accept("drop", "default"):
        return replace(domain, default=None), "default"
    if cursor.accept("set", "not", "null"):
        return replace(domain, nullable=False), "nullable"
    if cursor.accept("drop", "not", "null"):
        return replace(domain, nullable=True), "nullable"
    return _with_changed_checks(cursor, session, domain), "checks"


def _with_changed_checks(cursor: Cursor, session: Session, domain: Domain) -> Domain:
    if cursor.accept("add"):
        place, name = cursor.location(), ""
        if cursor.accept("constraint"):
            place, name = cursor.location(), cursor.identifier()
        cursor.expect("check")
        return _with_check(session, domain, _check(cursor, session, domain, name, place))
    action = cursor.accept_any("drop", "validate", "rename")
    cursor.expect("constraint")
    if_exists = cursor.accept("if", "exists")
    token = cursor.token
    name = cursor.identifier()
    found = next((item for item in domain.checks if item.name == name), None)
    if found is None:
        if if_exists:
            return domain
        raise MissingError(f'constraint "{name}" of domain "{domain.name}" does not exist', token)
    others = tuple(item for item in domain.checks if item is not found)
    if action == "drop":
        cursor.accept_any("cascade", "restrict")
        session.catalog.release_constraint_name((domain.schema, name))
        return replace(domain, checks=others)
    if action == "validate":
        return replace(domain, checks=(*others, replace(found, validated=True)))
    cursor.expect("to")
    return replace(domain, checks=(*others, replace(found, name=cursor.identifier())))
