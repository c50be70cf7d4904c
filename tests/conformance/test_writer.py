"""What is written builds what the schema says.

`python -m tests.conformance.test_writer` stores what the example builds as facts/example.json, to be checked by eye.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from driftcheck.model import Column, Schema, Table
from driftcheck.writers.sql import write

from ..writers.example import EXAMPLE
from ..writers.strategies import schemas, shuffled
from .catalog import Catalog, Facts, assert_same_catalog
from .postgres import Server, newest_version

EXAMPLE_FACTS = Path(__file__).parent / "facts" / "example.json"
#: Shrinking costs a database a step; the schema as found is small enough to read.
_JUDGED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_example_builds_what_it_says(pg: Server) -> None:
    """facts/example.json was checked by eye, fact by fact."""
    if pg.version < 18:
        pytest.skip("the example says things that only PostgreSQL 18 understands")
    assert_same_catalog(json.loads(EXAMPLE_FACTS.read_text()), _built(pg, EXAMPLE))


@_JUDGED
@given(schema=schemas())
def test_a_schema_builds_what_it_says(pg: Server, schema: Schema) -> None:
    catalog = _built(pg, schema)
    for table in schema.tables:
        for fact, expected in _described(table).items():
            assert _stored(catalog, table)[fact] == expected
    assert set(catalog["table"]) == {f"{table.schema}.{table.name}" for table in schema.tables}
    assert {f"{item.schema}.{item.name}": list(item.values) for item in schema.enums} == {
        name: facts["values"] for name, facts in catalog["enum"].items()
    }
    for kind, items in (
        ("domain", schema.domains), ("composite", schema.composites), ("view", schema.views),
    ):  # fmt: skip
        assert set(catalog[kind]) == {f"{item.schema}.{item.name}" for item in items}
    policies = catalog["policy"]
    assert {name: (facts["cmd"].lower(), facts["permissive"], facts["roles"]) for name, facts in policies.items()} == {
        f"{item.schema}.{item.table}.{item.name}": (
            item.command,
            "PERMISSIVE" if item.permissive else "RESTRICTIVE",
            list(item.roles),
        )
        for item in schema.policies
    }
    assert {name: facts["enabled"] for name, facts in catalog["trigger"].items()} == {
        f"{item.schema}.{item.table}.{item.name}": "D" if item.enabled == "disabled" else "O"
        for item in schema.triggers
    }
    assert {name for name, facts in catalog["sequence"].items() if facts["owned_by"] and not facts["identity"]} == {
        f"{item.schema}.{item.name}" for item in schema.sequences
    }


@_JUDGED
@given(data=st.data())
def test_the_order_of_declaration_means_nothing(pg: Server, data: st.DataObject) -> None:
    schema = data.draw(schemas())
    other = data.draw(st.composite(lambda draw: shuffled(draw, schema))())
    assert_same_catalog(_built(pg, schema), _built(pg, other))


def _built(pg: Server, schema: Schema) -> Catalog:
    with pg.database() as database:
        database.execute(write(schema))
        return database.catalog()


def _described(table: Table) -> Facts:
    """A table's facts as the model has them."""
    keys = {table.primary_key.name: "p"} if table.primary_key is not None else {}
    for type_, items in (
        ("u", table.uniques), ("x", table.exclusions), ("c", table.checks), ("f", table.foreign_keys),
    ):  # fmt: skip
        keys |= {item.name: type_ for item in items}
    return {
        "columns": [_column(column) for column in table.columns],
        "keys": keys,
        "indexes": {index.name: index.unique for index in table.indexes},
        "comment": table.comment,
        "security": (table.row_security, table.force_row_security),
    }


def _column(column: Column) -> tuple[object, ...]:
    return (
        column.name, str(column.type), column.nullable, column.default is not None, column.generated is not None,
        {None: "", True: "a", False: "d"}[column.identity and column.identity.always], column.comment, column.collation,
    )  # fmt: skip


def _stored(catalog: Catalog, table: Table) -> Facts:
    """The same facts as the server has them."""
    prefix = f"{table.schema}.{table.name}."
    columns = sorted(
        (facts["position"], name.removeprefix(prefix), facts)
        for name, facts in catalog["column"].items()
        if name.startswith(prefix)
    )
    names = {index.name for index in table.indexes}
    comments = {name: facts["text"] for name, facts in catalog["comment"].items()}
    return {
        "columns": [
            (
                name, facts["type"], not facts["notnull"], facts["default"] is not None, facts["generated"] is not None,
                facts["identity"], comments.get(prefix + name), (facts["collation"] or "").strip('"') or None,
            )
            for _, name, facts in columns
        ],
        "keys": {
            name.removeprefix(prefix): facts["type"]
            for name, facts in catalog["constraint"].items()
            if name.startswith(prefix)
        },
        "indexes": {
            name.removeprefix(f"{table.schema}."): facts["def"].startswith("CREATE UNIQUE")
            for name, facts in catalog["index"].items()
            if name.removeprefix(f"{table.schema}.") in names
        },
        "comment": comments.get(prefix[:-1]),
        "security": (catalog["table"][prefix[:-1]]["rls"], catalog["table"][prefix[:-1]]["force"]),
    }  # fmt: skip


if __name__ == "__main__":
    server = Server(newest_version())
    EXAMPLE_FACTS.write_text(json.dumps(_built(server, EXAMPLE), indent=1, sort_keys=True) + "\n")
    server.close()
