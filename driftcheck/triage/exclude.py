"""Objects that the check leaves out: those the config excludes, and the bookkeeping of migration tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..config import Glob
from ..errors import ConfigError
from ..findings import NotCompared
from ..model import KINDS, Comment, Exclusion, Located, Namespace, Policy, PrimaryKey, Schema, Table, Trigger, Unique
from ..model import Sequence as SequenceObject
from ..model.platforms import TOOL_SCHEMAS, TOOL_TABLES
from ..reading import Gap, Reading, Source
from .globs import covers

#: What leaves an object out: the config's glob, or a tool's.
_Reason = Glob | str


class ExcludeFilter:
    """Leaves out of each source the objects that `globs` mean, and the tables that tools keep for themselves.

    A glob means objects by `schema.name` (without a dot: in public); what depends on an excluded table goes with it:
    its policies, triggers and own sequences, and what was not understood in it.
    """

    def __init__(self, globs: Sequence[Glob]) -> None:
        self._globs = globs
        self._dropped: dict[_Reason, set[tuple[str, str, str]]] = {glob: set() for glob in globs}

    def of(self, source: Source) -> Source:
        """`source` without what is left out.

        Raises ConfigError if the globs leave nothing of it: such a check would find nothing.
        """
        kept = _without(source, self._globs, self._dropped)
        if self._globs and holds_something(source.schema) and not holds_something(kept.schema):
            raise _nothing_left(source, self._globs)
        return kept

    def not_compared(self) -> tuple[NotCompared, ...]:
        """How much was left out so far, by reason."""
        return tuple(
            NotCompared(plural, _why(reason), count=sum(kind == plural for kind, _, _ in objects))
            for reason, objects in self._dropped.items()
            for plural in sorted({kind for kind, _, _ in objects})
        )

    def notes(self) -> tuple[str, ...]:
        """What is odd about the globs, once every source was there."""
        return tuple(
            f"exclude '{glob.pattern}'{f' ({glob.place})' if glob.place else ''} matches nothing in any source"
            for glob in self._globs
            if not self._dropped[glob]
        )


def holds_something(schema: Schema, *, unread: bool = True) -> bool:
    """Whether there is anything to compare; what could not be read counts if `unread`."""
    return bool(schema.tables or schema.views or schema.enums or (unread and schema.opaque))


def _nothing_left(source: Source, globs: Sequence[Glob]) -> ConfigError:
    place = globs[0].place
    return ConfigError(
        f"exclude leaves nothing of '{source.name}' to compare",
        hint="a check against nothing would find nothing; exclude less",
        path=place.path if place else None,
        line=place.line if place else None,
    )


def _why(reason: _Reason) -> str:
    return f"left out by exclude '{reason.pattern}'" if isinstance(reason, Glob) else f"kept by {reason} for itself"


def _without(source: Source, globs: Sequence[Glob], dropped: dict[_Reason, set[tuple[str, str, str]]]) -> Source:
    def stays(plural: str, schema: str, name: str, owner: str | None = None) -> bool:
        reason = _reason(globs, schema, name if owner is None else owner, tools=plural in ("tables", "views"))
        if reason is not None:
            dropped.setdefault(reason, set()).add((plural, schema, name))
        return reason is None

    reading = source.reading
    return replace(source, reading=_reading(reading, without(reading.schema, stays), globs))


def _reason(globs: Sequence[Glob], schema: str, name: str, tools: bool) -> _Reason | None:
    for glob in globs:
        if covers(glob.pattern, schema, name):
            return glob
    if tools:
        return TOOL_TABLES.get(name) or TOOL_SCHEMAS.get(schema)
    return None


def without(schema: Schema, stays: Callable[..., bool]) -> Schema:
    """`schema` with the objects that stay: of each is asked its field in Schema, its schema, its name, its table."""
    kept: dict[str, Any] = {}
    for place in KINDS.values():
        holder, _, plural = place.partition(".")
        if holder == "Schema":
            kept[plural] = tuple(item for item in getattr(schema, plural) if _stays(item, plural, stays))
    kept["opaque"] = tuple(
        item
        for item in schema.opaque
        if stays(KINDS.get(item.kind, f"Schema.{item.kind}").partition(".")[2], item.schema, item.name)
    )
    found = replace(schema, **kept)
    return replace(found, comments=tuple(_on_what_stays(schema, found))) if schema.comments else found


def _on_what_stays(schema: Schema, kept: Schema) -> Iterator[Comment]:
    gone = _names(schema) - _names(kept)
    for comment in schema.comments:
        if (comment.schema or "", comment.table or comment.name) not in gone:
            yield comment


def _names(schema: Schema) -> set[tuple[str, str]]:
    """Schema and name of all that has a comment of its own; an index is called by its own name."""
    holders = [place.partition(".") for place in KINDS.values()]
    objects = [item for holder, _, plural in holders if holder == "Schema" for item in getattr(schema, plural)]
    indexes = {(table.schema, item.name) for table in schema.tables for item in (*table.indexes, *_keys(table))}
    indexes |= {(view.schema, item.name) for view in schema.views for item in view.indexes}
    named = (item for item in objects if not hasattr(item, "table"))
    return {(getattr(item, "schema", None) or "", getattr(item, "name", "")) for item in named} | indexes


def _keys(table: Table) -> tuple[PrimaryKey | Unique | Exclusion, ...]:
    key = () if table.primary_key is None else (table.primary_key,)
    return (*key, *table.uniques, *table.exclusions)


def _stays(item: Located, plural: str, stays: Callable[..., bool]) -> bool:
    match item:
        case Namespace():
            return stays(plural, item.name, "*")
        case Policy() | Trigger():
            return stays(plural, item.schema, f"{item.table}.{item.name}", item.table)
        case SequenceObject(owned_by=(owner, table, _)) if not stays(plural, owner, item.name, table):
            return False
    schema = getattr(item, "schema", None)
    return schema is None or plural == "extensions" or stays(plural, schema, getattr(item, "name", ""))


def _reading(reading: Reading, schema: Schema, globs: Sequence[Glob]) -> Reading:
    def stays(gap: Gap) -> bool:
        parts = (gap.object or "").split(".")
        return len(parts) < 2 or _reason(globs, parts[0], parts[1], tools=True) is None

    return replace(
        reading,
        schema=schema,
        gaps=tuple(gap for gap in reading.gaps if stays(gap)),
        unexported=tuple(
            item for item in reading.unexported if _reason(globs, item.schema, item.name, tools=False) is None
        ),
    )
