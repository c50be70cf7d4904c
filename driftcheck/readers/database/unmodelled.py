"""How much a database has, of each kind, that shapes it and has no room in the model."""

from __future__ import annotations


def _counted(kind: str, catalog: str, namespace: str = "", where: str = "true") -> str:
    """How many objects of a catalog, without room in the model, there are beside those of system and extensions."""
    source, ours = f"{catalog} o", "o.oid >= 16384"
    if namespace:
        source += f" JOIN pg_namespace n ON n.oid = o.{namespace}"
        ours = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
    return f"""SELECT '{kind}', count(*) FROM {source} WHERE {ours} AND {where} AND o.oid NOT IN (
        SELECT x.objid FROM pg_depend x WHERE x.classid = '{catalog}'::regclass AND x.deptype IN ('e', 'i'))"""


_OURS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
_RELATION = "JOIN pg_class c ON c.oid = o.{} JOIN pg_namespace n ON n.oid = c.relnamespace"


def _with_privileges(catalog: str, prefix: str, privileges: str) -> str:
    """Objects of a catalog on which other privileges hold than those that their kind begins with."""
    return f"""SELECT o.oid, '{catalog}'::regclass FROM {catalog} o JOIN pg_namespace n ON n.oid = o.{prefix}namespace
        WHERE o.{privileges} IS NOT NULL AND {_OURS} AND NOT EXISTS (SELECT FROM pg_depend x
            WHERE x.classid = '{catalog}'::regclass AND x.objid = o.oid AND x.deptype = 'e')"""


def _with_changed_privileges(catalog: str, name: str, privileges: str) -> str:
    """Objects of a catalog without schemas on which other privileges hold than initdb, or an extension, gave."""
    return f"""SELECT o.oid, '{catalog}'::regclass FROM {catalog} o
        WHERE o.{name} !~ '^pg_' AND o.{name} <> 'information_schema'
            AND o.{privileges} IS NOT NULL AND o.{privileges}::text IS DISTINCT FROM (SELECT i.initprivs::text
            FROM pg_init_privs i WHERE i.classoid = '{catalog}'::regclass AND i.objoid = o.oid AND i.objsubid = 0)"""


_PRIVILEGES = " UNION ALL ".join(
    (
        _with_privileges("pg_class", "rel", "relacl"),
        _with_privileges("pg_proc", "pro", "proacl"),
        _with_privileges("pg_type", "typ", "typacl"),
        _with_changed_privileges("pg_namespace", "nspname", "nspacl"),
        _with_changed_privileges("pg_language", "lanname", "lanacl"),
        _with_changed_privileges("pg_foreign_data_wrapper", "fdwname", "fdwacl"),
        _with_changed_privileges("pg_foreign_server", "srvname", "srvacl"),
        f"SELECT c.oid, 'pg_attribute'::regclass FROM pg_attribute o {_RELATION.format('attrelid')} "
        f"WHERE o.attacl IS NOT NULL AND {_OURS}",
        "SELECT d.oid, 'pg_database'::regclass FROM pg_database d WHERE d.datname = current_database() "
        "AND d.datacl IS NOT NULL",
    )
)
#: The catalogs of which comments are read, or counted by themselves.
_COMMENTED = ", ".join(
    f"'pg_{name}'::regclass"
    for name in ("class", "constraint", "trigger", "policy", "proc", "namespace", "event_trigger", "extension")
)

