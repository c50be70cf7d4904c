"""pytest: a backend's test suite that fails on drift.

`pytest --driftcheck` adds one test, the check of `driftcheck diff` at the root of the test run. The fixture
`driftcheck` gives the same check to a test of one's own: `assert not driftcheck().failed`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .findings import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("driftcheck")
    group.addoption("--driftcheck", action="store_true", help="Also fail if Drizzle, SQL and SQLAlchemy drift apart.")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--driftcheck"):
        items.append(DriftItem.from_parent(session, name="driftcheck"))


@pytest.fixture(scope="session", name="driftcheck")
def driftcheck_fixture(pytestconfig: pytest.Config) -> Callable[..., Report]:
    """`driftcheck.diff` with the root of the test run as its root."""
    from .api import diff

    def check(*sources: str, **options: object) -> Report:
        return diff(*sources, **{"root": pytestconfig.rootpath, **options})  # type: ignore[arg-type]

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails at `assert not report.failed, report` shows all of it: pytest cuts what an assert says."""
    made = yield
    if call.excinfo is not None and call.excinfo.errisinstance(AssertionError) and "driftcheck.api" in sys.modules:
        from .api import Report

        for value in call.excinfo.traceback[-1].frame.f_locals.values():
            if isinstance(value, Report) and value.failed:
                made.sections.append(("driftcheck", str(value)))
    return made


class DriftItem(pytest.Item):
    """The check as a test."""

    def runtest(self) -> None:
        from .api import diff

        report = diff(root=self.config.rootpath)
        if report.failed:
            raise DriftFound(report)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        from .errors import DriftcheckError
        from .render.failure import labelled_lines
        from .render.text import render

        if isinstance(excinfo.value, DriftFound):
            return render(excinfo.value.report)
        if isinstance(excinfo.value, DriftcheckError):
            return "\n".join(label + words for label, words in labelled_lines(excinfo.value))
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[str, int, str]:
        return str(self.config.rootpath), 0, "driftcheck"


class DriftFound(Exception):
    """Something drifts."""

    def __init__(self, report: Report) -> None:
        super().__init__("drift")
        self.report = report
