"""PostgreSQL and its psql as judges of what scripts do."""

from ..conformance.conftest import pg as pg
