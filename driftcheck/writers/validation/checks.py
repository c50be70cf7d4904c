"""The part of the script that is always the same: for each group a query that says what is not as declared.

Every query gives the lines of what is wrong. Before it run, `declared` holds the rows of `facts`, and `stored` what the
server makes of their expressions (see `twins`). Each query is a constant of this program.
"""

from __future__ import annotations

from ...model.platforms import PLATFORM_SCHEMAS, TOOL_TABLES
from ..sql.gate import SqlText, joined, literal, sql

_ROWS = "jsonb_to_recordset({}) AS f (kind text, s text, t text, n text, a text, b text, c text, line text)"
DECLARED = _ROWS.format("declared")
STORED = _ROWS.format("stored")
#: The table of a row, if it is there: a role that may not use its schema may still read what the catalog says of it.
REAL = """(SELECT y.oid FROM pg_class y JOIN pg_namespace z ON z.oid = y.relnamespace
            WHERE z.nspname = f.s AND y.relname = f.t AND y.relkind IN ('r', 'p', 'f', 'v', 'm'))"""


def same(text: str) -> str:
    """An expression of the server's, in which names that need no schema have none, and now() one spelling."""
    return (
        f"regexp_replace(regexp_replace({text}, '\\m(pg_temp_[0-9]+|public|pg_catalog|extensions)\\.', '', 'g'), "
        "'CURRENT_TIMESTAMP|transaction_timestamp\\(\\)', 'now()', 'g')"
    )


def _listed(oid: str, numbers: str) -> str:
    """The columns with these numbers, in their order."""
    return (
        "(SELECT string_agg(quote_ident(x.attname), ', ' ORDER BY u.i) "
        f"FROM unnest({numbers}) WITH ORDINALITY u (n, i) JOIN pg_attribute x ON x.attrelid = {oid} AND x.attnum = u.n)"
    )


#: How a server stores one object of each kind: of it, as rows of its catalog, with what it is called there.
_SAYS = {
    "default": same("pg_get_expr(d.adbin, d.adrelid)"),
    "check": same("pg_get_constraintdef(o.oid)"),
    "index": "CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || "
    + same("regexp_replace(regexp_replace(pg_get_indexdef(i.indexrelid), '^.*? USING ', ''), ' WITH \\([^()]*\\)', '')")
    + """ || coalesce((SELECT ' WITH ' || string_agg(regexp_replace(regexp_replace(lower(o), '=(on|yes)$', '=true'),
            '=(off|no)$', '=false'), ', ' ORDER BY o) FROM pg_class z, unnest(z.reloptions) o
            WHERE z.oid = i.indexrelid), '')""",
    "policy": f"""format('%s FOR %s TO %s USING (%s) WITH CHECK (%s)',
            CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, CASE p.polcmd WHEN 'r' THEN 'SELECT'
                WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
            CASE WHEN 0 = ANY (p.polroles) THEN 'public' ELSE (SELECT string_agg(quote_ident(r.rolname), ', '
                ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles)) END,
            coalesce({same("pg_get_expr(p.polqual, p.polrelid)")}, ''),
            coalesce({same("pg_get_expr(p.polwithcheck, p.polrelid)")}, ''))""",
    "trigger": same("regexp_replace(pg_get_triggerdef(g.oid), ' ON [^ ]+ ', ' ON ')"),
}
_FROM = {
    "default": "pg_attrdef d JOIN pg_attribute x ON x.attrelid = d.adrelid AND x.attnum = d.adnum "
    "WHERE d.adrelid = twin_oid AND x.attname = fact.n",
    "check": "pg_constraint o WHERE o.conrelid = twin_oid AND o.conname = fact.n",
    "index": "pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = twin_oid AND x.relname = fact.n",
    "policy": "pg_policy p WHERE p.polrelid = twin_oid AND p.polname = fact.n",
    "trigger": "pg_trigger g WHERE g.tgrelid = twin_oid AND g.tgname = fact.n",
}


