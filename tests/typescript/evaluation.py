"""Evaluates sources in tests and shows values as plain Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from driftcheck.budget import Budget, Limits
from driftcheck.project import Project
from driftcheck.typescript import Program, is_function
from driftcheck.typescript.runtime.values import UNDEFINED, BigInt, JsArray, JsObject, Unknown


def plain(value: Any) -> Any:
    """Arrays and objects as lists and dicts; "undefined", "function", and "? reason" for what has no Python word."""
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, Unknown):
        return f"?{'*' if value.many else ''} {value.reason}"
    if isinstance(value, JsArray):
        return [plain(item) for item in value]
    if isinstance(value, JsObject):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, BigInt):
        return f"{value.value}n"
    return "function" if is_function(value) else value


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def program_of(folder: Path, files: dict[str, str], limits: Limits | None = None) -> Program:
    write(folder, files)
    return Program(Project(folder, budget=Budget(limits or Limits())))


def exports_of(folder: Path, source: str, limits: Limits | None = None) -> dict[str, Any]:
    """The exports of one file that holds `source`."""
    program = program_of(folder, {"main.ts": source}, limits)
    return {name: plain(value) for name, value in program.load(folder / "main.ts").exports.items()}


def value_of(folder: Path, source: str) -> Any:
    """The value of `x` after `source`."""
    return exports_of(folder, f"{source}\nexport {{ x }}")["x"]


def messages(program: Program) -> list[str]:
    return [f"{problem.location.path}:{problem.location.line}:{problem.location.column} {problem.message}"
            for problem in program.diagnostics]  # fmt: skip
