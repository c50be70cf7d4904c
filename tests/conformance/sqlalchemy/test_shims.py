"""The shims of `--stub-missing` say what the packages themselves say."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from driftcheck.readers.sqlalchemy import Options, read

from .conftest import MODELS, Environment


@pytest.mark.parametrize("model", ["types_vector", "types_sqlalchemy_utils", "types_geometry"])
def test_as_the_package_itself(environment: Callable[[str], Environment], model: str) -> None:
    """Read in an environment that has the package, and in the one of these tests, which has not."""
    real = environment("2.1").reading(model)
    stubbed = read(f"{model}:metadata", MODELS, Options(python=sys.executable, stub_missing=True))
    assert any("stand-ins" in note for note in stubbed.cautions)
    assert stubbed.schema == real.schema
    assert stubbed.gaps == ()
