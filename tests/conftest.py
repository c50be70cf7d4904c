"""What holds for every test: the lanes, how they are shared out, Hypothesis' profiles, and compiled files."""

from __future__ import annotations

import compileall
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import driftcheck

HERE = Path(__file__).parent
#: Where every test is slow: real servers and packages, wheels, thousands of random schemas, processes by the
#: dozen, and what takes more than its share of two minutes.
SLOW = tuple(
    HERE / name
    for name in """
    cache conformance first_runs fuzz github hostile lsp properties release worker cli/test_bad_input.py
    cli/test_completion.py cli/test_fix.py cli/test_forged.py cli/test_main.py cli/test_scripts.py
    cli/test_wrapping.py differ/test_identity.py differ/test_properties.py differ/test_replaced.py docs/test_site.py
    documents/test_export.py documents/test_html_in_browser.py documents/test_judges.py fixes/test_archetype.py
    fixes/test_in_place.py fixes/test_lines.py fixes/test_models.py fixes/test_pairs.py fixes/test_script.py
    fixes/test_sqlite.py fixes/test_writing.py model/test_json.py normalize/test_mutants.py normalize/test_pairs.py
    normalize/test_properties.py readers/alembic readers/database/test_servers.py readers/drizzle/test_damaged.py
    readers/sqlalchemy/test_failures.py readers/sqlalchemy/test_stubs.py render/test_html_in_browser.py
    test_pytest_plugin.py writers/test_every_field.py
    """.split()
)

# Machines are shared, those of CI and ours: an example that took long says nothing of driftcheck.
settings.register_profile("ci", deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_configure(config: pytest.Config) -> None:
    """Compiles driftcheck once, as pip does for those who install it: hundreds of tests start the command."""
    if not config.getoption("--hypothesis-profile", None):
        settings.load_profile("ci")
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(driftcheck.__file__).parent, quiet=2)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """A worker that is done takes from the others: what takes long stands together, and what its fixtures made, too."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in SLOW):
            item.add_marker("slow")
