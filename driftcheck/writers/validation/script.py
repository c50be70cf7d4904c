"""The script as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ...model import DEFAULT_SCHEMA, Index, Schema, quote
from ...normalize import normalize
from ..sql.absent import absent
from ..sql.gate import NOTHING, SETTINGS, SqlText, dollar_quoted, joined, literal, remark, sql
from ..sql.refused import admitted
from .checks import QUERIES, query
from .facts import Fact, enum, facts_of, function, policy, trigger
from .twins import KINDS, twins

#: What may be asked for, and so what may be left out.
GROUPS = tuple(QUERIES)

_HEADER = """\
-- Is a database still what {} declares? Written by driftcheck.
--
--     psql -v ON_ERROR_STOP=1 -f validate.sql "$DATABASE_URL"
--
-- It changes nothing, and ends with one exception that lists all that is not as declared, or with none. It needs the
-- right to read the catalogs, which everybody has, and, for defaults, checks, indexes, policies and triggers, the right
-- to make temporary tables: PostgreSQL stores what an expression means, so it is asked to store the source's, too, and
-- to forget it. Behind each fact is the place where the source declares it.
{}
BEGIN;
SET LOCAL search_path = '';
SET LOCAL client_min_messages = notice;
{}
DO {};
ROLLBACK;
"""
_BODY = """
#variable_conflict use_column
DECLARE
    -- What the source declares, what the server makes of its expressions, what is wrong, and why nothing could be made.
    declared jsonb;
    stored jsonb := '[]';
    wrong text[] := '{{}}';
    blind text;
    schemas CONSTANT text := {};
    found text[];
    counted bigint;
    twin record;
    fact record;
    twin_oid oid;
    columns text;
    made jsonb;
    says text;
    refused text;
BEGIN
    SELECT jsonb_agg(to_jsonb(f)) INTO declared FROM (VALUES
{}
    ) AS f (kind, s, t, n, a, b, c, line);
{}
{}
{}    IF cardinality(wrong) > 0 THEN
        RAISE EXCEPTION USING MESSAGE = format({}, cardinality(wrong), E'\\n  ' || array_to_string(wrong, E'\\n  '));
    END IF;
END
"""
_BLIND = """
    IF blind IS NOT NULL THEN
        RAISE WARNING 'not checked: {} (%)', blind;
    ELSE
{}    END IF;
"""
_SAID = "    RAISE NOTICE USING MESSAGE = {};\n\n"
#: Fields of a Schema of which no group asks, and their names for people.
_UNCHECKED = {
    "views": "views", "domains": "domains", "composites": "composite types", "ranges": "range types",
    "sequences": "sequences",
}  # fmt: skip
#: Groups that are checked only where the source declares at least one, as `diff` does.
_ON_DEMAND = frozenset({"row-level-security", "policies", "triggers", "functions", "enums"})
_WITH_TWINS = frozenset(group for group, (kind, _, _) in QUERIES.items() if kind in KINDS)


def write(schema: Schema, called: str, only: Collection[str] = ()) -> str:
    """The script that checks a database against `schema`, the source `called`; `only` these of GROUPS, or all.

    What is not what it claims to be is left out, as in all that driftcheck writes, and listed at the top.
    """
    schema, _ = admitted(schema)
    left_out = [remark(f"Not checked, because it could not be read: {line}") for line in absent(schema)]
    indexes = {table.key: table.indexes for table in schema.tables}
    schema = normalize(schema)
    sections = list(_sections(schema, indexes))
    kinds = {fact.kind for _, facts in sections for fact in facts}
    groups = [group for group in GROUPS if _is_asked(group, only, kinds)]
    return sql(
        _HEADER,
        _plain(called),
        joined(left_out, "\n"),
        SqlText(SETTINGS.replace("SET ", "SET LOCAL ")),
        dollar_quoted(_body(schema, called, sections, groups, NOTHING if only else _unchecked(schema))),
    )


def _is_asked(group: str, only: Collection[str], kinds: Collection[str]) -> bool:
    return (not only or group in only) and (group not in _ON_DEMAND or QUERIES[group][0] in kinds)


def _plain(text: str) -> SqlText:
    """`text` as it may be in a comment."""
    return SqlText(remark(text).removeprefix("-- "))


def _unchecked(schema: Schema) -> SqlText:
    """What the script says that it does not look at: no one shall take its silence for agreement."""
    counts = {title: len(getattr(schema, plural)) for plural, title in _UNCHECKED.items()}
    counts["aggregates"] = sum(item.kind == "aggregate" for item in schema.functions)
    counts["bounds of partitions"] = sum(table.partition_of is not None for table in schema.tables)
    said = ", ".join(f"{title} ({count})" for title, count in counts.items() if count)
    return sql(_SAID, literal(f"not checked by this script: {said}")) if said else NOTHING


def _body(
    schema: Schema, called: str, sections: list[tuple[str, list[Fact]]], groups: list[str], unchecked: SqlText
) -> SqlText:
    return sql(
        _BODY,
        literal(_search_path(schema)),
        _rows(sections),
        twins() if _WITH_TWINS.intersection(groups) else NOTHING,
        joined(_questions(groups), "\n"),
        unchecked,
        literal(f"%s differences from {called.replace('%', '%%')}:%s"),
    )


def _questions(groups: Iterable[str]) -> Iterator[SqlText]:
    for group in groups:
        asked = query(group)
        yield sql(_BLIND, SqlText(group), asked) if group in _WITH_TWINS else asked


def _search_path(schema: Schema) -> str:
    """The schemas in which the expressions of a source look for names, like the script that builds it."""
    others = dict.fromkeys([*(item.name for item in schema.namespaces), *(table.schema for table in schema.tables)])
    return ", ".join(quote(one) for one in dict.fromkeys([DEFAULT_SCHEMA, *others, "extensions"]))


def _sections(schema: Schema, indexes: Mapping[tuple[str, str], tuple[Index, ...]]) -> Iterator[tuple[str, list[Fact]]]:
    """The facts, table by table, each section under its title."""
    for table in schema.tables:
        facts = list(facts_of(table, schema, indexes[table.key]))
        facts += [policy(item) for item in schema.policies if (item.schema, item.table) == table.key]
        facts += [trigger(item) for item in schema.triggers if (item.schema, item.table) == table.key]
        yield f"{table.schema}.{table.name}", facts
    known = {table.key for table in schema.tables}
    others = [policy(item) for item in schema.policies if (item.schema, item.table) not in known]
    others += [trigger(item) for item in schema.triggers if (item.schema, item.table) not in known]
    others += [enum(item) for item in schema.enums]
    others += [function(item) for item in schema.functions if item.kind != "aggregate"]
    if others:
        yield "enums, functions, and what is on tables of others", others


def _rows(sections: Iterable[tuple[str, list[Fact]]]) -> SqlText:
    """A row for each fact, the last without a comma."""
    lines: list[SqlText] = []
    facts = [(title, fact) for title, found in sections for fact in found]
    for at, (title, fact) in enumerate(facts):
        if at == 0 or facts[at - 1][0] != title:
            lines.append(sql("\n        {}", remark(title)))
        lines.append(sql("        {}{}", fact.row(), NOTHING if at == len(facts) - 1 else sql(",")))
    return joined(lines, "\n")