UNMODELLED = "\n    UNION ALL ".join(
    (
        _counted("operators", "pg_operator", "oprnamespace"),
        _counted("operator classes", "pg_opclass", "opcnamespace"),
        _counted("casts", "pg_cast"),
        _counted("collations", "pg_collation", "collnamespace"),
        _counted("conversions", "pg_conversion", "connamespace"),
        _counted("text search configurations", "pg_ts_config", "cfgnamespace"),
        _counted("text search dictionaries", "pg_ts_dict", "dictnamespace"),
        _counted("text search parsers", "pg_ts_parser", "prsnamespace"),
        _counted("text search templates", "pg_ts_template", "tmplnamespace"),
        _counted("rules", "pg_rewrite", where="o.rulename <> '_RETURN'"),
        _counted("event triggers", "pg_event_trigger"),
        _counted("publications", "pg_publication"),
        _counted("foreign data wrappers", "pg_foreign_data_wrapper"),
        _counted("foreign servers", "pg_foreign_server"),
        _counted("languages", "pg_language"),
        _counted("access methods", "pg_am"),
        _counted("extended statistics", "pg_statistic_ext", "stxnamespace"),
        _counted("transforms", "pg_transform"),
        _counted("base types", "pg_type", "typnamespace", "o.typtype IN ('b', 'p') AND o.typelem = 0"),
        # 0 is of what keeps no rows, 2 is heap.
        _counted(
            "access methods of tables",
            "pg_class",
            "relnamespace",
            "o.relkind IN ('r', 'p', 'm') AND o.relam NOT IN (0, 2)",
        ),
        _counted("servers of foreign tables", "pg_class", "relnamespace", "o.relkind = 'f'"),
        _counted(
            "operator families",
            "pg_opfamily",
            "opfnamespace",
            "NOT EXISTS (SELECT FROM pg_opclass c WHERE c.opcfamily = o.oid)",
        ),
        _counted("replica identities", "pg_class", "relnamespace", "o.relkind IN ('r', 'p') AND o.relreplident <> 'd'"),
        f"SELECT 'indexes to cluster on', count(*) FROM pg_index o {_RELATION.format('indrelid')} "
        f"WHERE o.indisclustered AND {_OURS}",
        f"SELECT 'attribute options', count(*) FROM pg_attribute o {_RELATION.format('attrelid')} "
        f"WHERE o.attoptions IS NOT NULL AND c.relkind IN ('r', 'p', 'm') AND {_OURS}",
        f"SELECT 'statistics targets', count(*) FROM pg_attribute o {_RELATION.format('attrelid')} "
        f"WHERE o.attstattarget >= 0 AND o.attnum > 0 AND NOT o.attisdropped "
        f"AND c.relkind IN ('r', 'p', 'm', 'f') AND {_OURS}",
        f"SELECT 'comments on columns of views', count(*) FROM pg_description o {_RELATION.format('objoid')} "
        f"WHERE o.classoid = 'pg_class'::regclass AND o.objsubid > 0 AND c.relkind IN ('v', 'm') AND {_OURS}",
        f"SELECT 'comments on attributes of types', count(*) FROM pg_description o {_RELATION.format('objoid')} "
        f"WHERE o.classoid = 'pg_class'::regclass AND o.objsubid > 0 AND c.relkind = 'c' AND {_OURS}",
        f"SELECT 'options of foreign columns', count(*) FROM pg_attribute o {_RELATION.format('attrelid')} "
        f"WHERE o.attfdwoptions IS NOT NULL AND NOT o.attisdropped AND {_OURS}",
        "SELECT 'comments on databases', count(*) FROM pg_shdescription s JOIN pg_database d ON d.oid = s.objoid "
        "WHERE s.classoid = 'pg_database'::regclass AND d.datname = current_database()",
        "SELECT 'comments on event triggers', count(*) FROM pg_description d "
        "WHERE d.classoid = 'pg_event_trigger'::regclass",
        f"SELECT 'comments on other objects', count(*) FROM pg_description d WHERE d.objoid >= 16384 "
        f"AND d.classoid NOT IN ({_COMMENTED}) "
        "AND d.objoid NOT IN (SELECT t.oid FROM pg_type t WHERE t.typtype NOT IN ('b', 'p')) "
        "AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.classoid AND x.objid = d.objoid "
        "AND x.deptype = 'e')",
        "SELECT 'user mappings', count(*) FROM pg_user_mappings",
        "SELECT 'default privileges', count(*) FROM pg_default_acl",
        "SELECT 'security labels', count(*) FROM pg_seclabel",
        "SELECT 'subscriptions', count(*) FROM pg_subscription WHERE subdbid = "
        "(SELECT d.oid FROM pg_database d WHERE d.datname = current_database())",
        f"SELECT 'grants', count(*) FROM ({_PRIVILEGES}) z",
    )
)
