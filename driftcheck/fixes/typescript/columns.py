"""Edits of single facts of a column: its type, `.notNull()`, its default, its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ...differ.serials import counts
from ...model import Column
from ...rule import Severity
from ..drift import Drift
from ..edits import Edit
from . import sqlite_text
from .chains import Chain
from .column_text import default_of, filling, template, type_of
from .document import Unplaced, bare, elements
from .imports import COLUMNS
from .names import named
from .options import object_in, pairs_of, set_options
from .room import Room, Site

#: Options of column functions that say what the database has; what else is there is the application's.
_MODELLED = {
    "varchar": ("length",),
    "char": ("length",),
    "numeric": ("precision", "scale"),
    "decimal": ("precision", "scale"),
    "timestamp": ("precision", "withTimezone"),
    "time": ("precision", "withTimezone"),
    "interval": ("fields", "precision"),
    "bit": ("dimensions",),
    "vector": ("dimensions",),
    "halfvec": ("dimensions",),
    "sparsevec": ("dimensions",),
    "text": ("length",),
}
#: The application's options that mean the same in each of these.
_KEPT = (
    ("mode", frozenset({"timestamp", "date"})),
    ("mode", frozenset({"bigint", "bigserial", "numeric", "decimal"})),
    ("enum", frozenset({"text", "varchar", "char"})),
)
_ALIASES = {"decimal": "numeric"}
_OPTION = re.compile(r"(\w+): ('[^']*'|[^,}\s]+)")


def type_edits(room: Room, drift: Drift) -> list[Edit]:
    """Another type: an option, or the function's name with those that go with it; `.array()` too."""
    site = room.site(drift.actual)
    wanted: Column = drift.expected
    chain = site.head
    edits = _retyped(room, chain, wanted) + _dimensions(site, wanted)
    edits += _fitting_default(room, drift, site)
    was, now = counts(drift.actual), counts(wanted)
    if was != now or (was and drift.code != "DR203"):
        edits += _default(room, drift, site) + _null(site, wanted)
    return edits


def _retyped(room: Room, chain: Chain, wanted: Column) -> list[Edit]:
    document = chain.document
    text = type_of(wanted, room.words)
    function, _, rest = text.partition("(") if not text.startswith("customType") else _custom(text)
    given = dict(_OPTION.findall(rest[rest.find("{") :])) if "{" in rest else {}
    now = _ALIASES.get(_imported(room, chain), _imported(room, chain))
    if function == now:
        known = {key: given.get(key) for key in _MODELLED.get(now, ())}
        return set_options(document, chain.arguments, _options_at(chain), known)
    if _calls_factory(room, chain):
        raise Unplaced(f"{chain.name}() at {document.path}:{document.line(chain.head)} makes it, which no edit changes")
    said, edits = room.written(document, f"{function}(", chain.qualifier)
    edits = [*edits, document.replace(chain.function, said[:-1])]
    keep = {key for key, functions in _KEPT if now in functions and function in functions}
    return edits + _other_options(room, chain, given, keep)


def _custom(text: str) -> tuple[str, str, str]:
    """`customType({ … })` is what is called with the name."""
    function, _, _ = text.rpartition("(")
    return function, "(", ""


def _imported(room: Room, chain: Chain) -> str:
    """What the function is called where it comes from."""
    found = room.imports(chain.document).modules_of(chain.name)
    return found[1] if found is not None and not chain.qualifier else chain.name


def _calls_factory(room: Room, chain: Chain) -> bool:
    """Whether the head is a function of the project that makes the column, and no type of its own."""
    found = chain.document.variables.get(chain.name) if not chain.qualifier else None
    value = found.child_by_field_name("value") if found is not None else None
    return found is not None and (value is None or value.type in ("arrow_function", "function_expression"))


def _options_at(chain: Chain) -> int:
    members = elements(chain.arguments)
    return 1 if members and bare(members[0]).type != "object" else 0


