"""What a database holds that no project made: it counts as far as the other source declares it, and so is no drift."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..findings import NotCompared
from ..model import KINDS, Schema, Trigger
from ..reading import Source
from .exclude import without

_PLATFORMS = "a platform or tool keeps them in {}; compared as far as the other source declares them"
_SERVERS = "they belong to the server; compared as far as the other source declares them"


def without_kept(source: Source, *others: Source) -> tuple[Source, tuple[NotCompared, ...]]:
    """`source` without what is kept in it, unless one of `others` declares that very object; and how much that was.

    Policies on the tables of a platform are the project's own, and so are triggers there that call a function of the
    project's. That a source which is a database has the same proves nothing.
    """
    if not source.reading.kept:
        return source, ()
    declared = {name for other in others if not other.reading.kept for name in _declared(other.schema)}
    left = _Left(source, declared)
    schema = without(source.schema, left.stays)
    triggers = tuple(one for one in schema.triggers if left.calls_our_own(one))
    roles = tuple(role for role in schema.roles if ("roles", "", role.name) in declared)
    if len(roles) < len(schema.roles):
        left.counted["roles", ""] += len(schema.roles) - len(roles)
    schema = replace(schema, triggers=triggers, roles=roles)
    return replace(source, reading=replace(source.reading, schema=schema)), left.account()


def _declared(schema: Schema) -> set[tuple[str, str, str]]:
    """Field of Schema, schema and name of all that is declared: what belongs to a table has its name before its own."""
    found = set()
    for holder in KINDS.values():
        owner, _, plural = holder.partition(".")
        for item in getattr(schema, plural) if owner == "Schema" else ():
            names = [name for name in (getattr(item, "table", None), item.name) if name]
            found.add((plural, getattr(item, "schema", ""), ".".join(names)))
    return found | {("namespaces", item.name, "*") for item in schema.namespaces}


class _Left:
    """Decides object by object, and counts."""

    def __init__(self, source: Source, declared: set[tuple[str, str, str]]) -> None:
        self._kept, self._name, self._declared = source.reading.kept, source.name, declared
        self.counted: Counter[tuple[str, str]] = Counter()

    def stays(self, plural: str, schema: str, name: str, owner: str | None = None) -> bool:
        if schema not in self._kept or plural in ("policies", "triggers") or (plural, schema, name) in self._declared:
            return True
        self._count("schemas" if plural == "namespaces" else plural, schema)
        return False

    def calls_our_own(self, trigger: Trigger) -> bool:
        """Whether a trigger is the project's: on a table of a platform, it is if its function is."""
        ours = trigger.schema not in self._kept or (trigger.function_schema or "") not in self._kept
        if ours or ("triggers", trigger.schema, f"{trigger.table}.{trigger.name}") in self._declared:
            return True
        self._count("triggers", trigger.schema)
        return False

    def _count(self, plural: str, schema: str) -> None:
        self.counted[plural, schema] += 1

    def account(self) -> tuple[NotCompared, ...]:
        """A line for each kind of object, which names the schemas."""
        found: dict[str, dict[str, int]] = {}
        for (plural, schema), count in self.counted.items():
            found.setdefault(plural, {})[schema] = count
        return tuple(
            NotCompared(plural, _why(schemas), self._name, sum(schemas.values()))
            for plural, schemas in sorted(found.items())
        )


def _why(schemas: dict[str, int]) -> str:
    names = [name for name in sorted(schemas) if name]
    return _PLATFORMS.format(", ".join(names)) if names else _SERVERS
