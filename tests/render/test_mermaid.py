"""The diagram in Markdown: the tables that drift, in characters that Mermaid takes."""

from __future__ import annotations

import re

import pytest

from driftcheck.model import Column, ForeignKey, PrimaryKey, Schema, Table
from driftcheck.render.markdown import render
from driftcheck.render.mermaid import diagram
from driftcheck.sql import parse_type
from tests.render.reports import HOSTILE, column, drifted, finding, report

#: Lines of Mermaid's grammar, with the characters that each of its words may have.
_NAME, _WORD = r'"[\w .,+()$/-]{1,60}"', r"[A-Za-z_][\w()\[\]]*"
_LINES = re.compile(
    rf"erDiagram|    {_NAME}( {{)?|        {_WORD} {_WORD}( (PK|FK)(, FK)?)?( {_NAME})?|    }}"
    rf"|    {_NAME} }}o--(o\||\|\|) {_NAME} : {_NAME}|    %% and \d+ more tables",
    re.ASCII,
)


def lines(text: str) -> list[str]:
    found = text.splitlines()
    assert [line for line in found if not _LINES.fullmatch(line)] == []
    return found


def test_tables_that_drift_with_their_keys_and_what_drifts() -> None:
    found = lines(diagram(drifted()))
    assert found[0] == "erDiagram"
    assert '        character_varying(320) email "column-nullability"' in found
    assert '    "posts" }o--o| "users" : "author_id"' in found
    assert "```mermaid\nerDiagram\n" in render(drifted())


def test_agreement_has_none() -> None:
    assert diagram(report()) == ""
    assert "mermaid" not in render(report())


@pytest.mark.parametrize("name", [HOSTILE, 'a"b', "```", "%%{init}", "style", "PK", "1", "ü", "---", "a\nb", ""])
def test_any_name_is_one_that_mermaid_takes(name: str) -> None:
    table = Table(
        schema=name,
        name=name,
        columns=(Column(name=name, type=parse_type("numeric(5,2)"), nullable=False),),
        primary_key=PrimaryKey(name="p", columns=(name,)),
        foreign_keys=(ForeignKey(name="f", columns=(name,), target_schema=name, target_table=name),),
    )
    ref = column(name, name)
    drift = finding("DR203", ref.__class__("column", name, name, name), "a", "b")
    assert len(lines(diagram(report(drift, schema=Schema(tables=(table,)))))) >= 4


def test_a_large_schema_is_cut() -> None:
    found = lines(diagram(report(*(finding("DR102", ref, None, "t") for ref in _tables(40)))))
    assert found[-1] == "    %% and 25 more tables"


def _tables(count: int) -> list:  # type: ignore[type-arg]
    return [column("x").__class__("table", "public", f"t{number}") for number in range(count)]
