"""Policies and views in the words that are right once a column is called otherwise: PostgreSQL keeps their meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...model import Location, Policy, View
from ...sql.references import may_name
from .entries import Key, TableEntry, ViewEntry
from .session import Session

if TYPE_CHECKING:
    from ...normalize.expressions.respelling import NewNames
    from ...normalize.known import Known


def policies_and_views(session: Session, table: Key, old: str, new: str, place: Location) -> None:
    """Rewrites every policy and view that speaks of the column `old` of `table`, which is `new` by now."""
    policies = [
        policy
        for held in session.catalog.policies.values()
        for policy in held.values()
        if any(may_name(str(said), old) for said in (policy.using, policy.check) if said is not None)
    ]
    views = [
        entry
        for entry in session.catalog.dependents_of(table)
        if isinstance(entry, ViewEntry) and table in entry.reads and _may_show(entry.view, old)
    ]
    if not policies and not views:
        return
    # Few migrations rename a column that a view or policy speaks of, and this is not cheap to import.
    from ...normalize.expressions.respelling import NewNames

    names = NewNames(columns={table: {old: new}})
    known = _known(session, names, table)
    for policy in policies:
        found = _policy(session, policy, known, names, place)
        session.catalog.policies[policy.schema, policy.table][policy.name] = found
    for entry in views:
        entry.view = _view(session, entry.view, known, names, place)


def shown_by(session: Session, view: View) -> tuple[str, ...] | None:
    """The names of a view's columns; None if they can't be determined from its query."""
    # Few files rename the column of a view, and this is not cheap to import.
    from ...normalize.expressions.respelling import NewNames

    key = (view.schema, view.name)
    found = _known(session, NewNames(columns={key: {}}), key).columns.get(key)
    return None if found is None else tuple(str(name) for name, _ in found)


def _may_show(view: View, column: str) -> bool:
    return may_name(str(view.definition), column) or "*" in view.definition.sql


def _known(session: Session, names: NewNames, table: Key) -> Known:
    """What the catalog reports columns, the renamed one under its old name and aware of the new one."""
    from ...normalize.known import Known
    from ...normalize.views import with_views

    before = {new: old for old, new in names.columns[table].items()}
    entries = [entry for entry in session.catalog.relations.values() if isinstance(entry, TableEntry)]
    columns = {
        entry.key: tuple(
            (before.get(column.name, column.name) if entry.key == table else column.name, column.type)
            for column in entry.columns.values()
        )
        for entry in entries
        if not entry.opaque and "columns" not in entry.unknown
    }
    views = [entry.view for entry in session.catalog.relations.values() if isinstance(entry, ViewEntry)]
    return names.known(with_views(Known(columns=columns), views))


def _policy(session: Session, policy: Policy, known: Known, names: NewNames, place: Location) -> Policy:
    from ...normalize.renaming import followed

    for field in ("using", "check"):
        said = getattr(policy, field)
        if said is None:
            continue
        changed: dict[str, Any] = {field: followed(said, (policy.schema, policy.table), known, names)}
        if changed[field] is not None:
            policy = replace(policy, **changed)
        else:
            policy = replace(policy, unknown=policy.unknown | {field})
            why = f"what the policy {policy.name} says after this rename can't be determined from its text"
            session.gap(place, why, about=".".join((policy.schema, policy.table, policy.name)))
    return policy


def _view(session: Session, view: View, known: Known, names: NewNames, place: Location) -> View:
    from ...normalize.renaming import followed_view

    found = followed_view(view, known, names) if "definition" not in view.unknown else None
    spoken = any(may_name(str(view.definition), old) for renamed in names.columns.values() for old in renamed)
    if found is None and not spoken:
        return view
    if found is None:
        found = replace(view, unknown=view.unknown | {"definition"})
        why = f"what the view {view.name} says after this rename can't be determined from its text"
        session.gap(place, why, about=f"{view.schema}.{view.name}")
    return found
