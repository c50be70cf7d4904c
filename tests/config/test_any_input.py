"""Whatever is in a config or on the command line, it is read or it is a plain error with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.config import load, parse_source
from driftcheck.errors import ConfigError, UsageError

KEYS = ["truth", "fail-on", "exclude", "baseline", "sources", "rules", "compare", "require", "ignore", "x", "a.b", ""]
VALUES = (
    st.sampled_from(["sql", "error", "sql:a.sql", "drizzle:b.ts", "DR203", "auto", "off", "", "public.*"])
    | st.booleans()
    | st.integers(-1, 99)
    | st.floats(allow_nan=True)
    | st.text(max_size=4)
)
INNER = st.sampled_from(
    ["sql", "kind", "location", "rule", "reason", "policies", "row-level-security", "DR2", "env", "timeout"]
)
VALUES = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(INNER, inner, max_size=4), max_leaves=8
)


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, float):
        return {"inf": "inf", "-inf": "-inf", "nan": "nan"}.get(str(value), repr(value))
    return json.dumps(value)


def loaded(root: Path, text: str) -> None:
    path = root / "driftcheck.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load(root)
        return
    except ConfigError as error:
        told = error
    assert told.path == "driftcheck.toml"
    assert told.line is None or 1 <= told.line <= text.count("\n") + 1


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5))
def test_any_values(tmp_path: Path, document: dict[str, Any]) -> None:
    loaded(tmp_path, "".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in document.items()))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["[", "]", "=", '"', "'", '"""', "\n", "a", "#", "{", "}", ",", ".", "\r"])).map("".join)
)
def test_any_text(tmp_path: Path, text: str) -> None:
    loaded(tmp_path, text)


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["sql", "drizzle", ":", "=", "/", "\\", ".", "ts", "C", " "])).map("".join)
)
def test_any_source(text: str) -> None:
    try:
        spec = parse_source(text)
    except UsageError as error:
        told = error
    else:
        assert parse_source(str(spec)) == spec
        return
    assert told.hint