def said_of(kind: str) -> tuple[str, str]:
    """What to select, and from where, to learn how an object of a twin is stored."""
    return _SAYS[kind] + (" || fact.c" if kind == "trigger" else ""), _FROM[kind]


#: Every table that is declared and there: its place in the source, what it is, and its columns that are declared.
_TABLES = f"""tables AS MATERIALIZED (
        SELECT f.s, f.t, f.line, {REAL} AS oid, (SELECT array_agg(x.attnum) FROM pg_attribute x
            JOIN {DECLARED.replace(" f ", " g ")} ON g.kind = 'column' AND g.s = f.s AND g.t = f.t AND g.n = x.attname
            WHERE x.attrelid = {REAL} AND x.attnum > 0) AS known
        FROM {DECLARED} WHERE f.kind = 'table' AND {REAL} IS NOT NULL)"""


def _pairs(kind: str, actual: str, missing: str, extra: str, differs: str) -> str:
    """What is declared and stored against what is there: alike by `says`, else by name, else missing or extra.

    `actual` gives s, t, n (the name) and says. The three others are the words behind the object's name.
    """
    return f"""WITH {_TABLES}, there AS ({actual}),
    wanted AS (SELECT f.s, f.t, f.n, f.a AS says, f.b AS refused, f.line FROM {STORED} WHERE f.kind = '{kind}'),
    lacking AS (SELECT * FROM wanted w WHERE NOT EXISTS (
        SELECT FROM there h WHERE (h.s, h.t, h.says) = (w.s, w.t, w.says))),
    left_over AS (SELECT * FROM there h WHERE NOT EXISTS (
        SELECT FROM wanted w WHERE (h.s, h.t, h.says) = (w.s, w.t, w.says)))
    SELECT CASE WHEN w.n IS NULL THEN format('{kind} %s on %s.%s {extra}', h.n, h.s, h.t)
        WHEN w.refused IS NOT NULL THEN format('{kind} %s on %s.%s cannot be made here: %s (%s)',
            w.n, w.s, w.t, w.refused, w.line)
        WHEN h.n IS NULL THEN format('{kind} %s on %s.%s {missing} (%s)', w.n, w.s, w.t, w.line)
        ELSE format('{kind} %s on %s.%s {differs} %s, not %s (%s)', w.n, w.s, w.t, h.says, w.says, w.line) END
    FROM lacking w FULL JOIN left_over h ON (h.s, h.t, h.n) = (w.s, w.t, w.n) AND w.refused IS NULL"""


def _outside(alias: str, catalog: str) -> str:
    """That an object of the namespace `n` is a project's own."""
    schemas = joined(map(literal, sorted(PLATFORM_SCHEMAS)))
    return f"""n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname NOT IN ({schemas})
        AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '{catalog}'::regclass
            AND x.objid = {alias}.oid AND x.deptype IN ('e', 'i'))"""


_TOOLS = joined(map(literal, sorted(TOOL_TABLES)))

TABLES = f"""SELECT format('table %s.%s is missing (%s)', f.s, f.t, f.line)
    FROM {DECLARED} WHERE f.kind = 'table' AND {REAL} IS NULL
    UNION ALL
    SELECT format('table %s.%s is not in the source', n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND c.relname NOT IN ({_TOOLS})
        AND {_outside("c", "pg_class")}
        AND NOT EXISTS (SELECT FROM {DECLARED} WHERE (f.kind, f.s, f.t) = ('table', n.nspname, c.relname))"""

