"""CREATE, ALTER and DROP POLICY."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from ....model import Policy
from ....sql import Token
from ....sql.policies import read_clauses, read_kind
from ..cursor import Cursor
from ..entries import EXISTENCE, Key
from ..errors import DuplicateError, ForeignError, MissingError, RefusedError
from ..expression_types import Typing
from ..named_rules import POLICY, check_over
from ..outcome import READ, Outcome
from ..scopes import columns_of
from ..session import Session


def table_key(cursor: Cursor, session: Session) -> Key:
    """The table behind ON. It must exist only if these files define its schema (`storage.objects` need not)."""
    mark = cursor.pos
    schema, name, token = cursor.name()
    found = session.find(schema, name)
    if found is not None:
        return found.key
    key = session.assumed(schema, name)
    if session.catalog.defines(key[0]):
        cursor.pos = mark
        raise session.missing("relation", schema, name, token)
    return key


def create_policy(cursor: Cursor, session: Session) -> Outcome:
    """What follows CREATE POLICY."""
    token = cursor.token
    name = cursor.identifier()
    cursor.expect("on")
    key = table_key(cursor, session)
    values = read_kind(cursor) | read_clauses(cursor)
    cursor.finish()
    _check_command(values, values.get("command", "all"))
    _check(session, key, values)
    policies = session.catalog.policies.setdefault(key, {})
    if name in policies and EXISTENCE not in policies[name].unknown:
        raise DuplicateError(f'policy "{name}" for table "{key[1]}" already exists', token, ".".join((*key, name)))
    place = cursor.location(token, cursor.tokens[-1])
    policies[name] = Policy(schema=key[0], table=key[1], name=name, location=place, **values)
    return READ


def _check_command(values: dict[str, Any], command: str) -> None:
    """Raises RefusedError for a condition that a policy for the command does not have."""
    if command == "insert" and "using" in values:
        raise RefusedError("only WITH CHECK expression allowed for INSERT")
    if command in ("select", "delete") and "check" in values:
        raise RefusedError("WITH CHECK cannot be applied to SELECT or DELETE")


def _check(session: Session, key: Key, values: dict[str, Any]) -> None:
    """Raises RefusedError for a condition that a policy on the table cannot have."""
    table = session.catalog.table(key)
    names, typing = {key[1]: columns_of(table)}, Typing(session, table)
    for field in ("using", "check"):
        if field in values:
            check_over(session, values[field], POLICY, names, typing=typing)


def alter_policy(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER POLICY."""
    token = cursor.token
    name = cursor.identifier()
    cursor.expect("on")
    key = table_key(cursor, session)
    place = cursor.location(token)
    policies = session.catalog.policies.get(key, {})
    policy = policies.get(name)
    if policy is None:
        raise missing_from_table(session, key, "policy", name, token)
    if cursor.accept("rename", "to"):
        new = cursor.identifier()
        cursor.finish()
        if new in policies:
            raise DuplicateError(f'policy "{new}" for table "{key[1]}" already exists', token)
        del policies[name]
        policies[new] = replace(policy, name=new, places=(*policy.places, ("name", place)))
        return READ
    values = read_clauses(cursor)
    cursor.finish()
    _check_command(values, policy.command)
    _check(session, key, values)
    earlier = tuple(item for item in policy.places if item[0] not in values)
    policies[name] = replace(policy, **values, places=(*earlier, *((field, place) for field in values)))
    return READ


def drop_policy(cursor: Cursor, session: Session) -> Outcome:
    """What follows DROP POLICY."""
    return drop_from_table(cursor, session, session.catalog.policies, "policy")


def drop_from_table(
    cursor: Cursor, session: Session, holders: Mapping[Key, dict[str, Any]], kind: Literal["policy", "trigger"]
) -> Outcome:
    """`[IF EXISTS] name ON table`: what `holders` has under the table's key. IF EXISTS covers the table, too."""
    if_exists = cursor.accept("if", "exists")
    token = cursor.token
    name = cursor.identifier()
    cursor.expect("on")
    try:
        key = table_key(cursor, session)
    except MissingError:
        if if_exists:
            return READ
        raise
    cursor.accept_any("cascade", "restrict")
    cursor.finish()
    if holders.get(key, {}).pop(name, None) is None and not if_exists:
        raise missing_from_table(session, key, kind, name, token)
    return READ


def missing_from_table(session: Session, key: Key, kind: str, name: str, token: Token) -> Exception:
    """What to raise for a policy or trigger that is not there."""
    if not session.catalog.defines(key[0]):
        return ForeignError(key[0])
    return MissingError(f'{kind} "{name}" for table "{key[1]}" does not exist', token, ".".join((*key, name)))
