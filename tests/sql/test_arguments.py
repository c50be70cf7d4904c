"""Arguments of functions, against PostgreSQL's own parser (libpg_query)."""

from __future__ import annotations

import pytest
from pglast import ast, parse_sql
from pglast.enums import FunctionParameterMode as Mode

from driftcheck.sql import SqlError, Stream
from driftcheck.sql.arguments import read_argument
from driftcheck.sql.stream import split

_MODES = {
    Mode.FUNC_PARAM_IN: "in", Mode.FUNC_PARAM_DEFAULT: "in", Mode.FUNC_PARAM_OUT: "out", Mode.FUNC_PARAM_INOUT: "inout",
    Mode.FUNC_PARAM_VARIADIC: "variadic",
}  # fmt: skip

LISTS = [
    "", "int", "a int", "IN a int, out b text, inout c numeric(10, 2), variadic d text[]", "a in int", "in out a int",
    "double precision", "a double precision", "character varying", "a character varying(3)",
    "a timestamp with time zone", "timestamp (3) with time zone, interval day to second", "a int default 1",
    "a int = 1", "a text default E'it\\'s, b int', b int", "a text default $$,$$ /* , */, -- ,\n b int",
    'a public."My type", "B" int', "a int[] default array[1, 2], b int default f(1, 2)", "a t.c%type", "setof int",
    "a setof int", 'U&"\\0061b" int', "a int default case when true then 1 else 2 end", "a bit varying",
    "default_value int", "out_put int", 'a "char"',
]  # fmt: skip


def judged(arguments: str) -> list[tuple[str, str | None, str | None]]:
    (statement,) = parse_sql(f"create function f({arguments}\n) returns int language c as 'f'")
    assert isinstance(statement.stmt, ast.CreateFunctionStmt)
    return [
        (_MODES[one.mode], one.name, None if one.defexpr is None else "default")
        for one in statement.stmt.parameters or ()
    ]


@pytest.mark.parametrize("arguments", LISTS)
def test_arguments_are_those_of_postgresql(arguments: str) -> None:
    found = [read_argument(Stream.of(part)) for part in split(arguments)]
    assert [(one.mode, one.name, "default" if one.default is not None else None) for one in found] == judged(arguments)


@pytest.mark.parametrize("argument", ["", "1", "select a", "'a'", "out", "(a int)", "in"])
def test_what_has_no_type_is_no_argument(argument: str) -> None:
    with pytest.raises(SqlError):
        read_argument(Stream.of(argument))
