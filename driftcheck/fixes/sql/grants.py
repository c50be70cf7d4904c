"""Grants on a view that is dropped and recreated: written down before, given again in the end.

They are no part of a schema as sources declare it, so that only the database that the script runs in knows them.
"""

from __future__ import annotations

from ...model import View
from ...writers.sql.gate import literal, sql
from .steps import Phase, Steps, full, step

_TABLE = "CREATE TEMPORARY TABLE driftcheck_grants (privilege text) ON COMMIT DROP"

#: aclexplode() lists the grants of an access list; grantee 0 is PUBLIC.
_NOTE = """\
INSERT INTO driftcheck_grants
SELECT format('%s ON %s TO %s%s', what, {0}, coalesce(quote_ident(rolname), 'PUBLIC'),
              CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM (
    SELECT privilege_type AS what, grantee, is_grantable, relowner
    FROM pg_class, aclexplode(relacl) WHERE oid = {0}::regclass
    UNION ALL
    SELECT format('%s (%I)', privilege_type, attname), grantee, is_grantable, relowner
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid, aclexplode(attacl)
    WHERE pg_class.oid = {0}::regclass
) AS given LEFT JOIN pg_roles ON pg_roles.oid = grantee
WHERE grantee <> relowner"""

_GIVE = """\
DO $$
DECLARE
    granted text;
BEGIN
    FOR granted IN SELECT privilege FROM driftcheck_grants LOOP
        EXECUTE 'GRANT ' || granted;
    END LOOP;
END $$"""


def carried(view: View) -> Steps:
    """What takes the grants on `view` over to the view of that name at the end of the script."""
    yield step(Phase.REMEMBER, sql(_TABLE), order=-1)
    yield step(Phase.REMEMBER, sql(_NOTE, literal(full(view))))
    yield step(Phase.RESTORE, sql(_GIVE))
