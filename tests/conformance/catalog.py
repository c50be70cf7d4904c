"""What a PostgreSQL database holds, in the server's own words.

A catalog is `{kind: {name: facts}}`. Facts come from `format_type`, `pg_get_expr`, `pg_get_constraintdef`,
`pg_get_indexdef`, `pg_get_triggerdef`, `pg_get_viewdef`, `pg_get_functiondef` with an empty search path, so every name
in them is qualified. System schemas and what extensions brought with them are left out, owners and grants too.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import dict_row

Facts = dict[str, Any]
Catalog = dict[str, dict[str, Facts]]

#: Objects of the system, and members of extensions, by the alias of a table with `oid` and of its namespace.
_OURS = """
    n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg_temp%'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')
"""
_OUR_RELATION = _OURS.format(oid="c.oid")
_OUR_TYPE = _OURS.format(oid="t.oid")
_OUR_FUNCTION = _OURS.format(oid="p.oid")

_NAMESPACES = f"""
    SELECT n.nspname AS key FROM pg_namespace n
    WHERE {_OURS.format(oid="n.oid")} AND n.nspname NOT LIKE 'pg_toast_temp%' AND n.nspname <> 'public'
"""

_TABLES = f"""
    SELECT n.nspname || '.' || c.relname AS key, c.relkind AS kind, c.relrowsecurity AS rls,
        c.relforcerowsecurity AS force, c.relpersistence AS persistence,
        (SELECT array_agg(o ORDER BY o) FROM unnest(c.reloptions || ARRAY(
            SELECT 'toast.' || o FROM pg_class s, unnest(s.reloptions) o WHERE s.oid = c.reltoastrelid)) o) AS options,
        (SELECT spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace,
        CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
        pg_get_expr(c.relpartbound, c.oid) AS partition_bound,
        (SELECT array_agg(i.inhparent::regclass::text ORDER BY i.inhseqno)
            FROM pg_inherits i WHERE i.inhrelid = c.oid) AS parents,
        CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END AS of_type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f') AND {_OUR_RELATION}
"""

_COLUMNS = f"""
    SELECT n.nspname || '.' || c.relname || '.' || a.attname AS key,
        row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum)::int AS position,
        format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS notnull, a.attidentity AS identity,
        CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default,
        CASE WHEN a.attgenerated <> ''
            THEN a.attgenerated::text || ':' || pg_get_expr(d.adbin, d.adrelid) END AS generated,
        CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation,
        CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END AS storage,
        NULLIF(a.attcompression::text, '') AS compression
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f') AND {_OUR_RELATION}
"""

#: PostgreSQL 18 stores NOT NULL as a constraint too ('n'); the column says so already. A foreign key to a partitioned
#: table has one beside it for each partition, under names that depend on the order of creation.
_CONSTRAINTS = f"""
    SELECT n.nspname || '.' || c.relname || '.' || k.conname AS key, k.contype AS type,
        pg_get_constraintdef(k.oid) AS def
    FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE k.contype IN ('p', 'f', 'u', 'x', 'c') AND {_OUR_RELATION}
        AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.oid = k.conparentid AND o.conrelid = k.conrelid)
