"""The archetype is the real project: each of its sources gives the catalog that the real one gave."""

from __future__ import annotations

from typing import Any

import pytest

from . import archetype
from .catalog import Catalog, assert_same_catalog
from .drizzle import DrizzleKit
from .postgres import Server

_COLUMN = ("default", "generated", "identity", "notnull", "position", "type")


def test_drizzle(pg: Server, drizzle_kit: DrizzleKit) -> None:
    assert_same_catalog(_stored("drizzle"), _as_facts(archetype.drizzle(pg, drizzle_kit)))


def test_sql(pg: Server) -> None:
    catalog = archetype.sql(pg)
    assert_same_catalog(_stored("sql"), _as_facts(catalog))
    assert catalog["trigger"]["auth.users.on_auth_user_created"]["def"] == (
        "CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users"
        " FOR EACH ROW EXECUTE FUNCTION public.handle_new_user()"
    )


def test_sqlalchemy(pg: Server) -> None:
    assert_same_catalog(_stored("sqlalchemy"), _as_facts(archetype.sqlalchemy(pg)))


@pytest.mark.parametrize(("source", "tables"), [("drizzle", 15), ("sql", 11), ("sqlalchemy", 18)])
def test_the_facts_hold_what_their_project_holds(source: str, tables: int) -> None:
    assert len(archetype.facts(source)["table"]) == tables


def _stored(source: str) -> Catalog:
    """The facts file, less what PostgreSQL never sees and what only describes (a function's purpose)."""
    stored = archetype.facts(source)
    for column in stored["column"].values():
        column.pop("application_default", None)
        column.pop("application_onupdate", None)
    for function in stored["function"].values():
        del function["does"]
    return stored


def _as_facts(catalog: Catalog) -> Catalog:
    """A catalog in the shape of the facts files: `public` alone, sequences of serial columns left to their columns."""
    shaped: dict[str, dict[str, Any]] = {
        "column": {name: {fact: facts[fact] for fact in _COLUMN} for name, facts in catalog["column"].items()},
        "comment": {name: facts["text"] for name, facts in catalog["comment"].items()},
        "constraint": {
            name: {"def": facts["def"], "type": facts["type"]} for name, facts in catalog["constraint"].items()
        },
        "enum": catalog["enum"],
        "function": {name: _described(facts["def"]) for name, facts in catalog["function"].items()},
        "index": {name: facts["def"] for name, facts in catalog["index"].items()},
        "policy": catalog["policy"],
        "sequence": {name: facts for name, facts in catalog["sequence"].items() if facts["owned_by"] is None},
        "table": {
            name: {fact: facts[fact] for fact in ("force", "kind", "rls")} for name, facts in catalog["table"].items()
        },
        "trigger": {name: facts["def"] for name, facts in catalog["trigger"].items()},
        "view": catalog["view"],
    }
    return {
        kind: {name: facts for name, facts in objects.items() if name.startswith("public.")}
        for kind, objects in shaped.items()
    }


def _described(definition: str) -> dict[str, Any]:
    """The facts files describe functions and leave their bodies open."""
    words = definition.split()
    return {
        "language": words[words.index("LANGUAGE") + 1],
        "returns": words[words.index("RETURNS") + 1],
        "security_definer": "DEFINER" in words[: words.index("AS")],
    }
