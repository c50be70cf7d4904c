"""What hosting platforms and their tools put into a database beside the project's own objects."""

from __future__ import annotations

#: Schemas that hosting platforms, extensions and tools of migration bring along, so that no project creates them.
PLATFORM_SCHEMAS = frozenset(
    """
    auth storage realtime _realtime extensions vault graphql graphql_public pgbouncer cron net pgsodium pgsodium_masks
    supabase_functions supabase_migrations pgmq pgtle topology tiger tiger_data partman drizzle neon neon_auth
    hdb_catalog repack aws_s3 aws_commons aws_lambda apgcc rdsadmin google_ml cron_job timescaledb_information
    timescaledb_internal
    """.split()
)
