"""psql as a judge: what it takes a script for, statement by statement, and what it does beside."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from driftcheck.model import quote
from driftcheck.sql import Token, tokens_of

from .postgres import Server

#: A table that no script of ours may touch.
KEEPSAKE = "CREATE TABLE public.keepsake (n integer); INSERT INTO public.keepsake VALUES (1);"
_QUERY = re.compile(r"^/?\*+ QUERY \*+/?\n(.*?)\n/?\*{20,}/?\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """What psql did: the queries that it sent, the files that are there beside the script, and whether the table
    KEEPSAKE is as it was. `errors` is what it said.
    """

    queries: tuple[str, ...]
    files: tuple[str, ...]
    kept: bool
    errors: str


def run(server: Server, script: str, prelude: str = "", psql: str | None = None) -> Run:
    """Runs `script` by `psql -f` in a database made by `prelude`, on to the end whatever PostgreSQL refuses."""
    with server.database(KEEPSAKE) as database, tempfile.TemporaryDirectory() as name:
        database.replay(prelude)
        folder = Path(name)
        (folder / "script.sql").write_text(script, encoding="utf-8", newline="\n")
        done = subprocess.run(
            [psql or server.psql, "-X", "-q", "-L", "log", "-f", "script.sql", database.dsn],
            cwd=folder, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        log = folder / "log"
        queries = _QUERY.findall(log.read_bytes().decode()) if log.exists() else []
        files = {path.name for path in folder.iterdir()} - {"script.sql", "log"}
        return Run(tuple(queries), tuple(sorted(files)), _is_kept(database.dsn), done.stderr)


def _is_kept(dsn: str) -> bool:
    with psycopg.connect(dsn) as connection:
        there = connection.execute("SELECT to_regclass('public.keepsake') IS NOT NULL").fetchall() == [(True,)]
        return there and connection.execute("SELECT n FROM public.keepsake").fetchall() == [(1,)]


def words(statements: Iterable[str], spell: Callable[[Token], str] = lambda token: token.text) -> list[list[str]]:
    """The tokens of each statement as `spell` has them, without comments and the semicolon at its end."""
    found = ([spell(token) for token in tokens_of(statement)[:-1]] for statement in statements)
    return [tokens[:-1] if tokens[-1:] == [";"] else tokens for tokens in found]


def meant(token: Token) -> str:
    """What a constant or name stands for, however it is spelled."""
    if token.is_string:
        return repr(token.value)
    return quote(token.name) if token.is_name else token.text