COLUMNS = f"""WITH {_TABLES}, there AS (
        SELECT k.s, k.t, a.attname::text AS n, a.attnotnull, a.attidentity::text AS identity,
            regexp_replace(format_type(a.atttypid, a.atttypmod), '^(public|extensions)\\.', '') AS type
        FROM tables k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE k.known IS NOT NULL),
    wanted AS (SELECT f.* FROM {DECLARED} JOIN tables k ON (k.s, k.t) = (f.s, f.t) WHERE f.kind = 'column')
    SELECT format('column %s.%s.%s is missing (%s)', w.s, w.t, w.n, w.line) FROM wanted w
        WHERE NOT EXISTS (SELECT FROM there h WHERE (h.s, h.t, h.n) = (w.s, w.t, w.n))
    UNION ALL SELECT format('column %s.%s.%s is not in the source', h.s, h.t, h.n) FROM there h
        WHERE NOT EXISTS (SELECT FROM wanted w WHERE (h.s, h.t, h.n) = (w.s, w.t, w.n))
    UNION ALL SELECT format('column %s.%s.%s is %s, not %s (%s)', w.s, w.t, w.n, h.type, w.a, w.line)
        FROM wanted w JOIN there h ON (h.s, h.t, h.n) = (w.s, w.t, w.n) WHERE h.type <> w.a
    UNION ALL SELECT format('column %s.%s.%s %s (%s)', w.s, w.t, w.n,
            CASE WHEN h.attnotnull THEN 'is NOT NULL, and should not be' ELSE 'should be NOT NULL' END, w.line)
        FROM wanted w JOIN there h ON (h.s, h.t, h.n) = (w.s, w.t, w.n) WHERE h.attnotnull <> (w.b = 'not null')
    UNION ALL SELECT format('column %s.%s.%s %s (%s)', w.s, w.t, w.n, CASE
            WHEN w.c = '' THEN 'is an identity column, and should not be'
            ELSE format('should be GENERATED %s AS IDENTITY', w.c) END, w.line)
        FROM wanted w JOIN there h ON (h.s, h.t, h.n) = (w.s, w.t, w.n)
        WHERE w.c <> CASE h.identity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' ELSE '' END"""

DEFAULTS = f"""WITH {_TABLES}, there AS (
        SELECT k.s, k.t, a.attname::text AS n, a.attgenerated <> '' AS made,
            {_SAYS["default"]} AS says
        FROM tables k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum = ANY (k.known)
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum),
    known AS (SELECT * FROM {DECLARED} WHERE f.kind = 'default'),
    wanted AS (SELECT f.s, f.t, f.n, f.a AS says, f.b AS refused, f.c = 'generated' AS made, f.line
        FROM {STORED} JOIN known k ON (k.s, k.t, k.n) = (f.s, f.t, f.n) WHERE f.kind = 'default' AND k.a IS NOT NULL
        UNION ALL SELECT f.s, f.t, f.n, NULL, NULL, false, f.line FROM {DECLARED} WHERE f.kind = 'column'
            AND f.c IS NOT NULL AND NOT EXISTS (SELECT FROM known k WHERE (k.s, k.t, k.n) = (f.s, f.t, f.n)))
    SELECT CASE WHEN w.refused IS NOT NULL
            THEN format('the value of %s.%s.%s cannot be made here: %s (%s)', w.s, w.t, w.n, w.refused, w.line)
        ELSE format('%s of %s.%s.%s is %s, not %s (%s)', CASE WHEN w.made THEN 'generated value' ELSE 'default' END,
            w.s, w.t, w.n, coalesce(h.says, 'none'), coalesce(w.says, 'none'), w.line) END
    FROM wanted w JOIN there h ON (h.s, h.t, h.n) = (w.s, w.t, w.n)
    WHERE w.refused IS NOT NULL OR h.made <> w.made OR h.says IS DISTINCT FROM w.says
        AND NOT (coalesce(w.says, '') = 'serial' AND coalesce(h.says, '') LIKE 'nextval(%')"""

