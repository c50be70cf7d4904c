"""The clauses of CREATE POLICY: https://www.postgresql.org/docs/current/sql-createpolicy.html"""

from __future__ import annotations

from typing import Any

from .stream import Stream

_COMMANDS = ("all", "select", "insert", "update", "delete")


def read_kind(stream: Stream) -> dict[str, Any]:
    """`AS …` and `FOR …`: whether it is `permissive`, and its `command`."""
    values: dict[str, Any] = {}
    if stream.accept("as"):
        kind = stream.accept_any("permissive", "restrictive")
        if not kind:
            raise stream.unexpected("PERMISSIVE or RESTRICTIVE was expected")
        values["permissive"] = kind == "permissive"
    if stream.accept("for"):
        values["command"] = stream.accept_any(*_COMMANDS)
        if not values["command"]:
            raise stream.unexpected("a command (SELECT, INSERT, …) was expected")
    return values


def read_clauses(stream: Stream) -> dict[str, Any]:
    """`TO …`, `USING (…)`, `WITH CHECK (…)`."""
    values: dict[str, Any] = {}
    if stream.accept("to"):
        roles = {role_name(stream)}
        while stream.accept(","):
            roles.add(role_name(stream))
        values["roles"] = ("public",) if "public" in roles else tuple(sorted(roles))
    if stream.accept("using"):
        values["using"] = stream.condition()
    if stream.accept("with", "check"):
        values["check"] = stream.condition()
    return values


def role_name(stream: Stream) -> str:
    """A role as a policy or an owner clause names it; CURRENT_USER and its like stay words."""
    stream.accept("group")
    return stream.identifier()
