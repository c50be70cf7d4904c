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
#: Name → whose table it is. No schema file declares these; the tools make them in the database themselves.
TOOL_TABLES: dict[str, str] = {
    "alembic_version": "Alembic",
    "__drizzle_migrations": "drizzle-kit",
    "_prisma_migrations": "Prisma",
    "schema_migrations": "Rails and other migration tools",
    "ar_internal_metadata": "Rails",
    "django_migrations": "Django",
    "flyway_schema_history": "Flyway",
    "databasechangelog": "Liquibase",
    "databasechangeloglock": "Liquibase",
    "goose_db_version": "goose",
    "knex_migrations": "Knex",
    "knex_migrations_lock": "Knex",
    "pgmigrations": "node-pg-migrate",
    "_sqlx_migrations": "sqlx",
    "spatial_ref_sys": "PostGIS",
    "geometry_columns": "PostGIS",
    "geography_columns": "PostGIS",
    "raster_columns": "PostGIS",
    "raster_overviews": "PostGIS",
}
#: Schemas that hold nothing else.
TOOL_SCHEMAS: dict[str, str] = {"supabase_migrations": "Supabase"}