PRIMARY_KEYS = f"""WITH {_TABLES}, there AS (
        SELECT k.s, k.t, k.line, k.known, p.conkey, {_listed("k.oid", "p.conkey")} AS says
        FROM tables k LEFT JOIN pg_constraint p ON p.conrelid = k.oid AND p.contype = 'p')
    SELECT format('primary key of %s.%s is (%s), not (%s) (%s)', h.s, h.t, coalesce(h.says, ''), coalesce(w.a, ''),
        coalesce(w.line, h.line))
    FROM there h LEFT JOIN (SELECT f.* FROM {DECLARED} WHERE f.kind = 'primary key') w ON (w.s, w.t) = (h.s, h.t)
    WHERE h.says IS DISTINCT FROM w.a AND h.known IS NOT NULL AND (h.conkey IS NULL OR h.conkey <@ h.known)
        AND NOT EXISTS (SELECT FROM unnest(string_to_array(w.a, ', ')) u (n) WHERE NOT EXISTS (
            SELECT FROM pg_attribute x WHERE x.attrelid = {REAL.replace("f.", "h.")}
                AND quote_ident(x.attname) = u.n))"""

UNIQUES = f"""WITH {_TABLES}, there AS (
        SELECT k.s, k.t, c.relname::text AS n, o.oid IS NOT NULL AS is_constraint, btrim(regexp_replace(
                pg_get_constraintdef(o.oid), '^UNIQUE ?(NULLS NOT DISTINCT)? ?\\([^)]*\\)', '\\1')) AS words,
            {_listed("k.oid", "(i.indkey::int2[])[0:i.indnkeyatts - 1]")} AS says
        FROM tables k JOIN pg_index i ON i.indrelid = k.oid AND i.indisunique AND i.indpred IS NULL
            AND i.indexprs IS NULL AND NOT i.indisprimary
        JOIN pg_class c ON c.oid = i.indexrelid
        LEFT JOIN pg_constraint o ON o.conindid = c.oid AND o.contype = 'u'
        WHERE (i.indkey::int2[])[0:i.indnkeyatts - 1] <@ k.known),
    wanted AS (SELECT f.s, f.t, f.n, f.a AS says, f.b = 'index' AS is_index, f.c AS words, f.line
        FROM {DECLARED} JOIN tables k ON (k.s, k.t) = (f.s, f.t) WHERE f.kind = 'unique')
    SELECT format('unique (%s) on %s.%s is missing (%s)', w.says, w.s, w.t, w.line) FROM wanted w
        WHERE NOT w.is_index AND NOT EXISTS (SELECT FROM there h WHERE (h.s, h.t, h.says) = (w.s, w.t, w.says))
            AND NOT EXISTS (SELECT FROM unnest(string_to_array(w.says, ', ')) u (n) WHERE NOT EXISTS (
                SELECT FROM pg_attribute x WHERE x.attrelid = {REAL.replace("f.", "w.")}
                    AND quote_ident(x.attname) = u.n))
    UNION ALL SELECT format('unique %s (%s) on %s.%s is not in the source', h.n, h.says, h.s, h.t) FROM there h
        WHERE h.is_constraint AND NOT EXISTS (SELECT FROM wanted w WHERE (h.s, h.t, h.says) = (w.s, w.t, w.says))
    UNION ALL SELECT format('unique (%s) on %s.%s is "%s", not "%s" (%s)', w.says, w.s, w.t, h.words, w.words, w.line)
        FROM wanted w JOIN there h ON (h.s, h.t, h.says) = (w.s, w.t, w.says)
        WHERE NOT w.is_index AND h.is_constraint AND h.words <> w.words AND NOT EXISTS (SELECT FROM there o
            WHERE (o.s, o.t, o.says, o.words) = (w.s, w.t, w.says, w.words))"""

