"""Column types, as a structure rather than a text.

`parse_type` only takes a written type apart; that `int4` and `integer` are one type is for `normalize/` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .identifiers import fold, quote

#: Names that the grammar takes for something else where a type stands, unless they are quoted (`pg_get_keywords()`,
#: category C): `char` is character(1), `"char"` is not.
_KEYWORDS = frozenset(
    """
    between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int
    integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar
    json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out overlay
    position precision real row setof smallint substring time timestamp treat trim values varchar xmlattributes
    xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
    """.split()
)


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type, written the way PostgreSQL's `format_type` would, or as its author wrote it before normalize.

    `name` is without quotes, schema, modifiers and brackets: "character varying", "timestamp with time zone",
    "status". `modifiers` are the words in parentheses. `dimensions` counts array brackets (PostgreSQL does not store
    how many; normalize makes it 0 or 1). `quoted` says the author quoted the name: it is then no alias or keyword.
    """

    name: str
    modifiers: tuple[str, ...] = ()
    schema: str | None = None
    dimensions: int = 0
    quoted: bool = False

    def __str__(self) -> str:
        words = f"({','.join(self.modifiers)})" if self.modifiers else ""
        if self.schema is not None or self.quoted:
            name = f'"{self.name}"' if self.name in _KEYWORDS else quote(self.name)
            base = (f"{quote(self.schema)}." if self.schema is not None else "") + name + words
        elif self.name.startswith(("time ", "timestamp ")):
            first, rest = self.name.split(" ", 1)
            base = f"{first}{words} {rest}"
        else:
            base = self.name + words
        return base + "[]" * self.dimensions

    @property
    def element(self) -> ColumnType:
        """The type of the array's elements; the type itself if it is no array."""
        return replace(self, dimensions=0)


_QUOTED = r'"(?:[^"]|"")+"'
_WORD = r"[^\W\d][\w$]*"
_NAME = re.compile(rf"\s*(?:(?P<schema>{_QUOTED}|{_WORD})\s*\.\s*)?(?P<name>{_QUOTED}|{_WORD})")
_MODIFIERS = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_ARRAY = re.compile(r"\s*(?:\[\s*\d*\s*\]|ARRAY\b(?:\s*\[\s*\d*\s*\])?)", re.IGNORECASE)
_ZONE = re.compile(r"\s+(with|without)\s+time\s+zone\b", re.IGNORECASE)
_FIELDS = re.compile(
    r"\s+((?:year|month|day|hour|minute|second)(?:\s+to\s+(?:month|hour|minute|second))?)\b", re.IGNORECASE
)
#: Built-in types of more than one word, without those of time zones and interval fields.
_WORDS = re.compile(
    r"\s*(double\s+precision|character\s+varying|n?char\s+varying|bit\s+varying|"
    r"national\s+(?:character|char)(?:\s+varying)?)(?![\w$])",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def parse_type(text: str) -> ColumnType:
    """`text` taken apart: `timestamp(3) with time zone`, `"public"."status"[]`, `numeric(10, 2)`.

    Raises ValueError if there is more in `text` than one type, or no type at all.
    """
    schema, quoted = None, False
    if words := _WORDS.match(text):
        name, rest = " ".join(words[1].lower().split()), text[words.end() :]
    elif match := _NAME.match(text):
        quoted = match["name"].startswith('"')
        name, rest = _identifier(match["name"]), text[match.end() :]
        schema = _identifier(match["schema"]) if match["schema"] else None
    else:
        raise ValueError(f"not a type: {text!r}")
    fields = ""
    if name == "interval" and not quoted and (found := _FIELDS.match(rest)):
        fields, rest = " " + " ".join(found[1].lower().split()), rest[found.end() :]
    modifiers: tuple[str, ...] = ()
    if found := _MODIFIERS.match(rest):
        modifiers, rest = tuple(_modifier(word) for word in _split(found[1])), rest[found.end() :]
    if name in ("time", "timestamp") and not quoted and (found := _ZONE.match(rest)):
        name, rest = f"{name} {found[1].lower()} time zone", rest[found.end() :]
    dimensions = 0
    while found := _ARRAY.match(rest):
        dimensions, rest = dimensions + 1, rest[found.end() :]
    if rest.strip():
        raise ValueError(f"not a type: {text!r}")
    return ColumnType(name + fields, modifiers, schema, dimensions, quoted)


def _identifier(word: str) -> str:
    return word[1:-1].replace('""', '"') if word.startswith('"') else fold(word)


def _split(text: str) -> list[str]:
    """`text` cut at its commas, those inside parentheses apart."""
    return [part.strip() for part in re.split(r",(?![^()]*\))", text) if part.strip()]


def _modifier(word: str) -> str:
    """A modifier without needless spaces; words such as `Point` in geometry(Point,4326) stay as written."""
    return " ".join(word.split())
