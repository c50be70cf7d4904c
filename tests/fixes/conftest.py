"""PostgreSQL as the judge of what a fix script does."""

from ..conformance.conftest import pg as pg
