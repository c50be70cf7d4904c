"""Roles, row-level security and policies."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Policy, Role, Schema
from .absent import written
from .gate import NOTHING, SqlText, dollar_quoted, grouped, joined, literal, name, sql, words
from .text import qualified

#: Roles that are words of the grammar, not names.
_ROLE_WORDS = frozenset({"public", "current_user", "current_role", "session_user"})
_ROLE = """
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {}) THEN
        CREATE ROLE {}{};
    END IF;
END
"""


def role(item: Role) -> SqlText:
    """Roles belong to the server, so one may be there already."""
    options = joined(
        [
            sql(" CREATEDB") if item.create_database else NOTHING,
            sql(" CREATEROLE") if item.create_role else NOTHING,
            NOTHING if item.inherit else sql(" NOINHERIT"),
        ],
        "",
    )
    return sql("DO {}", dollar_quoted(sql(_ROLE, literal(item.name), name(item.name), options)))


def row_security(schema: Schema) -> Iterator[SqlText]:
    for table in schema.tables:
        if table.row_security:
            yield sql("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", qualified(*table.key))
        if table.force_row_security:
            yield sql("ALTER TABLE {} FORCE ROW LEVEL SECURITY", qualified(*table.key))
    yield from (policy(item) for item in schema.policies if written(item))


def policy(item: Policy) -> SqlText:
    lines = [sql("CREATE POLICY {} ON {}", name(item.name), qualified(item.schema, item.table))]
    if not item.permissive:
        lines.append(sql("AS RESTRICTIVE"))
    roles = joined(map(_grantee, item.roles)) or sql("PUBLIC")
    lines.append(sql("FOR {} TO {}", words(item.command), roles))
    if item.using is not None:
        lines.append(sql("USING {}", grouped(item.using)))
    if item.check is not None:
        lines.append(sql("WITH CHECK {}", grouped(item.check)))
    return joined(lines, "\n    ")


def _grantee(text: str) -> SqlText:
    return words(text) if text in _ROLE_WORDS else name(text)
