"""The part of SARIF 2.1.0 that driftcheck writes, and nothing beside it.

Stricter than the standard's own schema, with the same names, types, required properties and words: what is valid here
is valid there.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
COUNT = {"type": "integer", "minimum": 1}


def record(required: str, optional: str = "", **shapes: Any) -> dict[str, Any]:
    names = required.split()
    assert set(shapes) == {*names, *optional.split()}
    return {"type": "object", "properties": shapes, "required": names, "additionalProperties": False}


def array(items: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least}


MESSAGE = record("text", text=TEXT)
MARKDOWN = record("text markdown", text=TEXT, markdown=TEXT)
RULE = record(
    "id name shortDescription fullDescription help helpUri defaultConfiguration properties",
    id=TEXT,
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MARKDOWN,
    helpUri={"type": "string", "format": "uri", "pattern": "^https://"},
    defaultConfiguration=record("enabled level", enabled={"type": "boolean"}, level=LEVEL),
    properties={"type": "object", "properties": {"tags": {**array(TEXT), "uniqueItems": True}}},
)
ARTIFACT = record(
    "uri",
    "uriBaseId",
    uri={"type": "string", "pattern": r"^(file:///)?([A-Za-z0-9._~/:-]|%[0-9A-F]{2})+$"},
    uriBaseId={"const": "%SRCROOT%"},
)
PHYSICAL = record(
    "artifactLocation region",
    artifactLocation=ARTIFACT,
    region=record("startLine startColumn", "endLine", startLine=COUNT, startColumn=COUNT, endLine=COUNT),
)
LOGICAL = record("name fullyQualifiedName kind", name=TEXT, fullyQualifiedName=TEXT, kind=TEXT)
RESULT = record(
    "ruleId ruleIndex level message locations partialFingerprints properties",
    "relatedLocations baselineState",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations=array(
        record("logicalLocations", "physicalLocation", logicalLocations=array(LOGICAL, 1), physicalLocation=PHYSICAL), 1
    ),
    relatedLocations=array(
        record("id physicalLocation message", id=COUNT, physicalLocation=PHYSICAL, message=MESSAGE),
        1,
    ),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    properties={"type": "object"},
)
DRIVER = record(
    "name version informationUri rules",
    name=TEXT,
    version=TEXT,
    informationUri={"type": "string", "format": "uri"},
    rules={**array(RULE), "uniqueItems": True},
)
RUN = record(
    "tool columnKind invocations results",
    tool=record("driver", driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=array(
        record(
            "executionSuccessful toolExecutionNotifications",
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=array(record("level message", level=LEVEL, message=MESSAGE)),
        )
    ),
    results=array(RESULT),
)
SCHEMA = record(
    "$schema version runs", **{"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"}},
    runs=array(RUN, 1),
)  # fmt: skip
