"""On every model file, each reported line holds the name of what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from driftcheck.model import Table

from .conftest import MODELS, Environment

#: Files whose tables inherit columns that no line of theirs names.
_INHERITED = {
    ("table_options", "z"),
    *(("types_sqlalchemy_utils", name) for name in ("created", "updated")),  # of a mixin of that package
}
_BUILDERS = ("Constraint(", "Index(", "Column(", "mapped_column(", "Field(")


def _line(model: str, each: Any) -> str:
    assert each.location is not None, each.name
    assert each.location.path == f"{model}.py", each.name
    lines = (MODELS / each.location.path).read_text().splitlines()
    return lines[each.location.line - 1]


def _unnamed(model: str, table: Table) -> Iterator[str]:
    """What of `table` points to a line that does not hold its name (for a key: its name, or what makes it)."""
    line = _line(model, table)
    if table.name not in line and "class " not in line and "Table(" not in line:
        yield f"table {table.name}: {line}"
    for column in table.columns:
        line = _line(model, column)
        if column.name not in line and (model, column.name) not in _INHERITED:
            yield f"column {table.name}.{column.name}: {line}"
    for key in (table.primary_key, *table.foreign_keys, *table.uniques):
        if key is not None and key.name not in (line := _line(model, key)) and not any(c in line for c in key.columns):
            yield f"key {key.name}: {line}"
    for each in (*table.checks, *table.exclusions, *table.indexes):
        line = _line(model, each)
        if each.name not in line and not any(word in line for word in (*_BUILDERS, "index=True")):
            names = [column.name for column in table.columns]
            if not any(name in line for name in names):
                yield f"{each.name}: {line}"


@pytest.mark.parametrize("model", sorted(path.stem for path in MODELS.glob("*.py")))
def test_lines_hold_the_names(environment: Callable[[str], Environment], model: str) -> None:
    schema = environment("2.1").reading(model).schema
    assert schema.tables
    assert [line for table in schema.tables for line in _unnamed(model, table)] == []
    for each in (*schema.enums, *schema.domains, *schema.sequences):
        assert _line(model, each)