FOREIGN_KEYS = f"""WITH {_TABLES}, there AS (
        SELECT k.s, k.t, o.conname::text AS n, {_listed("k.oid", "o.conkey")} AS columns,
            format('%s.%s (%s)', quote_ident(n.nspname), quote_ident(c.relname), {_listed("o.confrelid", "o.confkey")})
                AS target,
            btrim(regexp_replace(pg_get_constraintdef(o.oid),
                '^FOREIGN KEY \\([^)]*\\) REFERENCES [^(]*\\([^)]*\\)', ''))
                AS actions
        FROM tables k JOIN pg_constraint o ON o.conrelid = k.oid AND o.contype = 'f'
            AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = o.conparentid AND p.conrelid = o.conrelid)
        JOIN pg_class c ON c.oid = o.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE o.conkey <@ k.known),
    wanted AS (SELECT f.s, f.t, f.n, f.a AS columns, f.b AS target, f.c AS actions, f.line
        FROM {DECLARED} JOIN tables k ON (k.s, k.t) = (f.s, f.t)
        WHERE f.kind = 'foreign key' AND NOT EXISTS (SELECT FROM unnest(string_to_array(f.a, ', ')) u (n)
            WHERE NOT EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = k.oid AND quote_ident(x.attname) = u.n))),
    here AS (SELECT *, row_number() OVER (PARTITION BY s, t, columns ORDER BY target, actions, n) AS i FROM there),
    should AS (SELECT *, row_number() OVER (PARTITION BY s, t, columns ORDER BY target, actions, n) AS i FROM wanted)
    SELECT CASE WHEN h.n IS NULL
            THEN format('foreign key (%s) of %s.%s to %s is missing (%s)', w.columns, w.s, w.t, w.target, w.line)
        WHEN w.n IS NULL
            THEN format('foreign key %s (%s) of %s.%s to %s is not in the source', h.n, h.columns, h.s, h.t, h.target)
        WHEN h.target <> w.target THEN format('foreign key (%s) of %s.%s is to %s, not to %s (%s)', w.columns, w.s, w.t,
            h.target, w.target, w.line)
        ELSE format('foreign key (%s) of %s.%s is %s, not %s (%s)', w.columns, w.s, w.t,
            coalesce(nullif(h.actions, ''), 'without an action'),
            coalesce(nullif(w.actions, ''), 'without an action'), w.line) END
    FROM should w FULL JOIN here h ON (h.s, h.t, h.columns, h.i) = (w.s, w.t, w.columns, w.i)
    WHERE (h.target, h.actions) IS DISTINCT FROM (w.target, w.actions)"""

CHECKS = _pairs(
    "check",
    f"""SELECT k.s, k.t, o.conname::text AS n, {_SAYS["check"]} AS says
        FROM tables k JOIN pg_constraint o ON o.conrelid = k.oid AND o.contype IN ('c', 'x')
        WHERE coalesce(o.conkey, '{{}}') <@ k.known OR 0 = ANY (o.conkey)""",
    "is missing",
    "is not in the source",
    "is",
)

INDEXES = _pairs(
    "index",
    f"""SELECT k.s, k.t, c.relname::text AS n, {_SAYS["index"]} AS says
        FROM tables k JOIN pg_index i ON i.indrelid = k.oid AND i.indisvalid
        JOIN pg_class c ON c.oid = i.indexrelid
        WHERE NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = c.oid AND o.contype IN ('p', 'x', 'u')
                AND (o.contype <> 'u' OR NOT EXISTS (SELECT FROM {DECLARED} WHERE (f.kind, f.s, f.t, f.b) =
                    ('unique', k.s, k.t, 'index') AND f.a = {_listed("k.oid", "o.conkey")})))
            AND array_remove(i.indkey::int2[], 0::int2) <@ k.known
            AND NOT (i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL AND EXISTS (SELECT FROM {DECLARED}
                WHERE (f.kind, f.s, f.t, f.b) = ('unique', k.s, k.t, '')
                    AND f.a = {_listed("k.oid", "(i.indkey::int2[])[0:i.indnkeyatts - 1]")}))""",
    "is missing",
    "is not in the source",
    "is",
)

