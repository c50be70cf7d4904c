"""The example as each document. After a change that is meant: `GOLDEN=write .venv/bin/pytest tests/documents`."""

from __future__ import annotations

import os
import typing
from dataclasses import replace
from pathlib import Path

import pytest

from driftcheck.cli import export
from driftcheck.config.document import DocumentForm
from driftcheck.documents import FORMS, page
from driftcheck.documents.described import Described

from ..writers.example import EXAMPLE

GOLDEN = Path(__file__).parent / "golden"
_ENDINGS = {"markdown": "md", "mermaid": "mmd"}
DESCRIBED = Described(
    schema=EXAMPLE,
    source="example",
    kind="Drizzle",
    words={
        ("public", "items"): "What is sold.\n\nUse `events` | for *history*.",
        ("app", "accounts", "name"): "unused",
    },
    said={("app", "accounts", "email"): "- checked by `app.is_email`"},
    left_out=("schema.ts:3: not understood: index('x'): it is made in a loop",),
)


@pytest.mark.parametrize("form", FORMS)
def test_the_example_is_documented_as_it_was(form: str) -> None:
    file = GOLDEN / f"example.{_ENDINGS.get(form, form)}"
    text = page(DESCRIBED, form)
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_the_order_of_declarations_changes_nothing(form: str) -> None:
    turned = {
        name: tuple(reversed(getattr(EXAMPLE, name)))
        for name in ("tables", "views", "enums", "functions", "triggers", "policies", "sequences")
    }
    assert page(replace(DESCRIBED, schema=replace(EXAMPLE, **turned)), form) == page(DESCRIBED, form)


def test_the_command_and_the_config_offer_every_form() -> None:
    assert export.FORMS == FORMS
    assert set(typing.get_args(DocumentForm)) == {*FORMS, "sql", "json"}
