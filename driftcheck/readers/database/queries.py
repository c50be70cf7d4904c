"""The catalog queries: a fixed number of them, however much a database holds, and none for a single object.

Each gives rows of text (COPY), whose fields `rows` of the modules that read them name in the same order. What only
some versions have is written for these. Objects of the system, of sessions (temporary ones) and of extensions are left
out here; what a platform keeps is not. https://www.postgresql.org/docs/current/catalogs.html
"""

from __future__ import annotations

import re

from ...frozen import dataclass
from .unmodelled import UNMODELLED

#: `{14:a ELSE b}` in a query: `a` from PostgreSQL 14 on, `b` before.
_SINCE = re.compile(r"\{(\d+):([^{}]*) ELSE ([^{}]*)\}")

NOW = """SELECT current_setting('server_version_num'), current_setting('server_version'),
    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), current_database()"""


@dataclass(frozen=True, slots=True)
class Query:
    """`name` is what it gives, in the words of the report; `sql` is without semicolon."""

    name: str
    sql: str

    def text(self, version: int) -> str:
        """The query for a server of that major version."""
        return _SINCE.sub(lambda match: match[2] if version >= int(match[1]) else match[3], self.sql)


def _ours(alias: str, catalog: str) -> str:
    """That the namespace `n` is no part of the system, and the object no part of an extension."""
    return f"""n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND {alias}.oid NOT IN (
        SELECT x.objid FROM pg_depend x WHERE x.classid = '{catalog}'::regclass AND x.deptype = 'e')"""


def _name_of(catalog: str, prefix: str, oid: str) -> str:
    """A name with its schema, of a catalog whose columns begin with `prefix`; NULL for 0."""
    return f"""(SELECT quote_ident(m.nspname) || '.' || quote_ident(o.{prefix}name) FROM pg_{catalog} o
        JOIN pg_namespace m ON m.oid = o.{prefix}namespace WHERE o.oid = {oid})"""


_COLLATION = _name_of("collation", "coll", "{}")

_SIGNATURE = """(SELECT array_to_json(array_agg(format_type(u.t, NULL) ORDER BY u.i))
            FROM unnest(p.proargtypes) WITH ORDINALITY u (t, i))"""

_NAMESPACES = f"""SELECT n.nspname FROM pg_namespace n WHERE {_ours("n", "pg_namespace")} ORDER BY n.oid"""

_RELATIONS = f"""SELECT c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
        c.relpersistence, array_to_json(c.reloptions), array_to_json(o.reloptions), s.spcname,
        CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END, c.relispartition,
        pg_get_expr(c.relpartbound, c.oid), i.parents,
        CASE WHEN c.reloftype <> 0 THEN {_name_of("type", "typ", "c.reloftype")} END, d.description,
        CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END, c.relispopulated, v.srvname,
        array_to_json(f.ftoptions)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class o ON o.oid = c.reltoastrelid AND o.reloptions IS NOT NULL
    LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    LEFT JOIN pg_foreign_table f ON f.ftrelid = c.oid LEFT JOIN pg_foreign_server v ON v.oid = f.ftserver
    LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
    LEFT JOIN (SELECT inhrelid, array_to_json(array_agg(inhparent::bigint ORDER BY inhseqno)) AS parents
        FROM pg_inherits GROUP BY inhrelid) i ON i.inhrelid = c.oid
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c') AND c.relpersistence <> 't' AND {_ours("c", "pg_class")}
    ORDER BY c.oid"""

_COLUMNS = f"""SELECT a.attrelid, a.attnum, a.attname, a.atttypid, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attcollation,
        CASE WHEN a.attcollation <> t.typcollation THEN {_COLLATION.format("a.attcollation")} END,
        CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, {{14:a.attcompression ELSE ''}}, e.description
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
    LEFT JOIN pg_description e ON e.objoid = c.oid AND e.classoid = 'pg_class'::regclass AND e.objsubid = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'm', 'c')
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY a.attrelid, a.attnum"""

_CONSTRAINTS = """SELECT k.oid, k.conname, k.contype, k.conrelid, k.contypid, k.conkey, k.confrelid, k.confkey,
        k.confupdtype, k.confdeltype, {15:k.confdelsetcols ELSE NULL}, k.confmatchtype, k.condeferrable, k.condeferred,
        k.convalidated, k.connoinherit, k.conparentid, {18:k.conenforced ELSE 't'}, {18:k.conperiod ELSE 'f'},
        i.indnkeyatts, i.indkey, {15:i.indnullsnotdistinct ELSE 'f'},
        CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid) WHEN 'x' THEN pg_get_constraintdef(k.oid) END
    FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
    LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u')
    WHERE k.contype IN ('p', 'f', 'u', 'x', 'c') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY k.oid"""

