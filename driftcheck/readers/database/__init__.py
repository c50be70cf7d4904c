"""PostgreSQL databases: their catalogs as the model, through psycopg (the extra `driftcheck[database]`)."""

from .pending import start

__all__ = ["start"]