ENUMS = f"""SELECT CASE WHEN e.typname IS NULL THEN format('enum %s.%s is missing (%s)', f.s, f.n, f.line)
        ELSE format('enum %s.%s has the labels %s, not %s (%s)', f.s, f.n, e.labels, f.a, f.line) END
    FROM {DECLARED} LEFT JOIN (SELECT n.nspname, t.typname,
            coalesce(string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder), '') AS labels
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_enum l ON l.enumtypid = t.oid
        WHERE t.typtype = 'e' GROUP BY t.oid, n.nspname, t.typname) e ON (e.nspname, e.typname) = (f.s, f.n)
    WHERE f.kind = 'enum' AND e.labels IS DISTINCT FROM f.a
    UNION ALL SELECT format('enum %s.%s is not in the source', n.nspname, t.typname)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND {_outside("t", "pg_type")} AND NOT EXISTS (
        SELECT FROM {DECLARED} WHERE (f.kind, f.s, f.n) = ('enum', n.nspname, t.typname))"""

ROW_SECURITY = f"""SELECT format('row-level security of %s.%s is %s, not %s (%s)', f.s, f.t,
        CASE WHEN c.relforcerowsecurity THEN 'forced' WHEN c.relrowsecurity THEN 'enabled' ELSE 'disabled' END,
        f.a, f.line)
    FROM {DECLARED} JOIN pg_class c ON c.oid = {REAL}
    WHERE f.kind = 'row-level security' AND (c.relrowsecurity, c.relforcerowsecurity)
        <> (f.a IN ('enabled', 'forced'), f.a = 'forced')"""

POLICIES = f"""WITH {_TABLES}, there AS (
        SELECT k.s, k.t, p.polname::text AS n, {_SAYS["policy"]} AS says
        FROM (SELECT s, t, oid FROM tables UNION SELECT f.s, f.t, {REAL} FROM {DECLARED} WHERE f.kind = 'policy') k
        JOIN pg_policy p ON p.polrelid = k.oid),
    wanted AS (SELECT f.s, f.t, f.n, f.a AS says, f.b AS refused, f.line FROM {STORED} WHERE f.kind = 'policy')
    SELECT CASE WHEN w.n IS NULL THEN format('policy %s on %s.%s is not in the source', h.n, h.s, h.t)
        WHEN h.n IS NULL THEN format('policy %s on %s.%s is missing (%s)', w.n, w.s, w.t, w.line)
        WHEN w.refused IS NOT NULL THEN format('policy %s on %s.%s cannot be made here: %s (%s)', w.n, w.s, w.t,
            w.refused, w.line)
        ELSE format('policy %s on %s.%s is %s, not %s (%s)', w.n, w.s, w.t, h.says, w.says, w.line) END
    FROM wanted w FULL JOIN there h ON (h.s, h.t, h.n) = (w.s, w.t, w.n) WHERE h.says IS DISTINCT FROM w.says"""

TRIGGERS = f"""WITH {_TABLES}, there AS (
        SELECT n.nspname::text AS s, c.relname::text AS t, g.tgname::text AS n,
            CASE WHEN g.tgtype & 64 > 0 THEN 'instead of' ELSE {_SAYS["trigger"]} END
            || CASE g.tgenabled WHEN 'D' THEN ' DISABLED' WHEN 'R' THEN ' REPLICA' WHEN 'A' THEN ' ALWAYS' ELSE '' END
            AS says FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND (g.tgrelid IN (SELECT oid FROM tables)
            OR EXISTS (SELECT FROM {DECLARED} WHERE (f.kind, f.s, f.t) = ('trigger', n.nspname, c.relname)))),
    wanted AS (SELECT f.s, f.t, f.n, f.a AS says, f.b AS refused, f.line FROM {STORED} WHERE f.kind = 'trigger')
    SELECT CASE WHEN w.n IS NULL THEN format('trigger %s on %s.%s is not in the source', h.n, h.s, h.t)
        WHEN h.n IS NULL THEN format('trigger %s on %s.%s is missing (%s)', w.n, w.s, w.t, w.line)
        WHEN w.refused IS NOT NULL THEN format('trigger %s on %s.%s cannot be made here: %s (%s)', w.n, w.s, w.t,
            w.refused, w.line)
        ELSE format('trigger %s on %s.%s is %s, not %s (%s)', w.n, w.s, w.t, h.says, w.says, w.line) END
    FROM wanted w FULL JOIN there h ON (h.s, h.t, h.n) = (w.s, w.t, w.n) WHERE h.says IS DISTINCT FROM w.says"""

