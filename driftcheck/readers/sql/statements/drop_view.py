"""DROP of a view, and what goes by CASCADE with any object: the views and policies that speak of it.

Where the words of one leave open whether it does, it may or may not be gone: that is a gap, and the object is in doubt.
"""

from __future__ import annotations

from dataclasses import replace

from ....model import Location
from ..catalog import shown
from ..entries import EXISTENCE, Key, ViewEntry, kind_of
from ..errors import StateError
from ..session import Session
from .needs import policies_reading
from .speaks import Speaks, of_relation


def needed(kind: str, key: Key) -> StateError:
    """What the server says where something depends on what is dropped without CASCADE."""
    return StateError(f"cannot drop {kind} {shown(key)} because other objects depend on it")


def drop_view(session: Session, entry: ViewEntry, cascade: bool, together: set[Key] | None = None) -> None:
    """Drops a view and, by CASCADE, the views that read it."""
    catalog, together = session.catalog, together or set()
    if entry.key not in catalog.relations:
        return
    for other in catalog.dependents_of(entry.key):
        if isinstance(other, ViewEntry) and entry.key in other.reads and other.key not in together:
            if not cascade:
                raise needed(kind_of(entry), entry.key)
            drop_view(session, other, cascade, together)
    for name in list(entry.indexes):
        catalog.remove_index((entry.key[0], name))
    catalog.triggers.pop(entry.key, None)
    if cascade:
        release_policies(session, of_relation(session, entry.key))
    elif not session.blind and next(policies_reading(session, entry.key), None) is not None:
        raise needed(kind_of(entry), entry.key)
    catalog.discard(entry.key)


def release_policies(session: Session, speaks: Speaks) -> None:
    for policies in session.catalog.policies.values():
        for name, policy in list(policies.items()):
            verdicts = {speaks(part.sql) for part in (policy.using, policy.check) if part is not None}
            if True in verdicts:
                del policies[name]
            elif None in verdicts:
                policies[name] = replace(policy, unknown=policy.unknown | {EXISTENCE})
                _gap(session, policy.location, f"the policy {name}", (policy.schema, policy.table, name))


def release_views(session: Session, speaks: Speaks) -> None:
    for entry in list(session.catalog.relations.values()):
        if not isinstance(entry, ViewEntry) or entry.key not in session.catalog.relations:
            continue
        verdict = speaks(entry.view.definition.sql)
        if verdict:
            drop_view(session, entry, cascade=True)
        elif verdict is None:
            entry.view = replace(entry.view, unknown=entry.view.unknown | {EXISTENCE})
            _gap(session, entry.view.location, f"the view {entry.view.name}", entry.key)


def _gap(session: Session, location: Location | None, what: str, about: tuple[str, ...]) -> None:
    if location is not None:
        session.gap(
            location, f"whether {what} is dropped by CASCADE can't be determined from its text", about=".".join(about)
        )
