"""No fact of the model without a rule: what nobody compares would be drift that nobody sees."""

from __future__ import annotations

import dataclasses
import typing

import pytest

from driftcheck import model
from driftcheck.differ.rules import FIELDS, RULES, facts_of
from driftcheck.model import KINDS, Located

CLASSES = {
    "schema": model.Namespace,
    "table": model.Table,
    "column": model.Column,
    "primary-key": model.PrimaryKey,
    "foreign-key": model.ForeignKey,
    "unique": model.Unique,
    "exclusion": model.Exclusion,
    "check": model.Check,
    "index": model.Index,
    "index-key": model.IndexKey,
    "enum": model.Enum,
    "domain": model.Domain,
    "composite": model.CompositeType,
    "range": model.RangeType,
    "sequence": model.Sequence,
    "view": model.View,
    "policy": model.Policy,
    "role": model.Role,
    "function": model.Function,
    "trigger": model.Trigger,
    "extension": model.Extension,
}

#: Parts that are compared whole, as the value of the field that holds them.
WHOLE = {
    model.Expression,
    model.ColumnType,
    model.Identity,
    model.Generated,
    model.Partition,
    model.ExclusionElement,
    model.Attribute,
}

MEMBERS = [
    (kind, field.name)
    for kind, cls in CLASSES.items()
    for field in dataclasses.fields(cls)
    if field.name not in {own.name for own in dataclasses.fields(Located)}
]


@pytest.mark.parametrize(("kind", "name"), MEMBERS, ids=lambda value: value)
def test_every_field_belongs_to_one_rule(kind: str, name: str) -> None:
    fact = FIELDS[kind, name]
    if fact.code is None:
        assert len(fact.label.split()) > 2, "an exemption says why"
    else:
        assert fact.code in {rule.code for rule in RULES}


def test_no_entry_is_about_something_that_is_gone() -> None:
    assert set(FIELDS) == set(MEMBERS)


def test_every_kind_and_every_part_is_known() -> None:
    assert set(CLASSES) - {"index-key"} == set(KINDS)
    declared = {cls for cls in vars(model).values() if isinstance(cls, type) and dataclasses.is_dataclass(cls)}
    # Collations and comments are held to be written, and said not to be compared.
    others = {model.Location, Located, model.Opaque, model.Schema, model.Collation, model.Comment}
    assert declared - set(CLASSES.values()) - WHOLE == others


@pytest.mark.parametrize("cls", [*CLASSES.values()], ids=lambda cls: cls.__name__)
def test_fields_hold_only_parts_that_are_known(cls: type) -> None:
    known = set(CLASSES.values()) | WHOLE | {model.Location}
    for hint in typing.get_type_hints(cls).values():
        for part in _parts(hint):
            assert not dataclasses.is_dataclass(part) or part in known


def _parts(hint: object) -> typing.Iterator[object]:
    arguments = typing.get_args(hint)
    if not arguments:
        yield hint
    for argument in arguments:
        yield from _parts(argument)


def test_facts_are_those_with_a_rule() -> None:
    assert "name" not in facts_of("column")
    assert facts_of("column")["type"].code == "DR203"
