"""What the truth says in SQL, in the names that the drifting source has for renamed tables and columns.

Renames run last in a script, so that all before them speaks of tables and columns as they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from ..differ.between import Between
from ..differ.engine import Comparison
from ..findings import Finding
from ..model import View

#: (schema, name) of a table.
Key = tuple[str, str]


def respelled(comparison: Comparison) -> tuple[Between, tuple[Finding, ...]]:
    """What was compared, and the findings, with the truth's expressions in the drifting source's names, apart from the
    queries of views.
    """
    between = comparison.between
    if between.renaming is None:
        return between, comparison.findings
    spell = _speller(between)
    tables = tuple(spell(table, table.key) for table in between.expected.tables)
    policies = tuple(spell(one, (one.schema, one.table)) for one in between.expected.policies)
    triggers = tuple(spell(one, (one.schema, one.table)) for one in between.expected.triggers)
    expected = dataclasses.replace(between.expected, tables=tables, policies=policies, triggers=triggers)
    return dataclasses.replace(between, expected=expected), tuple(
        dataclasses.replace(one, subjects=(spell(one.subjects[0], _table_of(one)), one.subjects[1]))
        for one in comparison.findings
    )


def _table_of(finding: Finding) -> Key:
    about = finding.object
    return about.schema, about.table or about.name


def _speller(between: Between) -> Callable[[Any, Key], Any]:
    """What writes an object of the table `key` (its name in the drifting source) in other names."""
    before = {new: old for old, new in between.renames.tables.items()}
    renaming = between.renaming
    assert renaming is not None

    def spell(thing: Any, key: Key) -> Any:
        if thing is None or isinstance(thing, View):
            return thing
        return renaming.respelled(thing, before.get(key, key))

    return spell
