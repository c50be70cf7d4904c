"""PostgreSQL as the judge of what is the same."""

from ..conformance.conftest import pg as pg
