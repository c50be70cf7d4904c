"""A schema, written down: as the PostgreSQL DDL that builds it, and as JSON."""
