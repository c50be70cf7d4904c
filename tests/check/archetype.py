"""What must be found on the archetype, counted from the catalogs that PostgreSQL built of its three sources.

Nothing of driftcheck takes part in the counting: it reads PostgreSQL's own words (`pg_get_constraintdef` and the like)
out of the facts files, and pairs by what is in them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2] / "fixtures" / "pixcrawler"
FACTS = Path(__file__).parents[1] / "conformance" / "facts" / "pixcrawler"

Catalog = dict[str, dict[str, Any]]


def catalog(source: str) -> Catalog:
    facts: Catalog = json.loads((FACTS / f"{source}.json").read_text())
    return facts


def drift(truth: Catalog, other: Catalog) -> Counter[str]:
    """rule → how often it must be found in the tables that both have, and tables missing or extra."""
    counts: Counter[str] = Counter()
    counts["table-missing"] = len(truth["table"].keys() - other["table"].keys())
    counts["table-extra"] = len(other["table"].keys() - truth["table"].keys())
    common = truth["table"].keys() & other["table"].keys()
    counts += _columns(_in(truth["column"], common), _in(other["column"], common))
    counts += _constraints(truth, other, common)
    counts += _indexes(truth, other, common)
    return +counts


def _in(objects: dict[str, Any], tables: set[str]) -> dict[str, Any]:
    return {name: facts for name, facts in objects.items() if name.rsplit(".", 1)[0] in tables}


def _columns(truth: dict[str, Any], other: dict[str, Any]) -> Counter[str]:
    counts = Counter({"column-missing": len(truth.keys() - other.keys())})
    counts["column-extra"] = len(other.keys() - truth.keys())
    for name in truth.keys() & other.keys():
        expected, actual = truth[name], other[name]
        counts["column-type"] += expected["type"] != actual["type"]
        counts["column-nullability"] += expected["notnull"] != actual["notnull"]
        if expected["default"] != actual["default"]:
            in_application = actual["default"] is None and actual.get("application_default") is not None
            counts["column-default-app-only" if in_application else "column-default"] += 1
    return counts


_FOREIGN_KEY = re.compile(
    r"FOREIGN KEY \((?P<columns>.*?)\) REFERENCES (?P<target>\S+)\((?P<keys>.*?)\)(?P<actions>.*)"
)


def _constraints(truth: Catalog, other: Catalog, common: set[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    expected, actual = (_definitions(facts, common) for facts in (truth, other))
    stands = {*_missing_columns(truth, other), *_missing_columns(other, truth)}
    for kind, rule in (("c", "check"), ("u", "unique")):
        wanted, there = (
            {(table, definition) for table, kind_, definition in side if kind_ == kind} for side in (expected, actual)
        )
        counts[f"{rule}-missing"] += len(wanted - there)
        counts[f"{rule}-extra"] += len(there - wanted)
    keys, others = (_foreign_keys(side, stands) for side in (expected, actual))
    counts["foreign-key-missing"] += len(keys.keys() - others.keys())
    counts["foreign-key-extra"] += len(others.keys() - keys.keys())
    counts["foreign-key-on-delete"] += sum(keys[key] != others[key] for key in keys.keys() & others.keys())
    return counts


def _definitions(facts: Catalog, common: set[str]) -> set[tuple[str, str, str]]:
    constraints = _in(facts["constraint"], common)
    return {(name.rsplit(".", 1)[0], fact["type"], fact["def"]) for name, fact in constraints.items()}


def _missing_columns(one: Catalog, other: Catalog) -> set[str]:
    return one["column"].keys() - other["column"].keys()


def _foreign_keys(side: set[tuple[str, str, str]], stands: set[str]) -> dict[tuple[str, ...], str]:
    """(table, columns, target) → actions, without the keys that depend on a column only one side has."""
    keys = {}
    for table, kind, definition in side:
        match = _FOREIGN_KEY.fullmatch(definition)
        if kind == "f" and match and f"{table}.{match['columns']}" not in stands:
            keys[table, match["columns"], match["target"], match["keys"]] = match["actions"]
    return keys


def _indexes(truth: Catalog, other: Catalog, common: set[str]) -> Counter[str]:
    extra_columns = {tuple(name.rsplit(".", 1)) for name in _missing_columns(other, truth)}

    def definitions(facts: Catalog) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for definition in facts["index"].values():
            match = re.fullmatch(r"CREATE (?:UNIQUE )?INDEX \S+ ON (\S+) (USING .*)", definition)
            assert match is not None
            if match[1] in common:
                found[match[1], match[2]] += 1
        return found

    expected, actual = definitions(truth), definitions(other)
    extra = [
        (table, text)
        for table, text in (actual - expected).elements()
        if not any(table == owner and re.search(rf"\b{column}\b", text) for owner, column in extra_columns)
    ]
    return Counter({"index-missing": (expected - actual).total(), "index-extra": len(extra)})


def unique_names(truth: Catalog, other: Catalog) -> int:
    """How many unique constraints are the same but for their names."""

    def names(facts: Catalog) -> dict[tuple[str, str], str]:
        return {
            (name.rsplit(".", 1)[0], fact["def"]): name.rsplit(".", 1)[1]
            for name, fact in facts["constraint"].items()
            if fact["type"] == "u"
        }

    expected, actual = names(truth), names(other)
    return sum(expected[key] != actual[key] for key in expected.keys() & actual.keys())
