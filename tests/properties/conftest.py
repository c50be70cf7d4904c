"""`--hypothesis-profile=thorough` for a long run: `pytest tests/properties --hypothesis-profile=thorough`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from ..conformance.conftest import pg as pg
from .languages import Languages

settings.register_profile("thorough", max_examples=20_000)


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Languages]:
    made = Languages(tmp_path_factory.mktemp("languages"))
    yield made
    made.close()