"""

_INDEXES = f"""
    SELECT n.nspname || '.' || c.relname AS key, pg_get_indexdef(c.oid) AS def, i.indisvalid AS valid,
        (SELECT spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
        AND {_OUR_RELATION}
"""

_ENUMS = f"""
    SELECT n.nspname || '.' || t.typname AS key,
        (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
            FROM pg_enum e WHERE e.enumtypid = t.oid) AS values
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND {_OUR_TYPE}
"""

_DOMAINS = f"""
    SELECT n.nspname || '.' || t.typname AS key, format_type(t.typbasetype, t.typtypmod) AS type,
        t.typnotnull AS notnull, pg_get_expr(t.typdefaultbin, 0) AS default,
        CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END AS collation,
        (SELECT jsonb_object_agg(k.conname, pg_get_constraintdef(k.oid))
            FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS checks
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
    WHERE t.typtype = 'd' AND {_OUR_TYPE}
"""

_COMPOSITES = f"""
    SELECT n.nspname || '.' || c.relname AS key,
        (SELECT array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attcollation <> t.typcollation THEN ' ' || a.attcollation::regcollation ELSE '' END
                ORDER BY a.attnum)
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'c' AND {_OUR_RELATION}
"""

_RANGES = f"""
    SELECT n.nspname || '.' || t.typname AS key, r.rngsubtype::regtype::text AS subtype,
        r.rngmultitypid::regtype::text AS multirange, NULLIF(r.rngsubdiff::regproc::text, '-') AS subtype_diff,
        NULLIF(r.rngcanonical::regproc::text, '-') AS canonical,
        (SELECT o.opcname FROM pg_opclass o WHERE o.oid = r.rngsubopc) AS opclass,
        NULLIF(r.rngcollation, 0)::regcollation::text AS collation
    FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE {_OUR_TYPE}
"""

_SEQUENCES = f"""
    SELECT n.nspname || '.' || c.relname AS key, format_type(s.seqtypid, NULL) AS type, s.seqstart AS start,
        s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum, s.seqcache AS cache,
        s.seqcycle AS cycle, o.deptype = 'i' AS identity,
        o.refobjid::regclass::text || '.' || a.attname AS owned_by
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.deptype IN ('a', 'i')
        AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0
    LEFT JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
    WHERE {_OUR_RELATION}
"""

_VIEWS = f"""
    SELECT n.nspname || '.' || c.relname AS key, c.relkind = 'm' AS materialized, pg_get_viewdef(c.oid) AS def,
        (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
        (SELECT array_agg(o ORDER BY o) FROM unnest(c.reloptions) o) AS options, c.relispopulated AS populated
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND {_OUR_RELATION}
"""

_POLICIES = """
    SELECT schemaname || '.' || tablename || '.' || policyname AS key, permissive, cmd,
        ARRAY(SELECT r::text FROM unnest(roles) r ORDER BY 1) AS roles, qual AS using, with_check AS check
    FROM pg_policies
"""

_TRIGGERS = f"""
    SELECT n.nspname || '.' || c.relname || '.' || g.tgname AS key, pg_get_triggerdef(g.oid) AS def,
        g.tgenabled AS enabled
    FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND {_OUR_RELATION}
"""

_FUNCTIONS = f"""
    SELECT n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')' AS key,
        CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid)
            ELSE (SELECT format('%s sfunc %s stype %s final %s init %s', pg_get_function_arguments(p.oid),
                    g.aggtransfn, g.aggtranstype::regtype, g.aggfinalfn, g.agginitval)
                FROM pg_aggregate g WHERE g.aggfnoid = p.oid) END AS def
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE {_OUR_FUNCTION}
        AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.objid = p.oid AND i.deptype = 'i')
"""

_COMMENTS = f"""
    SELECT n.nspname || '.' || c.relname || COALESCE('.' || a.attname, '') AS key, d.description AS text
    FROM pg_description d
    JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
    WHERE c.relkind IN ('r', 'p', 'f') AND {_OUR_RELATION}
"""

_EXTENSIONS = """
    SELECT e.extname AS key, n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql'
"""

_ROLES = """
    SELECT rolname AS key, rolcreatedb AS create_database, rolcreaterole AS create_role, rolinherit AS inherit
    FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' AND rolname <> 'postgres'
"""

QUERIES = {
    "namespace": _NAMESPACES,
    "table": _TABLES,
    "column": _COLUMNS,
    "constraint": _CONSTRAINTS,
    "index": _INDEXES,
    "enum": _ENUMS,
    "domain": _DOMAINS,
    "composite": _COMPOSITES,
    "range": _RANGES,
    "sequence": _SEQUENCES,
    "view": _VIEWS,
    "policy": _POLICIES,
    "trigger": _TRIGGERS,
    "function": _FUNCTIONS,
    "comment": _COMMENTS,
    "extension": _EXTENSIONS,
    "role": _ROLES,
}


def read_catalog(dsn: str) -> Catalog:
    """The catalog of the database at `dsn`. A database that holds nothing of a kind has an empty dict for it."""
    with psycopg.connect(dsn, autocommit=True, row_factory=dict_row) as connection:
        connection.execute("SET search_path = ''")
        return catalog_over(connection)


def catalog_over(connection: psycopg.Connection[dict[str, Any]]) -> Catalog:
    """The catalog as a connection sees it, whose search path is empty."""
    return {kind: {row.pop("key"): row for row in connection.execute(query)} for kind, query in QUERIES.items()}


def catalog_query() -> str:
    """One query that gives the catalog as JSON, for whatever driver; its transaction's search path must be empty."""
    kinds = ", ".join(
        f"'{kind}', (SELECT coalesce(json_object_agg(q.key, to_jsonb(q) - 'key'), '{{}}') FROM ({query}) q)"
        for kind, query in QUERIES.items()
    )
    return f"SELECT json_build_object({kinds})::text"


def without(catalog: Catalog, baseline: Catalog) -> Catalog:
    """`catalog` less what `baseline` already holds in the same form."""
    return {
        kind: {name: facts for name, facts in objects.items() if baseline[kind].get(name) != facts}
        for kind, objects in catalog.items()
    }


def differences(expected: Catalog, actual: Catalog) -> list[str]:
    """One line per object that is missing or extra, and per fact that differs."""
    lines = []
    for kind in sorted(expected.keys() | actual.keys()):
        wanted, found = expected.get(kind, {}), actual.get(kind, {})
        lines += [f"{kind} {name}: missing" for name in sorted(wanted.keys() - found.keys())]
        lines += [f"{kind} {name}: extra: {found[name]}" for name in sorted(found.keys() - wanted.keys())]
        for name in sorted(wanted.keys() & found.keys()):
            lines += _fact_differences(f"{kind} {name}", wanted[name], found[name])
    return lines


def _fact_differences(what: str, wanted: Any, found: Any) -> list[str]:
    if wanted == found:
        return []
    if not (isinstance(wanted, dict) and isinstance(found, dict)):
        return [f"{what}: expected {wanted!r}, is {found!r}"]
    return [
        f"{what}.{fact}: expected {wanted.get(fact)!r}, is {found.get(fact)!r}"
        for fact in sorted(wanted.keys() | found.keys())
        if wanted.get(fact) != found.get(fact)
    ]


def assert_same_catalog(expected: Catalog, actual: Catalog) -> None:
    """Fails with one line per difference."""
    lines = differences(expected, actual)
    assert not lines, "the catalogs differ:\n  " + "\n  ".join(lines)