def _other_options(room: Room, chain: Chain, given: dict[str, str], keep: set[str]) -> list[Edit]:
    """The options of the new function, and of the old ones only those that mean the same there."""
    document, at = chain.document, _options_at(chain)
    members = elements(chain.arguments)
    if at < len(members):
        now = pairs_of(document, object_in(chain.arguments, at))
        wanted: dict[str, str | None] = {key: None for key in now if key not in keep}
        wanted |= {key: room.written(document, value)[0] for key, value in given.items() if key not in keep & set(now)}
        return set_options(document, chain.arguments, at, wanted)
    return set_options(
        document, chain.arguments, at, {key: room.written(document, value)[0] for key, value in given.items()}
    )


def _dimensions(site: Site, wanted: Column) -> list[Edit]:
    arrays = [(chain, link) for chain in site.chains for link in chain.links if link.name == "array"]
    if not wanted.type.dimensions:
        return [chain.without(link) for chain, link in arrays]
    return [] if arrays else [site.head.with_link(".array()")]


def _fitting_default(room: Room, drift: Drift, site: Site) -> list[Edit]:
    """A default whose value would not be one of the new type: a text in the place of a number, say."""
    links = [(chain, link) for chain in site.chains for link in chain.links if link.name == "default"]
    others = (one.finding for one in room.drifts if one.code == "DR205" and one.actual is drift.actual)
    if not links or any(one.severity is not Severity.NOTE for one in others):
        return []
    chain, link = links[0]
    given = elements(link.arguments)
    wanted: Column = drift.expected
    kept = wanted if wanted.default is not None else replace(wanted, default=drift.actual.default)
    text = default_of(kept, room.words)
    is_text = bool(given) and given[0].type == "string"
    if (
        not given
        or given[0].type not in ("string", "number")
        or not text.startswith(".default(")
        or is_text == ("('" in text)
    ):
        return []
    said, imports = room.written(chain.document, text)
    return [*imports, chain.instead(link, said)]


def nullable_edits(room: Room, drift: Drift) -> list[Edit]:
    """`.notNull()` put in, or taken out."""
    return _null(room.site(drift.actual), drift.expected)


def _null(site: Site, wanted: Column) -> list[Edit]:
    found = [(chain, link) for chain in site.chains for link in chain.links]
    links = [(chain, link) for chain, link in found if link.name == "notNull"]
    if wanted.nullable:
        if not links:
            raise Unplaced("its type or its key says NOT NULL, and no call of its own")
        return [chain.without(link) for chain, link in links]
    implied = counts(wanted) or wanted.identity is not None or any(link.name == "primaryKey" for _, link in found)
    return [] if links or implied else [site.chains[0].with_link(".notNull()")]


def default_edits(room: Room, drift: Drift) -> list[Edit]:
    """`.default(…)` put in, changed or taken out."""
    if counts(drift.expected) != counts(drift.actual):
        return type_edits(room, drift)
    return _default(room, drift, room.site(drift.actual))


_DEFAULTS = ("default", "defaultNow", "defaultRandom")


def _default(room: Room, drift: Drift, site: Site) -> list[Edit]:
    wanted: Column = drift.expected
    text = default_of(wanted, room.words) if wanted.default is not None and not counts(wanted) else ""
    if text.startswith(".default(") and wanted.default is not None:
        given = text[len(".default(") : -1]
        default = sqlite_text.in_brackets(wanted.default) if _is_sqlite(room) else wanted.default
        text = f".default({_as_value(room, site.head, given) or template(default)})"
    return _one_link(room, site, _DEFAULTS, text)


#: The labels that `text('status', { enum: [...] })` has for TypeScript alone.
_LABELS = re.compile(r"\benum\s*:")
_STRINGS = re.compile(r"['\"`]([^'\"`]*)['\"`]")