_INDEXES = f"""SELECT c.relname, i.indrelid, m.amname, i.indisunique, {{15:i.indnullsnotdistinct ELSE 'f'}},
        i.indnkeyatts, i.indkey, i.indoption, i.indclass, i.indcollation, array_to_json(c.reloptions), s.spcname,
        pg_get_expr(i.indpred, i.indrelid), c.relkind, i.indisvalid,
        CASE WHEN i.indexprs IS NOT NULL OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
            AND a.attoptions IS NOT NULL) THEN pg_get_indexdef(c.oid) END
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
        AND c.relpersistence <> 't' AND {_ours("c", "pg_class")} ORDER BY c.oid"""

_NAMES = """SELECT 'class', o.oid, n.nspname, o.opcname, o.opcdefault, o.opcintype, o.opcmethod
        FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace
    UNION ALL SELECT 'collation', o.oid, n.nspname, o.collname, NULL, NULL, NULL
        FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace
        WHERE o.oid IN (SELECT unnest(indcollation) FROM pg_index)"""

_TYPES = f"""SELECT n.nspname, t.typname, t.typtype, t.oid, e.labels, format_type(t.typbasetype, t.typtypmod),
        t.typnotnull, pg_get_expr(t.typdefaultbin, 0),
        CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN {_COLLATION.format("t.typcollation")} END,
        format_type(r.rngsubtype, NULL),
        CASE WHEN NOT q.opcdefault THEN {_name_of("opclass", "opc", "r.rngsubopc")} END,
        CASE WHEN r.rngcollation <> f.typcollation THEN {_COLLATION.format("r.rngcollation")} END,
        NULLIF(r.rngcanonical::oid, 0)::regproc, NULLIF(r.rngsubdiff::oid, 0)::regproc,
        {{14:{_name_of("type", "typ", "r.rngmultitypid")} ELSE NULL}}
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN (SELECT enumtypid, array_to_json(array_agg(enumlabel::text ORDER BY enumsortorder)) AS labels
        FROM pg_enum GROUP BY enumtypid) e ON e.enumtypid = t.oid
    LEFT JOIN pg_type b ON b.oid = t.typbasetype LEFT JOIN pg_range r ON r.rngtypid = t.oid
    LEFT JOIN pg_type f ON f.oid = r.rngsubtype LEFT JOIN pg_opclass q ON q.oid = r.rngsubopc
    WHERE t.typtype IN ('e', 'd', 'r') AND {_ours("t", "pg_type")} ORDER BY t.oid"""

# The locale has a column of another name in each of three versions: of a row as JSON that is no error.
_COLLATIONS = f"""SELECT n.nspname, o.collname, o.collprovider,
        COALESCE(z.row ->> 'colllocale', z.row ->> 'colliculocale', o.collcollate), o.collctype, o.collisdeterministic,
        z.row ->> 'collicurules'
    FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace, LATERAL (SELECT to_jsonb(o)) z (row)
    WHERE {_ours("o", "pg_collation")} ORDER BY o.oid"""

_SEQUENCES = f"""SELECT n.nspname, c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin,
        s.seqmax, s.seqcache, s.seqcycle, o.deptype, o.refobjid, o.refobjsubid
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.deptype IN ('a', 'i')
        AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0
    WHERE c.relpersistence <> 't' AND {_ours("c", "pg_class")} ORDER BY c.oid"""

_POLICIES = """SELECT n.nspname, c.relname, p.polname, p.polcmd, p.polpermissive,
        (SELECT array_to_json(array_agg(r.rolname::text ORDER BY r.rolname::text)) FROM pg_roles r
            WHERE r.oid = ANY (p.polroles)), 0 = ANY (p.polroles),
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), c.oid
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    ORDER BY p.oid"""

_TRIGGERS = """SELECT n.nspname, c.relname, g.tgname, pg_get_triggerdef(g.oid), g.tgenabled, c.oid
    FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND g.oid NOT IN (
        SELECT x.objid FROM pg_depend x WHERE x.classid = 'pg_trigger'::regclass AND x.deptype = 'e') ORDER BY g.oid"""

