"""What a file of SQL is about, by its text: which tables it leaves behind, and which database it is written for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..dialects import dialect_named
from ..frozen import dataclass
from ..readers.sql.pulled import uncommented

_NAME = r'(?:"(?:[^"]|"")+"|`[^`\n]+`|[\w$]+)'
_QUALIFIED = rf"{_NAME}(?:\s*\.\s*{_NAME})?"
_IF_EXISTS = r"(?:IF\s+(?:NOT\s+)?EXISTS\s+)?"
#: Comments, and the rows of a dump, in which anything may stand; what has no end goes to the end of the text.
_COMMENT = re.compile(
    r"--[^\n]*+|/\*(?:.*?\*/|.*\Z)|^COPY[^;\n]*?\bFROM[ ]stdin\b[^;\n]*+;\r?\n(?:.*?^\\\.|.*\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_STRING = re.compile(r"'(?:[^']|'')*+(?:'|\Z)")
_EVENT = re.compile(
    rf"\bCREATE\s+(?:UNLOGGED\s+|FOREIGN\s+)?TABLE\s+{_IF_EXISTS}(?P<made>{_QUALIFIED})"
    rf"|\bDROP\s+TABLE\s+{_IF_EXISTS}(?P<dropped>{_QUALIFIED}(?:\s*,\s*{_QUALIFIED})*)"
    rf"|\bALTER\s+TABLE\s+{_IF_EXISTS}(?:ONLY\s+)?(?P<old>{_QUALIFIED})\s+RENAME\s+TO\s+(?P<new>{_NAME})",
    re.IGNORECASE,
)
_ALTERED = re.compile(rf"\bALTER\s+TABLE\s+{_IF_EXISTS}(?:ONLY\s+)?(?P<name>{_QUALIFIED})", re.IGNORECASE)
_REFERRED = re.compile(rf"\bREFERENCES\s+(?P<name>{_QUALIFIED})", re.IGNORECASE)
_ANY_TABLE = re.compile(r"\bCREATE\s+TABLE\b", re.IGNORECASE)
_DOWN = re.compile(
    r"^[ \t]*+--[ \t]*+(?:(?:\+goose|\+migrate|\+micrate|rambler)[ \t]+down\b|migrate:down\b|//[ \t]*@undo\b)",
    re.IGNORECASE | re.MULTILINE,
)
#: What PostgreSQL would not take, by the database that would.
_FOREIGN = {
    "MySQL": r"\bAUTO_INCREMENT\b|\bENGINE\s*=\s*\w+DB\b|\b(?:TINY|MEDIUM)INT\b|\bINT\s*\(\s*\d+\s*\)"
    r"|\bUNSIGNED\b|\b(?:MEDIUM|LONG|TINY)(?:TEXT|BLOB)\b|\bDEFAULT\s+CHARSET\b|\bON\s+UPDATE\s+CURRENT_TIMESTAMP\b",
    "SQL Server": r"\[\w+\]\s*(?:\.|\(|\[|NOT\b|NULL\b|,)|\bIDENTITY\s*\(\s*\d+|^\s*GO\s*$|\bNVARCHAR\b|\bDATETIME2\b"
    r"|\bUNIQUEIDENTIFIER\b|\bGETDATE\s*\(",
    "Oracle": r"\bVARCHAR2\b|\bNUMBER\s*\(|\b\w+\s+NUMBER\b(?!\s*[=<>)])|\bNCLOB\b|\bSYSDATE\b|\bSYSTIMESTAMP\b",
    "SQLite": r"\bAUTOINCREMENT\b|\bunixepoch\s*\("
    r"|^\s*PRAGMA\b|\bWITHOUT\s+ROWID\b|\bDATETIME\b(?!\s*\()|\bstrftime\s*\(",
    "ClickHouse": r"\bENGINE\s*=\s*\w*MergeTree\b|\bLowCardinality\s*\(|\bON\s+CLUSTER\b",
}
#: What MySQL and SQLite take.
_BACKTICKS = re.compile(r"`\w+`")
_FOREIGN_WORDS = {name: re.compile(pattern, re.IGNORECASE | re.MULTILINE) for name, pattern in _FOREIGN.items()}
#: What only PostgreSQL takes.
_OURS = re.compile(
    r"::\s*\w|\b(?:BIG|SMALL)?SERIAL\b|\bJSONB\b|\bTIMESTAMPTZ\b|\bWITH(?:OUT)?\s+TIME\s+ZONE\b|\bCREATE\s+EXTENSION\b"
    r"|\bLANGUAGE\s+'?plpgsql\b|\$\$|\bUSING\s+(?:btree|gin|gist|hash|brin)\b|\bgen_random_uuid\s*\(|\bnextval\s*\("
    r"|\bAS\s+IDENTITY\b|\bROW\s+LEVEL\s+SECURITY\b|\bBYTEA\b|\bCREATE\s+TYPE\b|\bpg_catalog\b",
    re.IGNORECASE,
)
#: What Supabase's dashboard writes above a schema that is for reading: its types and its order are not SQL's.
_FOR_READING = "this schema is for context only and is not meant to be run"
#: How much of a text is looked at for the words of a database.
_LOOKED_AT = 300_000


@dataclass(frozen=True, slots=True)
class Scan:
    """`events` are what happens to tables, in order: (made, None), (None, dropped), (new name, old name).

    `altered` are the tables that are altered or referred to, made here or not. `foreign` is the other database that the
    text is for, `ours` whether it can be for PostgreSQL alone; `creates` whether it makes tables at all, `empty` that
    there is nothing in it but comments, `for_reading` that it says that it is not meant to be run. `needs` are for each
    table that is made, in order, those that it refers to; not in schemas that a platform makes.
    """

    events: tuple[tuple[str | None, str | None], ...]
    foreign: str | None = None
    ours: bool = False
    creates: bool = False
    empty: bool = False
    altered: frozenset[str] = frozenset()
    for_reading: bool = False
    needs: tuple[tuple[str, frozenset[str]], ...] = ()


def scan(text: str, dialect: str = "") -> Scan:
    """What `text` is about to who looks for the engine `dialect`; ways down at its end are not looked at."""
    if (down := _DOWN.search(text)) is not None and down.start():
        text = text[: down.start()]
    pulled = uncommented(text)
    bare = _COMMENT.sub(" ", text if pulled is None else pulled)
    words = _STRING.sub("''", bare[:_LOOKED_AT])
    ours, foreign = _spoken(words, dialect)
    creates = _ANY_TABLE.search(bare) is not None
    for_reading = _FOR_READING in text[:2000].lower()
    altered = frozenset(_folded(found["name"]) for one in (_ALTERED, _REFERRED) for found in one.finditer(bare))
    empty = not bare.strip()
    return Scan(tuple(_events(bare)), foreign, ours, creates, empty, altered, for_reading, tuple(_needs(bare)))


def _spoken(words: str, dialect: str) -> tuple[bool, str | None]:
    """Whether it can be for that engine alone, and the other database that it is for."""
    is_postgresql = _OURS.search(words) is not None
    other = _foreign(words)
    if dialect_named(dialect).replay is None:
        return is_postgresql, None if is_postgresql else other
    title = dialect_named(dialect).title
    if is_postgresql:
        return False, "PostgreSQL"
    return other == title, None if other is None or title in other else other


def _foreign(words: str) -> str | None:
    hits = {name: sum(1 for _ in pattern.finditer(words)) for name, pattern in _FOREIGN_WORDS.items()}
    most = max(hits, key=lambda name: hits[name])
    if hits[most]:
        return most
    return "MySQL or SQLite" if _BACKTICKS.search(words) else None


def _events(text: str) -> Iterable[tuple[str | None, str | None]]:
    for found in _EVENT.finditer(text):
        if found["made"]:
            yield _folded(found["made"]), None
        elif found["dropped"]:
            yield from ((None, _folded(name)) for name in re.findall(_QUALIFIED, found["dropped"]))
        else:
            yield _folded(found["new"]), _folded(found["old"])


def _needs(text: str) -> Iterable[tuple[str, frozenset[str]]]:
    """Each table that is made, and what its statement refers to without a schema, or in public."""
    for found in _EVENT.finditer(text):
        if found["made"]:
            end = text.find(";", found.end())
            named = [one["name"] for one in _REFERRED.finditer(text, found.end(), end if end >= 0 else len(text))]
            ours = (name for name in named if "." not in name or name.lower().startswith("public."))
            yield _folded(found["made"]), frozenset(map(_folded, ours))


def _folded(name: str) -> str:
    """The last part of a name, as PostgreSQL has it."""
    last: str = re.findall(_NAME, name)[-1]
    return last[1:-1].replace('""', '"') if last.startswith(('"', "`")) else last.lower()


def lacks_its_beginning(scans: Iterable[Scan]) -> bool:
    """Whether most of the tables that `scans` are about were made before them, elsewhere."""
    looked = list(scans)
    made = {name for one in looked for name, _ in one.events if name is not None}
    return len(frozenset().union(*(one.altered for one in looked)) - made) > len(made)


def makes_nothing_alone(scans: Iterable[Scan]) -> bool:
    """Whether each table that `scans` make refers to one that they do not make: PostgreSQL refuses all of them."""
    there: set[str] = set()
    needs = [need for one in scans for need in one.needs]
    for name, needed in needs:
        if needed <= there | {name}:
            there.add(name)
    return bool(needs) and not there


def tables(scans: Iterable[Scan]) -> frozenset[str]:
    """The tables that are there when all of `scans` have run, in their order."""
    there: dict[str, None] = {}
    for one in scans:
        for made, gone in one.events:
            if gone is not None:
                there.pop(gone, None)
            if made is not None:
                there[made] = None
    return frozenset(there)
