"""The JSON Schema says of a config what loading it says."""

from __future__ import annotations

import datetime
import json
import tomllib
import typing
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from driftcheck.config import Comparable
from driftcheck.config.schema import json_schema, schema_text
from driftcheck.differ.scope import WORDS
from tests.config.test_load import FULL, MISTAKES


def jsonable(value: Any) -> Any:
    """As Taplo shows TOML to a JSON Schema: dates are strings."""
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def validator() -> jsonschema.Draft7Validator:
    jsonschema.Draft7Validator.check_schema(json_schema())
    return jsonschema.Draft7Validator(json_schema(), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def test_the_shipped_schema_is_the_generated_one() -> None:
    shipped = files("driftcheck.config").joinpath("schema.json").read_text(encoding="utf-8")
    assert shipped == schema_text(), "python -m driftcheck.config.schema > driftcheck/config/schema.json"


def test_a_full_config_is_valid() -> None:
    validator().validate(jsonable(tomllib.loads(FULL)["tool"]["driftcheck"]))


#: Mistakes that need more than the shape of the file to be seen.
MEANING = {
    "unknown code",
    "truth is no source",
    "ignore of an unknown rule",
    "ignore of no source",
    "one source",
    "a source twice",
    "source of an unknown kind",
    "source without a kind",
    "option of another kind",
    "until is a string",
    "no TOML",
    "cut off",
    "a key twice",
    "infinite time",
    "a glob that is a bomb",
    "an ignore of a bomb",
}


@pytest.mark.parametrize("name", sorted(set(MISTAKES) - MEANING))
def test_mistakes_of_shape_are_invalid(name: str) -> None:
    assert not validator().is_valid(jsonable(tomllib.loads(MISTAKES[name][0])))


def test_every_key_is_described() -> None:
    text = json.dumps(json_schema())
    for key in json_schema()["properties"].values():
        assert key["description"]
    assert "row-level-security" in text


def test_the_schema_is_in_the_package() -> None:
    assert Path(str(files("driftcheck.config").joinpath("schema.json"))).is_file()


def test_what_can_be_compared_is_what_the_differ_knows() -> None:
    assert typing.get_args(Comparable) == tuple(WORDS)
