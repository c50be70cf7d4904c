"""Every rule, as data: what `explain`, SARIF, the docs and the differ all read.

Importing this costs nothing but the model: no rule's long text is read before it is asked for.
"""

from __future__ import annotations

from functools import cache

from ...rule import Rule
from . import check_itself, checks, columns, indexes, keys, programs, security, tables, types
from .family import Fact, Fields

_FAMILIES = (tables, columns, keys, checks, indexes, types, security, programs, check_itself)

#: Every rule, in the order of its code.
RULES: tuple[Rule, ...] = tuple(sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda r: r.code))

#: Every field of every kind of object in the model, and the one rule it belongs to.
FIELDS: Fields = {key: fact for family in _FAMILIES for key, fact in family.FIELDS.items()}

_BY_WORD = {rule.code: rule for rule in RULES} | {rule.name: rule for rule in RULES}


def rule(word: str) -> Rule:
    """The rule with the code or name `word`. Raises KeyError if there is none."""
    return _BY_WORD[word] if word in _BY_WORD else _BY_WORD[word.upper()]


@cache
def facts_of(kind: str) -> dict[str, Fact]:
    """The compared fields of `kind`, in the order of the table."""
    return {name: fact for (owner, name), fact in FIELDS.items() if owner == kind and fact.code is not None}


__all__ = ["FIELDS", "RULES", "Fact", "Fields", "facts_of", "rule"]
