"""Texts that try to be more than they claim, and where in a schema they may be: in every text of the model."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from driftcheck.model import Location

Path = tuple[Any, ...]

#: Ends what is open, and goes on with a statement or a command of psql's.
ATTACKS = (
    "); DROP TABLE keepsake; --", ")); DROP TABLE keepsake; SELECT ((1", "true); DROP TABLE keepsake; SELECT (1",
    "; DROP TABLE keepsake;", "'; DROP TABLE keepsake; --", '"; DROP TABLE keepsake; --',
    "]; DROP TABLE keepsake; --", "\n; DROP TABLE keepsake; --", "*/; DROP TABLE keepsake; /*",
    "$$; DROP TABLE keepsake; $$", "$$; DELETE FROM keepsake", "$body$; DROP TABLE keepsake; --",
    "$body2$; DROP TABLE keepsake; $body", "x LANGUAGE sql AS $$ $$; DROP TABLE keepsake; --", "\\! touch TOUCHED",
    "\n\\! touch TOUCHED #\n", "true\n\\! touch TOUCHED #", "\r\\! touch TOUCHED\r\n", "\\\\! touch TOUCHED",
    "\n\\o TOUCHED\n", "\n\\w TOUCHED\n", "\\g TOUCHED\n", "\n\\gexec\n", "\\g | touch TOUCHED\n",
    "\\;DROP TABLE keepsake", "\n\\set x `touch TOUCHED`\n", "\\set HOST '; DROP TABLE keepsake; --'\n:HOST",
    "\u2028\\! touch TOUCHED\u2028", ":'HOST'", ":HOST", ':"USER"', ":{?HOST}", "[1:HOST]", "a[1 :'HOST']",
    "json_object(a :HOST)", "E'a'\n'\\'\n\\! touch TOUCHED\n'", "E'a' -- b\n  '\\' ; DROP TABLE keepsake; --'",
    "B'0'\n'1''\n\\! touch TOUCHED\n'", "U&'\\0027; DROP TABLE keepsake; --'", "U&'d!0061t' UESCAPE '!'",
    "E'\\'; DROP TABLE keepsake; --'", "'\\'; DROP TABLE keepsake; --'", "'a\\", "E'a\\", "N'a'\n'\\'",
    "\ud800\\! touch TOUCHED", "a\x00b", "SELECT 1 AS end; DROP TABLE keepsake; SELECT 1",
    "1 -- '\r , '\n; DROP TABLE keepsake; --'", "SELECT 1 -- '\r , '\n; DROP TABLE keepsake; --'",
    "$$\x01$$'\\', '; DROP TABLE keepsake; --'", "SELECT $$\x01$$'\\', '; DROP TABLE keepsake; --'", '\xa0"a"',
    "BEGIN ATOMIC SELECT 1 AS end; DROP TABLE keepsake; END",
    "BEGIN ATOMIC SELECT 1 AS case; END; DROP TABLE keepsake; END",
    "BEGIN ATOMIC SELECT 1; END; DROP TABLE keepsake; BEGIN ATOMIC END", "RETURN 1; DROP TABLE keepsake", "begin",
    "end", ", evil integer", "1, ADD COLUMN evil integer", "1 NOT NULL, evil integer DEFAULT 1", "x) , (y",
    "text, evil text", "--", "-- ", " -- a remark", "/*", "*/", "/* /* */", "$$", "$body$", "$body", "$", "$1", "'",
    '"', "E'", "(", ")", "[", "]", ";", ":", "::", "\\", "\n", "\r", "\t", "\x0b", "\xa0", "", " ", "%", "{}", "{0}",
    "\xfc", "\u8868", "COPY keepsake TO PROGRAM 'touch TOUCHED'", "DO $x$ BEGIN DROP TABLE keepsake; END $x$",
    "PGDMP", "--> statement-breakpoint",
)  # fmt: skip


def texts(item: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in `item`, with the fields and positions that lead to it."""
    if isinstance(item, str):
        yield path, item
    elif isinstance(item, tuple):
        for position, child in enumerate(item):
            yield from texts(child, (*path, position))
    elif dataclasses.is_dataclass(item) and not isinstance(item, Location):
        for field in dataclasses.fields(item):
            if field.name not in ("places", "unknown"):
                yield from texts(getattr(item, field.name), (*path, field.name))


def replaced(item: Any, path: Path, value: str) -> Any:
    """`item` with `value` at the end of `path`."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(item, tuple):
        return (*item[:step], replaced(item[step], rest, value), *item[step + 1 :])
    return dataclasses.replace(item, **{step: replaced(getattr(item, step), rest, value)})


def attacks(text: str, *, quoted: bool) -> Iterator[str]:
    """Every attack behind `text`, before it, in its middle, and instead of it. Where all is `quoted`, behind it alone,
    and those that end or fill a line, a quote or a name.
    """
    for attack in ATTACKS:
        middle = len(text) // 2
        places = (text + attack, attack + text, text[:middle] + attack + text[middle:], attack)
        if quoted and (not attack or set(attack) & set('"\n\r\\\0\ud800')):
            yield places[0] if attack else ""
        elif not quoted:
            yield from dict.fromkeys(places)


@st.composite
def attacked(draw: st.DrawFn, text: str) -> str:
    """`text` with an attack or two somewhere in it, or instead of it."""
    attack = "".join(draw(st.lists(st.sampled_from(ATTACKS), min_size=1, max_size=2)))
    start = draw(st.integers(0, len(text)))
    return text[:start] + attack + draw(st.sampled_from([text[start:], ""]))


@st.composite
def hostile(draw: st.DrawFn, schema: Any) -> Any:
    """`schema` with an attack in one text of about every second object."""
    of_objects: dict[Path, list[tuple[Path, str]]] = {}
    for path, text in texts(schema):
        of_objects.setdefault(_object(path), []).append((path, text))
    for found in of_objects.values():
        if draw(st.booleans()):
            path, text = draw(st.sampled_from(found))
            schema = replaced(schema, path, draw(attacked(text)))
    return schema


def _object(path: Path) -> Path:
    """The path of the object that a text belongs to: up to the last position in a tuple of them."""
    return path[:4] if path[0] == "tables" and len(path) > 3 and isinstance(path[3], int) else path[:2]