FUNCTIONS = f"""WITH there AS (
        SELECT n.nspname::text AS s, p.proname::text AS n, {same("oidvectortypes(p.proargtypes)")} AS args,
            btrim(replace(p.prosrc, E'\\r\\n', E'\\n'), E' \\n\\t\\r') AS body,
            concat_ws(' ', {same("pg_get_function_result(p.oid)")}, l.lanname,
                CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
                CASE WHEN p.proisstrict THEN 'strict' END,
                CASE WHEN p.prosecdef THEN 'security definer' END,
                CASE WHEN p.proleakproof THEN 'leakproof' END) AS says,
            coalesce((SELECT string_agg(regexp_replace(o, '["'' ]', '', 'g'), '; ' ORDER BY o COLLATE "C")
                FROM unnest(p.proconfig) o), '') AS settings
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
        WHERE p.prokind <> 'a' AND {_outside("p", "pg_proc")})
    SELECT CASE WHEN f.n IS NULL THEN format('function %s.%s(%s) is not in the source', h.s, h.n, h.args)
        WHEN h.n IS NULL THEN format('function %s.%s(%s) is missing (%s)', f.s, f.n, f.t, f.line)
        WHEN h.says <> f.a THEN format('function %s.%s(%s) is %s, not %s (%s)', f.s, f.n, f.t, h.says, f.a, f.line)
        WHEN h.settings <> f.c THEN format('function %s.%s(%s) has the settings "%s", not "%s" (%s)', f.s, f.n, f.t,
            h.settings, f.c, f.line)
        ELSE format('function %s.%s(%s) has another body (%s)', f.s, f.n, f.t, f.line) END
    FROM (SELECT f.* FROM {DECLARED} WHERE f.kind = 'function') f
    FULL JOIN there h ON (h.s, h.n, h.args) = (f.s, f.n, f.t)
    WHERE (h.says, h.settings) IS DISTINCT FROM (f.a, f.c) OR h.body <> f.b"""

#: Group → the kind of its facts, their plural, and the query.
QUERIES: dict[str, tuple[str, str, SqlText]] = {
    "tables": ("table", "tables exist", SqlText(TABLES)),
    "columns": ("column", "columns have their type and nullability", SqlText(COLUMNS)),
    "defaults": ("default", "columns have their default or generated value", SqlText(DEFAULTS)),
    "primary-keys": ("primary key", "primary keys", SqlText(PRIMARY_KEYS)),
    "uniques": ("unique", "unique constraints", SqlText(UNIQUES)),
    "foreign-keys": ("foreign key", "foreign keys", SqlText(FOREIGN_KEYS)),
    "checks": ("check", "check and exclusion constraints", SqlText(CHECKS)),
    "indexes": ("index", "indexes", SqlText(INDEXES)),
    "enums": ("enum", "enums have their labels", SqlText(ENUMS)),
    "row-level-security": ("row-level security", "tables have their row-level security", SqlText(ROW_SECURITY)),
    "policies": ("policy", "policies", SqlText(POLICIES)),
    "triggers": ("trigger", "triggers", SqlText(TRIGGERS)),
    "functions": ("function", "functions", SqlText(FUNCTIONS)),
}


def query(group: str) -> SqlText:
    """The statements that say how a group is."""
    kind, words, text = QUERIES[group]
    return sql(
        """    SELECT array_agg(q.line ORDER BY q.line) INTO found FROM (
    {}
    ) AS q (line) WHERE q.line IS NOT NULL;
    IF found IS NULL THEN
        SELECT count(*) INTO counted FROM jsonb_array_elements(declared) f WHERE f ->> 'kind' = {};
        RAISE NOTICE 'ok: % %', counted, {};
    ELSE
        wrong := wrong || found;
    END IF;
""",
        text,
        literal(kind),
        literal(words),
    )