def _as_value(room: Room, chain: Chain, given: str) -> str | None:
    """A value as the application has those of this column; None if only SQL can say it."""
    function = _imported(room, chain)
    mode = _mode(room, chain)
    config = chain.document.text(chain.arguments)
    if given[:1] == "'" and _LABELS.search(config) and given[1:-1] not in _STRINGS.findall(config):
        return None  # TypeScript takes none but its labels
    if _is_sqlite(room):
        is_value = not given.startswith("sql`") and function in (*sqlite_text.COLUMNS, "int")
        return sqlite_text.value_in_mode(given, function, mode) if is_value else None
    if re.fullmatch(r"'?-?\d+'?", given) and mode == "bigint":
        return given.strip("'") + "n"
    if re.fullmatch(r"'-?[\d.]+'", given) and mode == "number":
        return given.strip("'")
    if function == "date" and mode == "date":
        return None
    return given if function in COLUMNS or _is_enum(room, chain) else None


def _mode(room: Room, chain: Chain) -> str:
    members = elements(chain.arguments)
    try:
        pairs = pairs_of(chain.document, object_in(chain.arguments, _options_at(chain))) if members else {}
    except Unplaced:
        return ""
    value = pairs["mode"].child_by_field_name("value") if "mode" in pairs else None
    return chain.document.text(value).strip("'\"") if value is not None else ""


def _is_enum(room: Room, chain: Chain) -> bool:
    return any(room.words.enum((one.schema, one.name)) == chain.name for one in room.between.actual.enums)


_FILLINGS = ("generatedAlwaysAs", "generatedAlwaysAsIdentity", "generatedByDefaultAsIdentity")


def filling_edits(room: Room, drift: Drift) -> list[Edit]:
    """What the column is generated as, or counted by."""
    site, wanted = room.site(drift.actual), drift.expected
    if _is_sqlite(room) and drift.code == "DR207":
        if not any(chain.link("primaryKey") for chain in site.chains):
            raise Unplaced("its table says that it is the key")
        return _one_link(room, site, ("primaryKey",), sqlite_text.key_of(wanted))
    if counts(wanted) != counts(drift.actual):
        text = filling_of(room, wanted)
        return type_edits(room, drift) + _one_link(room, site, _FILLINGS, text)
    edits = _one_link(room, site, _FILLINGS, filling_of(room, wanted))
    return edits + (_default(room, drift, site) if wanted.generated is not None or wanted.identity is not None else [])


def filling_of(room: Room, column: Column) -> str:
    return filling(column, room.words) if column.generated is not None or column.identity is not None else ""


def _one_link(room: Room, site: Site, names: tuple[str, ...], text: str) -> list[Edit]:
    """The links of these names made into one that says `text`; an empty text takes them out."""
    links = [(chain, link) for chain in site.chains for link in chain.links if link.name in names]
    if not text:
        return [chain.without(link) for chain, link in links]
    chain = links[0][0] if links else site.chains[0]
    said, edits = room.written(chain.document, text)
    if not links:
        return [*edits, chain.with_link(said)]
    first, *rest = links
    return [*edits, first[0].instead(first[1], said), *(one.without(link) for one, link in rest)]


def _is_sqlite(room: Room) -> bool:
    return room.words.core == sqlite_text.CORE


def declared_edits(room: Room, drift: Drift) -> list[Edit]:
    """SQLite's words for one affinity, of which Drizzle has five."""
    if not sqlite_text.is_said(drift.expected.type):
        raise Unplaced(f"no function of drizzle-orm/{sqlite_text.CORE} says {drift.expected.type}")
    return type_edits(room, drift)


def application_edits(room: Room, drift: Drift) -> list[Edit]:
    """The default that the truth has in the database; what application code fills in is nobody's to guess."""
    if drift.expected.default is None or drift.actual.default is not None:
        raise Unplaced("one side leaves the value to application code, which is not edited")
    return default_edits(room, drift)


def renamed_edits(room: Room, drift: Drift) -> list[Edit]:
    """The name in the database; the property stays, by which code calls it."""
    chain = room.site(drift.actual).chains[0]
    return named(room, chain, drift.finding.expected.value or "", drift.actual.name)


EDITS: dict[str, Callable[[Room, Drift], list[Edit]]] = {
    "DR203": type_edits,
    "DR214": type_edits,
    "DR215": declared_edits,
    "DR204": nullable_edits,
    "DR205": default_edits,
    "DR206": filling_edits,
    "DR207": filling_edits,
    "DR210": renamed_edits,
    "DR211": application_edits,
}
