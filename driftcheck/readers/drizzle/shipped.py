"""Tables and roles that Drizzle itself ships: `drizzle-orm/supabase` and `drizzle-orm/neon`.

They exist in the database already, and drizzle-kit creates none of them unless a schema file exports them.
"""

from __future__ import annotations

from ...typescript.runtime.values import UNDEFINED, CallSite, HostFunction, JsArray, JsObject, Unknown, Value
from .columns import PgColumn
from .columns.builder import Facts
from .columns.families import FAMILIES
from .context import Context, argument
from .schemas import PgPolicy, PgRole
from .sql import Sql, Text, template
from .tables import PgTable

#: (property, column name or "" for the property's, function, whether it takes a zone)
_Rows = list[tuple[str, str, str]]

_AUTH_USERS: _Rows = [
    ("id", "", "uuid primary"),
    ("email", "", "varchar 255"),
    ("phone", "", "text unique"),
    ("emailConfirmedAt", "email_confirmed_at", "timestamptz"),
    ("phoneConfirmedAt", "phone_confirmed_at", "timestamptz"),
    ("lastSignInAt", "last_sign_in_at", "timestamptz"),
    ("createdAt", "created_at", "timestamptz"),
    ("updatedAt", "updated_at", "timestamptz"),
]
_REALTIME_MESSAGES: _Rows = [
    ("id", "", "bigserial primary"),
    ("topic", "", "text required"),
    ("extension", "", "text required"),
]
_USERS_SYNC: _Rows = [
    ("rawJson", "raw_json", "jsonb required"),
    ("id", "", "text primary"),
    ("name", "", "text"),
    ("email", "", "text"),
    ("createdAt", "created_at", "timestamptz"),
    ("deletedAt", "deleted_at", "timestamptz"),
    ("updatedAt", "updated_at", "timestamptz"),
]


def _table(context: Context, schema: str, name: str, rows: _Rows) -> PgTable:
    table = PgTable(name, schema, None, None)
    for key, given, words in rows:
        function, *facts = words.split()
        config: Value = JsObject([("length", 255)]) if "255" in facts else None
        if function == "timestamptz":
            function, config = "timestamp", JsObject([("withTimezone", True)])
        kind = FAMILIES[function](config, None, context.line)
        primary = "primary" in facts
        given_facts = Facts(not_null=primary or "required" in facts or kind.not_null, primary=primary)
        given_facts.unique = [] if "unique" in facts else None
        table.columns[key] = PgColumn(table, key, given or key, kind, given_facts, None, context, key_as_name=not given)
    return table


def _role(name: str) -> PgRole:
    return PgRole(name, None, None, existing=True)


def supabase(context: Context) -> dict[str, Value]:
    return {
        "anonRole": _role("anon"),
        "authenticatedRole": _role("authenticated"),
        "serviceRole": _role("service_role"),
        "postgresRole": _role("postgres_role"),
        "supabaseAuthAdminRole": _role("supabase_auth_admin"),
        "authUsers": _table(context, "auth", "users", _AUTH_USERS),
        "realtimeMessages": _table(context, "realtime", "messages", _REALTIME_MESSAGES),
        "authUid": Sql([Text("(select auth.uid())")]),
        "realtimeTopic": Sql([Text("realtime.topic()")]),
    }


def neon(context: Context) -> dict[str, Value]:
    return {
        "authenticatedRole": _role("authenticated"),
        "anonymousRole": _role("anonymous"),
        "authUid": HostFunction(_auth_uid, "authUid"),
        "crudPolicy": HostFunction(lambda arguments, site: _crud(argument(arguments, 0), site), "crudPolicy"),
        "usersSync": _table(context, "neon_auth", "users_sync", _USERS_SYNC),
    }


def _auth_uid(arguments: list[Value], site: CallSite) -> Value:
    return template(["(select auth.user_id() = ", argument(arguments, 0), ")"])


def _condition(value: Value) -> Value:
    return Sql([Text("true" if value else "false")]) if isinstance(value, bool) else value


def _crud(options: Value, site: CallSite) -> Value:
    """Four policies from one description (drizzle-orm/src/neon/rls.ts)."""
    if not isinstance(options, JsObject):
        return options if isinstance(options, Unknown) else site.unknown("crudPolicy is not given an object")
    role = options.get("role", UNDEFINED)
    names = [
        item.name if isinstance(item, PgRole) else item for item in (role if isinstance(role, JsArray) else [role])
    ]
    for item in names:
        if not isinstance(item, str):
            return item if isinstance(item, Unknown) else site.unknown("crudPolicy is given no role")
    read, modify = _condition(options.get("read")), _condition(options.get("modify"))
    clauses = {
        "select": [("using", read)],
        "insert": [("withCheck", modify)],
        "update": [("using", modify), ("withCheck", modify)],
        "delete": [("using", modify)],
    }
    name = f"crud-{'-'.join(names)}-policy"
    return JsArray(
        PgPolicy(f"{name}-{command}", JsObject([("for", command), ("to", role), *parts]), site.location)
        for command, parts in clauses.items()
        if parts[0][1] is not None
    )
