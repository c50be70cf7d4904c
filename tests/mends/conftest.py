"""PostgreSQL as the judge of what a mend script does."""

from ..conformance.conftest import pg as pg
