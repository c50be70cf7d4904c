"""The diagrams of every model file are read by the tools of their languages.

Here, because the models were read for other tests already.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ...documents.judging import read_by_all
from .conftest import Environment
from .test_models import cases


def test_the_diagrams_of_all_models(environment: Callable[[str], Environment], tmp_path: Path) -> None:
    project = environment("2.0")
    models = sorted({model for model, line in cases() if line == "2.0"})
    assert len(models) >= 60
    read_by_all([(model, project.reading(model).schema) for model in models], tmp_path)
