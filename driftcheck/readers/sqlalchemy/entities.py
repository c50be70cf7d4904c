"""What a project registers with alembic_utils: functions, triggers, policies, views, extensions.

An entity is a signature and a definition, as `CREATE … signature definition` has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal, cast

from ...model import Expression, Extension, Location, Opaque, Policy, Trigger, View
from ...reading import Gap
from ...worker.answer import EntityFacts
from . import entity_text as text
from .functions import parse_function

_VIEW = re.compile(r"(?s)\s*(?P<name>\"[^\"]+\"|[\w$]+)\s*(?:\((?P<columns>[^)]*)\))?\s*\Z")
_POLICY = re.compile(
    r"(?is)\s*(?:AS\s+(?P<permissive>PERMISSIVE|RESTRICTIVE)\s+)?(?:FOR\s+(?P<command>ALL|SELECT|INSERT|UPDATE|DELETE)\b\s*)?"
    r"(?:TO\s+(?P<roles>.+?))?(?=\s*(?:USING\s*\(|WITH\s+CHECK\s*\(|\Z))\s*"
)
_TRIGGER = re.compile(
    r"(?is)\s*(?P<timing>BEFORE|AFTER|INSTEAD\s+OF)\s+(?P<events>.+?)\s+ON\s+(?P<table>[\w.$\"]+)\s*(?P<rest>.*?)"
    r"EXECUTE\s+(?:FUNCTION|PROCEDURE)\s+(?P<function>[\w.$\"]+)\s*\((?P<arguments>.*)\)\s*;?\s*\Z"
)


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
        name = text.identifier(facts.signature.partition("(")[0])
        self.opaque.append(Opaque(kind=kind, schema=facts.schema, name=name))
        self.gaps.append(Gap(self._home, f"{kind} {facts.signature}", why, f"{facts.schema}.{name}"))

    def _extension(self, facts: EntityFacts) -> None:
        self.extensions.append(Extension(name=text.identifier(facts.signature, quoted=True), schema=facts.schema))

    def _view(self, facts: EntityFacts) -> None:
        match = _VIEW.match(facts.signature)
        if match is None:
            raise ValueError("its signature is not a name")
        columns = tuple(text.identifier(word) for word in text.split(match["columns"] or ""))
        self.views.append(
            View(
                schema=facts.schema,
                name=text.identifier(match["name"], quoted=True),
                definition=Expression(facts.definition.strip().rstrip(";").strip()),
                materialized=facts.kind == "PGMaterializedView",
                columns=columns,
                with_data=facts.with_data,
                location=self._home,
            )
        )

    def _policy(self, facts: EntityFacts) -> None:
        definition = facts.definition.strip().rstrip(";")
        match = _POLICY.match(definition)
        if match is None:
            raise ValueError("its definition is not a policy")
        clauses = text.clauses(definition[match.end() :])
        schema, table = text.qualified(facts.on_entity or "", facts.schema)
        roles = tuple(sorted(text.identifier(role) for role in text.split(match["roles"] or "public")))
        command = (match["command"] or "all").lower()
        self.policies.append(
            Policy(
                schema=schema,
                table=table,
                name=text.identifier(facts.signature, quoted=" " in facts.signature),
                command=cast(Literal["all", "select", "insert", "update", "delete"], command),
                roles=roles,
                using=Expression(clauses["using"]) if "using" in clauses else None,
                check=Expression(clauses["check"]) if "check" in clauses else None,
                permissive=(match["permissive"] or "permissive").lower() == "permissive",
                location=self._home,
            )
        )

    def _trigger(self, facts: EntityFacts) -> None:
        match = _TRIGGER.match(facts.definition)
        if match is None:
            raise ValueError("its definition is not a trigger")
        events, columns = text.events(match["events"])
        options = text.trigger_options(match["rest"])
        schema, table = text.qualified(match["table"], facts.schema)
        function_schema, _, function = text.dotted(match["function"])
        timing = " ".join(match["timing"].lower().split())
        self.triggers.append(
            Trigger(
                schema=schema,
                table=table,
                name=text.identifier(facts.signature, quoted=True),
                timing=cast(Literal["before", "after", "instead of"], timing),
                events=events,
                function_schema=function_schema,
                function=function,
                arguments=tuple(word.strip().strip("'") for word in text.split(match["arguments"])),
                for_each="row" if options["row"] else "statement",
                update_columns=columns,
                when=Expression(options["when"]) if options["when"] else None,
                constraint=facts.is_constraint,
                deferrable=options["deferrable"],
                initially_deferred=options["deferred"],
                old_table=options["old"],
                new_table=options["new"],
                location=self._home,
            )
        )

    def _function(self, facts: EntityFacts) -> None:
        self.functions.append(parse_function(facts.schema, facts.signature, facts.definition, self._home))
