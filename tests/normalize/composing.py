"""Composes expressions of the world and keeps those that the server takes: `python -m tests.normalize.composing`.

Each is written as people write it, without a cast, so that what the server stores holds every cast that it makes
itself. Of those that it stores alike in all but names, a few are kept; the result is `corpus/composed.txt`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

import psycopg

from ..conformance.postgres import Server, newest_version
from .world import CORPUS, Case, World, open_world

#: Of so many with one shape, no more are kept.
_ALIKE = 3
_NUMBERS = ("age", "level", "logins", "balance", "rate", "rating", "weight", "quota")
_TIMES = ("created_at", "updated_at", "birthday", "opens", "wait")
_TEXTS = ("email", "name", "code", "role", "contact", '"Display Name"')
_CONSTANTS = ("2", "2.5", "3000000000", "'7'")
_MOMENTS = ("'2024-01-01'", "'1 day'", "'10:00'")
_OPERATORS = ("+", "-", "*", "/", "%", "<", "=", "<>", ">=", "^")
_ONE = (
    "sqrt",
    "ln",
    "exp",
    "abs",
    "sign",
    "round",
    "trunc",
    "ceil",
    "floor",
    "cbrt",
    "degrees",
    "sin",
    "log",
    "factorial",
)
_TWO = ("mod", "power", "round", "trunc", "atan2", "log", "gcd", "div", "greatest", "least", "coalesce", "nullif")
_OF_TEXT = (
    "lower",
    "upper",
    "md5",
    "length",
    "reverse",
    "initcap",
    "ascii",
    "btrim",
    "char_length",
    "octet_length",
    "quote_ident",
)
_OF_TEXTS = ("strpos", "starts_with", "ltrim", "split_part", "replace", "concat", "left", "lpad", "repeat", "position")
_AGGREGATES = ("sum", "avg", "min", "max", "count", "stddev", "variance", "bool_and", "array_agg", "bit_or")


def texts() -> Iterator[Case]:
    """All that is tried, conditions first."""
    for a, operator, b in itertools.product(_NUMBERS, _OPERATORS, (*_NUMBERS, *_CONSTANTS)):
        yield Case("key", "users", f"({a} {operator} {b})")
    for name, a in itertools.product(_ONE, (*_NUMBERS, "quota + 1")):
        yield Case("key", "users", f"({name}({a}))")
    for name, a, b in itertools.product(_TWO, _NUMBERS, (*_NUMBERS[:5], *_CONSTANTS)):
        yield Case("key", "users", f"({name}({a}, {b}))")
    for a, operator, b in itertools.product(_TIMES, ("+", "-", "<", "=", "*"), (*_TIMES, *_MOMENTS, "2")):
        yield Case("check", "users", f"({a} {operator} {b}) IS NOT NULL")
    for name, a in itertools.product(_OF_TEXT, _TEXTS):
        yield Case("key", "users", f"({name}({a}))")
    for name, a, rest in itertools.product(_OF_TEXTS, _TEXTS, ("'a'", "name", "'a', 'b'", "'a', 2", "2", "2, 'x'")):
        yield Case("check", "users", f"({name}({a}, {rest})) IS NOT NULL")
    for a, b in itertools.product(_TEXTS, _TEXTS):
        yield Case("check", "users", f"{a} || {b} <> '' AND {a} >= {b}")
    for a, b in itertools.product(_NUMBERS, _CONSTANTS):
        yield Case("check", "users", f"{a} IN ({b}, 1, 4.5) OR {a} BETWEEN 0 AND {b}")
        yield Case("check", "users", f"CASE WHEN is_active THEN {a} ELSE {b} END > 1")
        yield Case("check", "users", f"{a} = ANY (ARRAY[1, 2]) AND {a} IS DISTINCT FROM {b}")
    for name, a in itertools.product(_AGGREGATES, (*_NUMBERS, "is_active", "email", "created_at")):
        yield Case(
            "view", "", f"SELECT role, {name}({a}) AS it, {name}(DISTINCT {a}) AS other FROM users GROUP BY role"
        )
    for a, b in itertools.product(_NUMBERS, _NUMBERS):
        yield Case("view", "", f"SELECT {a} AS it FROM users UNION SELECT {b} FROM users ORDER BY it")
    for type_, a in itertools.product(
        ("int4range", "int8range", "numrange", "daterange", "tsrange"), ("1", "2024-01-01")
    ):
        for low, high in itertools.product("[(", "])"):
            b = a[:-1] + str(int(a[-1]) + 6)
            yield Case("default", type_, f"'{low}{a},{b}{high}'")
            yield Case("default", type_.replace("range", "multirange"), f"'{{{low}{a},{b}{high}}}'")


def kept(world: World) -> Iterator[Case]:
    """Those that the server takes, few of each shape."""
    shapes: Counter[str] = Counter()
    for case in texts():
        try:
            stored = sorted(world.stored(case))[0]
        except psycopg.Error:
            continue
        words = "|".join(re.escape(word) for word in (*_NUMBERS, *_TIMES, *_TEXTS))
        shape = case.kind + re.sub(rf"\b(?:{words})\b", "c", stored)
        shapes[shape] += 1
        if shapes[shape] <= _ALIKE:
            yield case


if __name__ == "__main__":
    server = Server(newest_version())
    with open_world(server) as found:
        lines = [f"{case.kind} | {case.place} | {case.text}\n" for case in kept(found)]
    server.close()
    (CORPUS / "composed.txt").write_text("".join(lines))
