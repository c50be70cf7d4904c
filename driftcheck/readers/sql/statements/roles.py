"""CREATE, ALTER and DROP ROLE (USER, GROUP)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ....model import Role
from ..cursor import Cursor
from ..errors import DuplicateError, MissingError, RefusedError
from ..outcome import IRRELEVANT, READ, Outcome
from ..session import Session

#: Role option → field and value; other options (LOGIN, PASSWORD, …) are no part of a schema.
_OPTIONS = {
    "createdb": ("create_database", True),
    "nocreatedb": ("create_database", False),
    "createrole": ("create_role", True),
    "nocreaterole": ("create_role", False),
    "inherit": ("inherit", True),
    "noinherit": ("inherit", False),
}


def create_role(cursor: Cursor, session: Session) -> Outcome:
    """What follows CREATE ROLE, USER or GROUP."""
    token = cursor.token
    name = cursor.identifier()
    if name in session.catalog.roles:
        raise DuplicateError(f'role "{name}" already exists', token)
    if name.startswith("pg_"):
        raise RefusedError(f'role name "{name}" is reserved', token)
    session.catalog.made["role", "", name] = None
    role = Role(name=name, location=cursor.location(token))
    session.catalog.roles[name] = _with_options(cursor, role)
    return READ


def _with_options(cursor: Cursor, role: Role) -> Role:
    values: dict[str, Any] = dict(
        _OPTIONS[token.word] for token in cursor.tokens[cursor.pos :] if token.word in _OPTIONS
    )
    return replace(role, **values)


def alter_role(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER ROLE, USER or GROUP. Roles that these files don't create are the server's own matter."""
    cursor.accept("all")
    if not cursor.at_name:
        return IRRELEVANT
    name = cursor.identifier()
    role = session.catalog.roles.get(name)
    if role is None or cursor.at("set") or cursor.at("reset") or cursor.at("in"):
        return IRRELEVANT
    if cursor.accept("rename", "to"):
        new = cursor.identifier()
        del session.catalog.roles[name]
        session.catalog.roles[new] = replace(role, name=new)
        return READ
    session.catalog.roles[name] = _with_options(cursor, role)
    return READ


def drop_role(cursor: Cursor, session: Session) -> Outcome:
    """What follows DROP ROLE, USER or GROUP."""
    if_exists = cursor.accept("if", "exists")
    while True:
        token = cursor.token
        name = cursor.identifier()
        if session.catalog.roles.pop(name, None) is None and not if_exists:
            raise MissingError(f'role "{name}" does not exist', token)
        if not cursor.accept(","):
            return READ
