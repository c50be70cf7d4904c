"""SARIF: valid, with everything that code scanning shows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from driftcheck.differ.rules import RULES
from driftcheck.findings import NotCompared, Report, Severity, Side
from driftcheck.model import Location
from driftcheck.render.sarif import render
from tests.render.reports import column, drifted, finding, hostile, report
from tests.render.sarif_schema import SCHEMA


def run(rendered: Report) -> dict[str, Any]:
    document = json.loads(render(rendered))
    jsonschema.Draft7Validator(SCHEMA).validate(document)
    (only,) = document["runs"]
    return only


@pytest.mark.parametrize("rendered", [drifted(), hostile(), report()], ids=["drifted", "hostile", "nothing"])
def test_valid(rendered: Report) -> None:
    assert len(run(rendered)["results"]) == len(rendered.findings)


@pytest.fixture(scope="session")
def oasis_schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The standard's own schema, which Microsoft's matchers for Jest carry; from npm, unpacked and never run."""
    if shutil.which("npm") is None and not os.environ.get("CI"):
        pytest.skip("the OASIS schema comes with an npm package, and there is no npm here")
    folder = tmp_path_factory.mktemp("sarif")
    command = ["npm", "pack", "--silent", "@microsoft/jest-sarif@1.0.0-beta.0"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
        schema = package.extractfile("package/lib/schemas/sarif-2.1.0-rtm.5.json")
        assert schema is not None
        return dict(json.load(schema))


def test_valid_by_the_schema_of_oasis(oasis_schema: dict[str, Any]) -> None:
    validator = jsonschema.Draft7Validator(oasis_schema)
    assert "SARIF" in oasis_schema["title"]
    for rendered in (drifted(), hostile(), report()):
        validator.validate(json.loads(render(rendered)))
    broken = json.loads(render(drifted()))
    broken["runs"][0]["results"][0]["level"] = "fatal"
    assert not validator.is_valid(broken)


def test_every_rule_can_be_told() -> None:
    findings = [replace(finding("DR203", column("a"), "x", "y"), rule=rule, severity=rule.severity) for rule in RULES]
    told = run(report(*(found for found in findings if found.severity is not Severity.OFF)))
    rules = told["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in told["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(len(rule["help"]["markdown"]) > 100 for rule in rules)


def test_a_rule_that_is_off_by_default() -> None:
    (rule,) = run(report(finding("DR212", column("a"), "1", "2").with_severity(Severity.WARNING)))["tool"]["driver"][
        "rules"
    ]
    assert rule["defaultConfiguration"] == {"enabled": False, "level": "none"}


def test_a_result() -> None:
    found = drifted().findings[0]
    result = run(drifted())["results"][0]
    assert (result["ruleId"], result["level"], result["message"]["text"]) == ("DR203", "error", found.message)
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "db/schema.sql", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 5},
    }
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "public.users.created_at"
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "web/db/schema.ts"
    assert related["message"]["text"] == "drizzle says timestamp without time zone"
    assert result["partialFingerprints"] == {"driftcheck/v1": found.fingerprint}


def test_what_the_truth_alone_knows_has_its_place() -> None:
    missing = replace(finding("DR101", column("a"), "t", None), actual=Side(None))
    (result,) = run(report(missing))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "web/db/schema.ts"
    assert "relatedLocations" not in result


def test_baseline_state() -> None:
    assert {result["baselineState"] for result in run(replace(drifted(), against_baseline=True))["results"]} == {"new"}
    assert all("baselineState" not in result for result in run(drifted())["results"])


def test_what_was_not_compared_is_told() -> None:
    account = report(not_compared=(NotCompared("policies", "none", "sql", 2),), notes=("a note",))
    notifications = run(account)["invocations"][0]["toolExecutionNotifications"]
    assert [entry["message"]["text"] for entry in notifications] == ["not compared: policies in sql: none", "a note"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü#?%.sql", "a%20b/%C3%BC%23%3F%25.sql"),
        ("/home/x/a b.sql", "file:///home/x/a%20b.sql"),
        ("C:/x/a.sql", "file:///C:/x/a.sql"),
        ("\ud800.sql", "%3F.sql"),
    ],
)
def test_paths(path: str, uri: str) -> None:
    placed = replace(finding("DR203", column("a"), "x", "y"), actual=Side("y", Location(path, 0, 0)))
    (result,) = run(report(placed))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_hostile_names() -> None:
    output = render(hostile())
    assert output.isascii()
    (result,) = run(hostile())["results"]
    for message in (result["message"]["text"], result["relatedLocations"][0]["message"]["text"]):
        assert message.isprintable()
        assert len(message) <= 2_000
    link = replace(finding("DR203", column("a"), "x", "y"), message="[click](http://evil) [a](1)")
    assert "](" not in run(report(link))["results"][0]["message"]["text"]
