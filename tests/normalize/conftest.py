"""The server and the world of tables that the expressions of `corpus/` depend on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..conformance.postgres import Server, newest_version
from .world import World, open_world


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    server = Server(newest_version())
    with open_world(server) as found:
        yield found
    server.close()
