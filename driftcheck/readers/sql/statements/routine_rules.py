"""What PostgreSQL refuses of functions and procedures: their arguments, and what CREATE OR REPLACE cannot change.

`interpret_function_parameter_list` in functioncmds.c, `ProcedureCreate` in pg_proc.c.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from ....model import Function
from ....sql import SqlError
from ..errors import RefusedError, StateError
from ..existence import need_type
from ..session import Session
from ..type_rules import SERIALS
from .routines import IdentityArgument, arguments_of

_PSEUDO = frozenset({"any", "anyarray", "anycompatiblearray", "variadic"})


def check_routine(session: Session, arguments: list[IdentityArgument], values: Mapping[str, Any], kind: str) -> None:
    """Raises RefusedError for arguments or options that no routine can have."""
    if kind == "procedure" and "returns" in values:
        raise RefusedError('syntax error at or near "returns"')
    returned = values.get("returns", "")
    columns = _columns(session, returned)
    _check_names([*arguments, *columns])
    _check_order(arguments)
    outputs = [item for item in arguments if item.mode in ("out", "inout")]
    if kind == "function" and not returned and not outputs:
        raise RefusedError("function result type must be specified")
    if kind == "function" and returned and outputs and not columns:
        wanted = outputs[0].type if len(outputs) == 1 else "record"
        if returned.removeprefix("SETOF ") != wanted:
            raise RefusedError(f"function result type must be {wanted} because of OUT parameters")
    if "body" not in values:
        raise RefusedError("no function body specified")
    if "language" not in values and not values["body"].lower().startswith(("return", "begin")):
        raise RefusedError("no language specified")
    of_rows = returned.startswith(("SETOF ", "TABLE("))
    for word in ("cost", "rows"):
        if not values.get(word, word).strip("0."):
            raise RefusedError(f"{word.upper()} must be positive")
    if "rows" in values and not of_rows:
        raise RefusedError("ROWS is not applicable when function does not return a set")
    for item in (*arguments, *columns):
        if item.written is not None and not item.written.quoted and item.written.name in SERIALS:
            raise RefusedError(f"type {item.written.name} does not exist")
        if item.written is not None and not item.written.name.startswith("any"):
            need_type(session, item.written, quoted=False)


def _columns(session: Session, returned: str) -> list[IdentityArgument]:
    """What RETURNS TABLE (…) lists, which are outputs."""
    if not returned.startswith("TABLE("):
        return []
    return [replace(item, mode="out") for item in arguments_of(session, returned.removeprefix("TABLE"))]


def _check_names(arguments: list[IdentityArgument]) -> None:
    inputs = [item.name for item in arguments if item.mode in ("in", "variadic", "inout") and item.name]
    for names in (inputs, [item.name for item in arguments if item.mode in ("out", "inout") and item.name]):
        for at, name in enumerate(names):
            if name in names[:at]:
                raise RefusedError(f'parameter name "{name}" used more than once')


def _check_order(arguments: list[IdentityArgument]) -> None:
    given = [item for item in arguments if item.given]
    for before, item in pairwise(given):
        if before.default and not item.default:
            raise RefusedError("input parameters after one with a default value must also have defaults")
        if before.mode == "variadic":
            raise RefusedError("VARIADIC parameter must be the last input parameter")
    for item in given:
        is_array = item.type.endswith("[]") or item.type.strip('"') in _PSEUDO or item.written is None
        if item.mode == "variadic" and not is_array:
            raise RefusedError("VARIADIC parameter must be an array")


def check_replacement(session: Session, old: Function, new: Function, arguments: list[IdentityArgument]) -> None:
    """Raises StateError for what CREATE OR REPLACE cannot change."""
    if session.blind or old.unknown:
        return
    if old.kind != new.kind or old.window != new.window:
        raise StateError("cannot change routine kind")
    try:
        before = arguments_of(session, f"({old.arguments})")
        results = [_result(session, *one) for one in ((old, before), (new, arguments))]
    except SqlError:
        return
    if None not in results and results[0] != results[1]:
        raise StateError("cannot change return type of existing function")
    for was, now in zip(_given(before), _given(arguments), strict=False):
        if was.name and was.name != now.name:
            raise StateError(f'cannot change name of input parameter "{was.name}"')
    if sum(item.default for item in before) > sum(item.default for item in arguments):
        raise StateError("cannot remove parameter defaults from existing function")


def _given(arguments: list[IdentityArgument]) -> Iterator[IdentityArgument]:
    return (item for item in arguments if item.given)


def _result(session: Session, function: Function, arguments: list[IdentityArgument]) -> tuple[object, ...] | None:
    """What a routine returns, so that two are alike; None if that is not known."""
    outputs = [item for item in arguments if item.mode in ("out", "inout")]
    returned = function.returns or ""
    several = returned.startswith("SETOF ")
    if returned.startswith("TABLE("):
        outputs, several = _columns(session, returned), True
    if any("%" in text for text in (returned, *(item.type for item in outputs))):
        return None
    types = [_spelled(item.type) for item in outputs]
    if len(outputs) == 1 and function.kind == "function":
        return several, types[0]
    if outputs:
        return several, *((item.name, type_) for item, type_ in zip(outputs, types, strict=True))
    return several, _spelled(returned.removeprefix("SETOF "))


def _spelled(type_: str) -> str:
    """A type without its schema, which the search path may have given."""
    return type_.rpartition(".")[2]