_FUNCTIONS = f"""SELECT n.nspname, p.proname, p.prokind,
        {_SIGNATURE},
        pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), l.lanname, p.prosrc, p.probin,
        {{14:pg_get_function_sqlbody(p.oid) ELSE NULL}}, p.provolatile, p.proisstrict, p.prosecdef, p.proleakproof,
        p.proparallel, p.procost, p.prorows, NULLIF(p.prosupport::oid, 0)::regproc, array_to_json(p.proconfig),
        CASE WHEN p.prokind = 'a' THEN (SELECT row_to_json(z) FROM (SELECT
            g.aggkind AS kind, g.aggnumdirectargs AS direct, NULLIF(g.aggtransfn::oid, 0)::regproc AS sfunc,
            format_type(g.aggtranstype, NULL) AS stype, NULLIF(g.aggtransspace, 0) AS sspace,
            NULLIF(g.aggfinalfn::oid, 0)::regproc AS finalfunc, g.aggfinalextra AS finalfunc_extra,
            g.aggfinalmodify AS finalfunc_modify, NULLIF(g.aggcombinefn::oid, 0)::regproc AS combinefunc,
            NULLIF(g.aggserialfn::oid, 0)::regproc AS serialfunc,
            NULLIF(g.aggdeserialfn::oid, 0)::regproc AS deserialfunc, g.agginitval AS initcond,
            NULLIF(g.aggmtransfn::oid, 0)::regproc AS msfunc, NULLIF(g.aggminvtransfn::oid, 0)::regproc AS minvfunc,
            CASE WHEN g.aggmtranstype <> 0 THEN format_type(g.aggmtranstype, NULL) END AS mstype,
            NULLIF(g.aggmtransspace, 0) AS msspace, NULLIF(g.aggmfinalfn::oid, 0)::regproc AS mfinalfunc,
            g.aggmfinalextra AS mfinalfunc_extra, g.aggmfinalmodify AS mfinalfunc_modify,
            g.aggminitval AS minitcond,
            (SELECT quote_ident(m.nspname) || '.' || o.oprname FROM pg_operator o
                JOIN pg_namespace m ON m.oid = o.oprnamespace WHERE o.oid = g.aggsortop) AS sortop
            FROM pg_aggregate g WHERE g.aggfnoid = p.oid) z) END
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE {_ours("p", "pg_proc")} AND p.oid NOT IN (
        SELECT x.objid FROM pg_depend x WHERE x.classid = 'pg_proc'::regclass AND x.deptype = 'i') ORDER BY p.oid"""


def _commented(
    columns: str, catalog: str, alias: str, namespace: str, where: str = "true", joins: str = "", part: str = "= 0"
) -> str:
    """The comments on objects of a catalog: kind, schema, name, table and signature, then the text."""
    return f"""SELECT {columns}, d.description FROM pg_description d JOIN {catalog} {alias} ON {alias}.oid = d.objoid
        {joins} JOIN pg_namespace n ON n.oid = {namespace}
        WHERE d.classoid = '{catalog}'::regclass AND d.objsubid {part} AND {where} AND {_ours(alias, catalog)}"""


_IN_TABLE = "JOIN pg_class c ON c.oid = {}"

_COMMENTS = "\n    UNION ALL ".join(
    (
        _commented(
            "CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized' WHEN 'S' THEN 'sequence' ELSE 'index' END"
            ", n.nspname, c.relname, NULL, NULL",
            "pg_class", "c", "c.relnamespace", "c.relkind IN ('v', 'm', 'S', 'i', 'I') AND c.relpersistence <> 't'",
        ),
        _commented("'constraint', n.nspname, k.conname, c.relname, NULL", "pg_constraint", "k", "c.relnamespace",
                   joins=_IN_TABLE.format("k.conrelid")),
        _commented("'trigger', n.nspname, g.tgname, c.relname, NULL", "pg_trigger", "g", "c.relnamespace",
                   joins=_IN_TABLE.format("g.tgrelid")),
        _commented("'policy', n.nspname, p.polname, c.relname, NULL", "pg_policy", "p", "c.relnamespace",
                   joins=_IN_TABLE.format("p.polrelid")),
        _commented("CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, "
                   f"n.nspname, p.proname, NULL, {_SIGNATURE}::text", "pg_proc", "p", "p.pronamespace"),
        _commented("CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, n.nspname, t.typname, NULL, NULL", "pg_type",
                   "t", "t.typnamespace", "t.typtype IN ('e', 'd', 'r', 'c')"),
        _commented("'schema', NULL, n.nspname, NULL, NULL", "pg_namespace", "o", "o.oid", "o.nspname <> 'public'"),
        _commented("'column', n.nspname, a.attname, c.relname, NULL", "pg_class", "c", "c.relnamespace",
                   "c.relkind IN ('v', 'm')", "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid",
                   part="> 0"),
    )
)  # fmt: skip

_EXTENSIONS = """SELECT e.extname, n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql' ORDER BY e.oid"""

_ROLES = """SELECT rolname, rolcreatedb, rolcreaterole, rolinherit FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY oid"""


#: In this order, so that what comes first can be read while the server looks for the rest.
QUERIES = (
    Query("schemas", _NAMESPACES),
    Query("sequences", _SEQUENCES),
    Query("tables", _RELATIONS),
    Query("columns", _COLUMNS),
    Query("constraints", _CONSTRAINTS),
    Query("indexes", _INDEXES),
    Query("names", _NAMES),
    Query("types", _TYPES),
    Query("collations", _COLLATIONS),
    Query("policies", _POLICIES),
    Query("triggers", _TRIGGERS),
    Query("functions", _FUNCTIONS),
    Query("extensions", _EXTENSIONS),
    Query("roles", _ROLES),
    Query("comments", f"SELECT * FROM ({_COMMENTS}) z ORDER BY 1, 2, 3, 4, 5::text"),
    Query("unmodelled", UNMODELLED),
)
