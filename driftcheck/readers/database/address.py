"""From a location to what libpq connects with, and what of it may be shown.

A location is a URL, `name=value` words, `service=NAME`, the name of a database, or `$VARIABLE`, which holds one of
those. Whatever it leaves open is libpq's: PG* variables, the password file, the service file. That is so only where
whoever runs driftcheck said it: what a config file spells out is connected with what stands there and nothing else, or
a stranger's config could choose where the credentials of this machine go.
https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode

from ...errors import SourceError
from ...frozen import dataclass

_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))\Z")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][\w.-]*)(?:\+\w+)?://", re.ASCII)
_SERVICE = re.compile(r"\s*service\s*=\s*[\w.-]+\s*\Z")
_BARE = re.compile(r"[\w.-]+\Z")
#: Words of other drivers and of ORMs that occur in URLs and that libpq refuses; none of them says how to connect.
_NOT_LIBPQ = frozenset(
    """
    schema pgbouncer connection_limit pool_timeout pool_size max_overflow statement_cache_size supa
    prepared_statement_cache_size pool_mode workaround sslaccept socket_timeout prepare_threshold
    """.split()
)
#: What of libpq's words nobody may see.
_SECRET = ("password", "sslpassword", "oauth_client_secret")
#: Words that name an entry of the service file, which is one of this machine, with a password perhaps.
_SERVICES = frozenset({"service", "servicefile"})
#: What a config's own words leave open: libpq asks no variable and no file for a word that is given, be it empty.
_NOTHING = {
    "host": "", "hostaddr": "", "port": "5432", "user": "", "dbname": "", "password": "", "options": "",
    "gssencmode": "disable",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """Where to connect. `words` go to libpq; `shown` is `host/db`, for people; `secrets` are shown to nobody.

    `lonely` says that nothing of this machine was added, for the hint of a refused password.
    """

    words: Mapping[str, Any] = field(repr=False)
    shown: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    lonely: bool = False


def address(location: str, *, from_config: bool, environment: Mapping[str, str] | None = None) -> Address:
    """What `location` means. Raises SourceError, which repeats nothing of it that may be secret."""
    variables = os.environ if environment is None else environment
    text, where = location.strip(), "the location"
    if match := _VARIABLE.match(text):
        name = match[1] or match[2]
        text, where = _value(name, variables), f"${name}"
        from_config = False
    words = _words(text, where)
    if from_config and not _SERVICE.match(text):
        words = _alone(words)
    else:
        from_config = False
    known = _defaults(variables) | {key: str(value) for key, value in words.items()}
    secrets = {text for word in _SECRET if (text := known.get(word, ""))}
    return Address(words, place(known.get("host") or known.get("hostaddr"), known.get("port"), _database(known)),
                   tuple(sorted(secrets, key=len, reverse=True)), from_config)  # fmt: skip


def place(host: str | None, port: str | int | None, database: str) -> str:
    """`host/db`, with the port where it is not the usual one. A socket is on this machine."""
    first = (host or "").split(",")[0]
    shown = "localhost" if not first or first.startswith(("/", "@")) else first
    number = str(port or "").split(",")[0]
    return f"{shown}{f':{number}' if number not in ('', '5432') else ''}/{database}"


def _value(name: str, variables: Mapping[str, str]) -> str:
    value = variables.get(name, "").strip()
    if not value:
        raise SourceError(
            f"the environment variable {name}, which is to say where the database is, is not set",
            hint=f"set it, such as: export {name}=postgresql://user@host/database",
        )
    return value


def _words(text: str, where: str) -> dict[str, Any]:
    """The words of a connection string. What libpq says of one that it cannot read would repeat parts of it."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    if match := _SCHEME.match(text):
        if match["scheme"] not in ("postgres", "postgresql"):
            raise SourceError(
                f"{where} is not the address of a PostgreSQL database: it begins with {match['scheme']}://",
                hint="driftcheck reads PostgreSQL: postgresql://user@host/database",
            )
        text = _for_libpq(text, match)
    elif _BARE.match(text):
        return {"dbname": text}
    try:
        return dict(conninfo_to_dict(text))
    except (ProgrammingError, ValueError):
        raise SourceError(
            f"{where} cannot be read as the address of a PostgreSQL database",
            hint="write postgresql://user@host:port/database, with %40 for an @ in a user's name or password; or name "
            "the variable that holds it: database:$DATABASE_URL",
        ) from None


def _for_libpq(text: str, match: re.Match[str]) -> str:
    """A URL as other drivers write it, as libpq takes it: `postgresql+asyncpg://…?ssl=require&pgbouncer=true`."""
    rest, question, query = text[match.end() :].partition("?")
    if not question:
        return f"postgresql://{rest}"
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [("sslmode" if name == "ssl" else name, value) for name, value in pairs if name not in _NOT_LIBPQ]
    return f"postgresql://{rest}" + (f"?{urlencode(kept, quote_via=quote_plus).replace('+', '%20')}" if kept else "")


def _alone(words: Mapping[str, Any]) -> dict[str, Any]:
    """`words`, and for what they leave open nothing of this machine that says where to connect or as whom."""
    if _SERVICES & words.keys():
        raise SourceError(
            "a config may name a service alone, or say where the database is, not both",
            hint="write database:service=NAME, or put all of it into a variable: database:$DATABASE_URL",
        )
    return {**_NOTHING, "passfile": os.devnull, **words}


def _defaults(variables: Mapping[str, str]) -> dict[str, str]:
    """What libpq would take where the location says nothing, as far as it is shown, or to be kept from being shown."""
    names = {"host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER",
             "password": "PGPASSWORD", "sslpassword": "PGSSLPASSWORD"}  # fmt: skip
    return {word: variables[name] for word, name in names.items() if variables.get(name)}


def _database(known: Mapping[str, str]) -> str:
    return known.get("dbname") or known.get("user") or (known.get("service") and f"service={known['service']}") or "?"
