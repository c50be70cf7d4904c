"""What a project registers with alembic_utils: functions, triggers, policies, views, extensions.

An entity is a signature and a definition, as `CREATE … signature definition` has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...model import Expression, Extension, Location, Opaque, Policy, Trigger, View
from ...model.identifiers import fold
from ...reading import Gap
from ...sql import triggers
from ...sql.policies import read_clauses, read_kind
from ...worker.answer import EntityFacts
from .functions import parse_function, signed, statement


class Entities:
    """The objects of the entities of one project, and a gap for each that could not be read."""

    def __init__(self, entities: Iterable[EntityFacts], home: Location) -> None:
        self._home = home
        self.functions: list[Any] = []
        self.triggers: list[Trigger] = []
        self.policies: list[Policy] = []
        self.views: list[View] = []
        self.extensions: list[Extension] = []
        self.opaque: list[Opaque] = []
        self.gaps: list[Gap] = []
        makers = {
            "PGFunction": ("function", self._function),
            "PGTrigger": ("trigger", self._trigger),
            "PGPolicy": ("policy", self._policy),
            "PGView": ("view", self._view),
            "PGMaterializedView": ("view", self._view),
            "PGExtension": ("extension", self._extension),
        }
        for facts in entities:
            kind, make = makers.get(facts.kind, ("", None))
            if make is None:
                continue  # grants belong to no schema
            try:
                make(facts)
            except ValueError as error:
                self._unread(kind, facts, str(error))

    def _unread(self, kind: str, facts: EntityFacts, why: str) -> None:
        name = _name(facts.signature.partition("(")[0])
        self.opaque.append(Opaque(kind=kind, schema=facts.schema, name=name))
        self.gaps.append(Gap(self._home, f"{kind} {facts.signature}", why, f"{facts.schema}.{name}"))

    def _extension(self, facts: EntityFacts) -> None:
        self.extensions.append(Extension(name=_name(facts.signature, quoted=True), schema=facts.schema))

    def _view(self, facts: EntityFacts) -> None:
        name, stream = signed(facts.signature)
        columns = stream.names() if stream.at("(") else ()
        stream.finish()
        self.views.append(
            View(
                schema=facts.schema,
                name=name,
                definition=Expression(facts.definition.strip().rstrip(";").strip()),
                materialized=facts.kind == "PGMaterializedView",
                columns=columns,
                with_data=facts.with_data,
                location=self._home,
            )
        )

    def _policy(self, facts: EntityFacts) -> None:
        stream = statement(facts.definition)
        values = read_kind(stream) | read_clauses(stream)
        stream.finish()
        schema, table, _ = statement(facts.on_entity or "").name()
        name = _name(facts.signature, quoted=" " in facts.signature)
        self.policies.append(
            Policy(schema=schema or facts.schema, table=table, name=name, location=self._home, **values)
        )

    def _trigger(self, facts: EntityFacts) -> None:
        stream = statement(facts.definition)
        values = triggers.read_events(stream)
        stream.expect("on")
        schema, table, _ = stream.name()
        values |= triggers.read_clauses(stream)
        stream.finish()
        if other := values.get("constraint_table"):
            values["constraint_table"] = f"{other[0] or facts.schema}.{other[1]}"
        self.triggers.append(
            Trigger(
                schema=schema or facts.schema,
                table=table,
                name=_name(facts.signature, quoted=True),
                constraint=facts.is_constraint,
                location=self._home,
                **values,
            )
        )

    def _function(self, facts: EntityFacts) -> None:
        self.functions.append(parse_function(facts.schema, facts.signature, facts.definition, self._home))


def _name(word: str, *, quoted: bool = False) -> str:
    """A name as PostgreSQL stores it; with `quoted`, one that alembic_utils writes in quotes by itself."""
    word = word.strip()
    if word.startswith('"') and word.endswith('"') and len(word) > 1:
        return word[1:-1].replace('""', '"')
    return word if quoted else fold(word)
