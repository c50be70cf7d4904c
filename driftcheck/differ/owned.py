"""Tables that belong to tools: their own bookkeeping, in every database they touch and in nobody's schema."""

from __future__ import annotations

from ..model import Table

_BY_NAME = {
    "alembic_version": "Alembic",
    "__drizzle_migrations": "Drizzle",
    "schema_migrations": "a migration tool",
    "ar_internal_metadata": "Rails",
    "flyway_schema_history": "Flyway",
    "databasechangelog": "Liquibase",
    "databasechangeloglock": "Liquibase",
    "_prisma_migrations": "Prisma",
    "goose_db_version": "goose",
    "_sqlx_migrations": "sqlx",
    "__diesel_schema_migrations": "Diesel",
    "refinery_schema_history": "Refinery",
    "seaql_migrations": "SeaORM",
    "knex_migrations": "Knex",
    "knex_migrations_lock": "Knex",
    "kysely_migration": "Kysely",
    "kysely_migration_lock": "Kysely",
    "pgmigrations": "node-pg-migrate",
    "typeorm_metadata": "TypeORM",
    "SequelizeMeta": "Sequelize",
    "mikro_orm_migrations": "MikroORM",
    "__EFMigrationsHistory": "Entity Framework",
    "atlas_schema_revisions": "Atlas",
    "django_migrations": "Django",
    "aerich": "Aerich",
    "yoyo_lock": "yoyo",
    "_yoyo_log": "yoyo",
    "_yoyo_migration": "yoyo",
    "_yoyo_version": "yoyo",
    "spatial_ref_sys": "PostGIS",
}

_BY_SCHEMA = {
    "drizzle": "Drizzle",
    "supabase_migrations": "Supabase",
    "tiger": "PostGIS",
    "topology": "PostGIS",
}


def owner(table: Table) -> str | None:
    """The tool that keeps `table` for itself; None for a table of the project."""
    return _BY_NAME.get(table.name) or _BY_SCHEMA.get(table.schema)
