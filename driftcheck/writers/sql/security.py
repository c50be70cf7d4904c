"""Roles, row-level security and policies."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Policy, Role, Schema, qualified, quote
from .absent import written
from .text import dollar_quoted, grouped, literal

#: Roles that are words of the grammar, not names.
_ROLE_WORDS = frozenset({"public", "current_user", "current_role", "session_user"})


def role(item: Role) -> str:
    """Roles belong to the server, so one may be there already."""
    options = "".join(
        [
            " CREATEDB" if item.create_database else "",
            " CREATEROLE" if item.create_role else "",
            "" if item.inherit else " NOINHERIT",
        ]
    )
    body = (
        f"\nBEGIN\n    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {literal(item.name)}) THEN\n"
        f"        CREATE ROLE {quote(item.name)}{options};\n    END IF;\nEND\n"
    )
    return f"DO {dollar_quoted(body)};\n"


def row_security(schema: Schema) -> Iterator[str]:
    for table in schema.tables:
        if table.row_security:
            yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        if table.force_row_security:
            yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;\n"
    yield from (_policy(item) for item in schema.policies if written(item))


def _policy(policy: Policy) -> str:
    lines = [f"CREATE POLICY {quote(policy.name)} ON {qualified(policy.schema, policy.table)}"]
    if not policy.permissive:
        lines.append("AS RESTRICTIVE")
    lines.append(f"FOR {policy.command.upper()} TO {', '.join(map(_grantee, policy.roles)) or 'PUBLIC'}")
    if policy.using is not None:
        lines.append(f"USING {grouped(policy.using)}")
    if policy.check is not None:
        lines.append(f"WITH CHECK {grouped(policy.check)}")
    return "\n    ".join(lines) + ";\n"


def _grantee(name: str) -> str:
    return name.upper() if name in _ROLE_WORDS else quote(name)
