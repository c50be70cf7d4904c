"""A reading as JSON holds the schema, and everything that is not in it."""

from __future__ import annotations

import json

from driftcheck.model import Location, Schema
from driftcheck.model.json import FORMAT, from_json
from driftcheck.reading import Capabilities, Gap, Reading, Statements, Unexported
from driftcheck.writers.json import document, write

from .example import EXAMPLE

FULL = Reading(
    schema=EXAMPLE,
    capabilities=Capabilities("Drizzle", frozenset({"trigger", "domain"})),
    files=("b.ts", "a.ts"),
    gaps=(Gap(Location("a.ts", 3, 5), "the view 'v'", "its query is built", "public.v"),),
    unexported=(Unexported(Location("a.ts", 9), "enum", "public", "mood"),),
    statements=Statements(read=9, irrelevant=2, gaps=1, unmodelled={"operators": 2, "casts": 1}),
    notes=("a note",),
    home=Location("b.ts", 1),
)


def test_the_schema_is_read_from_it_again() -> None:
    assert from_json(json.loads(write(FULL))) == EXAMPLE


def test_all_that_is_not_in_the_schema_stands_beside_it() -> None:
    found = document(FULL)
    assert {key: value for key, value in found.items() if key not in ("format", "schema")} == {
        "language": "Drizzle",
        "cannot": ["domain", "trigger"],
        "files": ["b.ts", "a.ts"],
        "notes": ["a note"],
        "home": {"path": "b.ts", "line": 1, "column": 1},
        "statements": {"read": 9, "irrelevant": 2, "gaps": 1, "unmodelled": {"casts": 1, "operators": 2}},
        "gaps": [
            {
                "location": {"path": "a.ts", "line": 3, "column": 5},
                "what": "the view 'v'",
                "why": "its query is built",
                "object": "public.v",
            }
        ],
        "unexported": [
            {
                "location": {"path": "a.ts", "line": 9, "column": 1},
                "kind": "enum",
                "schema": "public",
                "name": "mood",
            }
        ],
    }


def test_what_says_nothing_is_left_out() -> None:
    empty = Reading(schema=Schema(), capabilities=Capabilities("SQL"))
    assert document(empty) == {"format": FORMAT, "language": "SQL", "schema": Schema()}


def test_the_text_is_the_same_every_time_and_ends_with_a_newline() -> None:
    assert write(FULL) == write(FULL)
    assert write(FULL).endswith("}\n")
    assert "ü" in write(Reading(schema=Schema(), capabilities=Capabilities("SQL"), notes=("ü",)))
