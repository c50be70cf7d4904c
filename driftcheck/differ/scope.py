"""What is compared at all: what both languages can say, and what the truth speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..findings import NotCompared
from ..frozen import dataclass
from ..model import DEFAULT_SCHEMA, KINDS, Schema
from ..reading import Source
from .rules import FIELDS
from .serials import serial_sequences


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the config's `compare` table: the kinds of object and the fields that it means."""

    kinds: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


#: What is compared only where the truth declares at least one, unless the config says otherwise.
WORDS: dict[str, Word] = {
    "policies": Word(kinds=("policy",)),
    "row-level-security": Word(facts=(("table", "row_security"), ("table", "force_row_security"))),
    "views": Word(kinds=("view",)),
    "sequences": Word(kinds=("sequence",)),
    "triggers": Word(kinds=("trigger",)),
    "functions": Word(kinds=("function",)),
    "domains": Word(kinds=("domain",)),
    "types": Word(kinds=("composite", "range")),
    "extensions": Word(kinds=("extension",)),
    "schemas": Word(kinds=("schema",)),
    "roles": Word(kinds=("role",)),
    "comments": Word(facts=(("table", "comment"), ("column", "comment"))),
}

_PLURALS = {"unique": "unique constraints", "exclusion": "exclusion constraints", "index": "indexes"}


def plural(kind: str) -> str:
    """`kind` for a report's list: "foreign keys", "indexes"."""
    return _PLURALS.get(kind, kind.replace("-", " ") + "s")


class Scope:
    """What may be compared between two sources, and an account of what may not."""

    def __init__(self, truth: Source, other: Source, settings: Mapping[str, str]) -> None:
        self._both = (truth, other)
        self._kinds_off: set[str] = set()
        self._facts_off: set[tuple[str, str]] = set()
        self._said: list[NotCompared] = []
        self._unknowable: Counter[tuple[str, str]] = Counter()
        self._passed: Counter[tuple[str, str, str]] = Counter()
        for name, word in WORDS.items():
            if (reason := self._excludes(name, word, settings.get(name, "auto"))) is not None:
                self._leave(name, word, *reason)
        grouped = {kind for word in WORDS.values() for kind in word.kinds}
        for kind in KINDS:
            if kind not in grouped and (reason := self._unable(Word(kinds=(kind,)), plural(kind))) is not None:
                self._leave(plural(kind), Word(kinds=(kind,)), *reason)

    def kind(self, kind: str) -> bool:
        """Whether objects of `kind` are compared."""
        return kind not in self._kinds_off

    def fact(self, kind: str, name: str) -> bool:
        """Whether the field `name` of `kind` is compared. A no for want of words is counted for the report."""
        if (kind, name) in self._facts_off:
            return False
        for source in self._both:
            if not source.reading.capabilities.can(kind, name):
                self._passed[kind, name, source.reading.capabilities.language] += 1
                return False
        return True

    def not_compared(self) -> tuple[NotCompared, ...]:
        """What was left alone, each with its reason; only where there was something."""
        passed: dict[tuple[str, str, str], int] = {}
        for (kind, name, language), count in sorted(self._passed.items()):
            key = plural(kind), FIELDS[kind, name].label, language
            passed[key] = max(count, passed.get(key, 0))
        facts = [
            NotCompared(f"{label} of {kinds}", f"{language} cannot declare it", self._both[1].name, count)
            for (kinds, label, language), count in passed.items()
        ]
        unknowable = (NotCompared(what, why, None, count) for (what, why), count in self._unknowable.items())
        return (*self._said, *facts, *unknowable)

    def unknowable(self, what: str, why: str) -> None:
        """Notes that one of `what` could not be compared, since its value is decided elsewhere."""
        self._unknowable[what, why] += 1

    def _excludes(self, name: str, word: Word, setting: str) -> tuple[str, Source] | None:
        truth, other = self._both
        if (unable := self._unable(word, name.replace("-", " "))) is not None:
            return unable
        if setting == "never":
            return f'compare.{name} is "never"', other if _count(other.schema, word) else truth
        if setting != "always" and not _declares(truth.schema, name, word):
            return f'{truth.name} declares none; set compare.{name} = "always" to compare them', other
        return None

    def _unable(self, word: Word, plural_word: str) -> tuple[str, Source] | None:
        """The reason if one of the languages has no word for it, and the source that therefore has all there is."""
        truth, other = self._both
        for source, counted in ((truth, other), (other, truth)):
            can = source.reading.capabilities.can
            if not any(can(kind) for kind in word.kinds) and not any(can(*fact) for fact in word.facts):
                return f"{source.reading.capabilities.language} cannot declare {plural_word}", counted
        return None

    def _leave(self, name: str, word: Word, reason: str, counted: Source) -> None:
        self._kinds_off.update(word.kinds)
        self._facts_off.update(word.facts)
        if count := _count(counted.schema, word):
            self._said.append(NotCompared(name, reason, counted.name, count))


def _declares(schema: Schema, name: str, word: Word) -> bool:
    """Whether the schema speaks of it at all; policies speak of row-level security, without which they do nothing."""
    return _count(schema, word) > 0 or (name == "row-level-security" and bool(schema.policies))


def _count(schema: Schema, word: Word) -> int:
    return sum(_objects(schema, kind) for kind in word.kinds) + _tellers(schema, word.facts)


def _objects(schema: Schema, kind: str) -> int:
    owner, _, name = KINDS[kind].partition(".")
    if kind == "sequence":
        serial = serial_sequences(schema)
        return sum((one.schema, one.name) not in serial for one in schema.sequences)
    if kind == "schema":
        return sum(one.name != DEFAULT_SCHEMA for one in schema.namespaces)
    if owner == "Schema":
        return len(getattr(schema, name))
    held = [getattr(table, name) for table in schema.tables]
    return sum(len(one) if isinstance(one, tuple) else one is not None for one in held)


def _tellers(schema: Schema, facts: Iterable[tuple[str, str]]) -> int:
    """How many objects say something in one of `facts` (comments on tables and columns, say)."""
    count = 0
    for table in schema.tables:
        count += any(kind == "table" and getattr(table, name) for kind, name in facts)
        for kind, name in facts:
            if kind == "column":
                count += sum(bool(getattr(column, name)) for column in table.columns)
    return count
