"""Reports made by hand, for the tests of every format."""

from __future__ import annotations

from driftcheck.differ.rules import rule
from driftcheck.findings import (
    Counts,
    Finding,
    Fix,
    NotCompared,
    ObjectRef,
    Remedy,
    Report,
    Severity,
    Side,
    SourceSummary,
)
from driftcheck.model import Column, ForeignKey, Location, PrimaryKey, Schema, Table
from driftcheck.sql import parse_type

TRUTH, SQL, MODELS = "web/db/schema.ts", "db/schema.sql", "app/models.py"

#: Everything that could do harm in a terminal, a page, a workflow log or a table.
HOSTILE = 'a\nb%0A::error::x|y`z`<script>alert(1)</script>"\x1b[31m\u202eevil\u0000' + "w" * 10_000


def finding(
    code: str,
    ref: ObjectRef,
    expected: str | None,
    actual: str | None,
    source: str = "sql",
    line: int = 7,
    fix: Fix | None = None,
    related: tuple[ObjectRef, ...] = (),
) -> Finding:
    found = rule(code)
    path = SQL if source == "sql" else MODELS
    return Finding(
        found,
        found.severity,
        source,
        ref,
        Side(expected, Location(TRUTH, line + 1, 3)),
        Side(actual, Location(path, line, 5)),
        f"{ref} is {actual} in {source}; drizzle says {expected}",
        fix=fix,
        related=related,
    )


def column(name: str, table: str = "users") -> ObjectRef:
    return ObjectRef("column", "public", name, table)


def schema() -> Schema:
    """users and posts, with a foreign key between them."""
    users = Table(
        schema="public",
        name="users",
        columns=(
            Column(name="id", type=parse_type("uuid"), nullable=False),
            Column(name="email", type=parse_type("character varying(320)")),
            Column(name="created_at", type=parse_type("timestamp without time zone")),
        ),
        primary_key=PrimaryKey(name="users_pkey", columns=("id",)),
    )
    posts = Table(
        schema="public",
        name="posts",
        columns=(
            Column(name="id", type=parse_type("uuid"), nullable=False),
            Column(name="author_id", type=parse_type("uuid")),
        ),
        foreign_keys=(
            ForeignKey(name="posts_author", columns=("author_id",), target_schema="public", target_table="users"),
        ),
    )
    return Schema(tables=(users, posts))


def _remedy(findings: tuple[Finding, ...]) -> Remedy:
    fixes = [one.fix for one in findings if one.fix is not None and one.severity is not Severity.NOTE]
    return "edits" if any(fix.edits for fix in fixes) else "text" if fixes else ""


def report(*findings: Finding, **changes: object) -> Report:
    """A report of `findings` by three sources; `changes` replace its other fields."""
    counts = Counts(tables=2, columns=5, constraints=2)
    fields: dict[str, object] = {
        "truth": "drizzle",
        "sources": (
            SourceSummary("drizzle", "drizzle", (TRUTH,), counts, read=2),
            SourceSummary("sql", "sql", (SQL,), counts, read=4, irrelevant=1),
            SourceSummary("sqlalchemy", "sqlalchemy", (MODELS, "app/base.py"), counts, read=2),
        ),
        "compared": counts,
        "findings": findings,
        "schema": schema(),
        "remedy": _remedy(findings),
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]


def drifted() -> Report:
    """A bit of everything: a cause, a missing table, a column with what follows from it, notes, a fix."""
    stamp, zoned = "timestamp without time zone", "timestamp with time zone"
    changed = [
        finding("DR203", column("created_at", table), stamp, zoned, source, line)
        for line, table in enumerate(("users", "posts", "tags"), 3)
        for source in ("sql", "sqlalchemy")
    ]
    others = [
        finding("DR101", ObjectRef("table", "public", "audit"), "audit", None, line=1),
        finding(
            "DR202",
            column("project_id", "posts"),
            None,
            "integer",
            line=12,
            related=(ObjectRef("index", "public", "ix_posts_project", "posts", ("project_id",)),),
        ),
        finding(
            "DR204",
            column("email"),
            "NOT NULL",
            "nullable",
            fix=Fix("sql", "ALTER TABLE users ALTER COLUMN email SET NOT NULL;"),
        ),
        finding("DR329", ObjectRef("unique", "public", "u2", "users", ("email",)), "u1", "u2"),
    ]
    return report(
        *changed,
        *others,
        not_compared=(NotCompared("policies", "drizzle declares none of them", "sql", 20),),
        ignored=2,
        baselined=1,
        excerpts={(SQL, 7): "    email varchar(320),", (TRUTH, 8): "  email: varchar('email', { length: 320 }),"},
    )


def hostile() -> Report:
    """Names, values, messages and paths that would do harm if they were not escaped."""
    ref = ObjectRef("column", HOSTILE, HOSTILE, HOSTILE, (HOSTILE,))
    found = rule("DR203")
    place = Location(HOSTILE[:60], 3, 4)
    evil = Finding(found, found.severity, "sql", ref, Side(HOSTILE, place), Side(HOSTILE, place), HOSTILE,
                   fix=Fix("sql", HOSTILE), related=(ref,))  # fmt: skip
    table = Table(schema=HOSTILE, name=HOSTILE, columns=(Column(name=HOSTILE, type=parse_type("text")),))
    return report(
        evil,
        schema=Schema(tables=(table,)),
        not_compared=(NotCompared(HOSTILE, HOSTILE, "sql", 1),),
        notes=(HOSTILE,),
        excerpts={(place.path, 3): HOSTILE},
    )
