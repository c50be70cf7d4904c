"""What passes the gate, how it is written, and what is refused; that psql agrees is tests/properties/test_gate.py."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import driftcheck
from driftcheck.model import ColumnType, Expression, Function
from driftcheck.sql import parse_type
from driftcheck.writers.sql import gate, programs, text
from driftcheck.writers.sql.gate import Refused, SqlText, sql

PACKAGE = Path(driftcheck.__file__).parent


@pytest.mark.parametrize(
    "written",
    [
        "a > 1",
        "a = 'x; y' AND b <> E'\\'; --'",
        "a <> $$; DROP TABLE t$$",
        "a ~ '^\\d+:x$' AND \"odd;name\" IS NOT NULL",
        "a::text = b AND f(x := 1)",
        "CASE WHEN a IN (1, 2) THEN 'x' ELSE 'y' END = 'x'",
        "a NOT IN (1, 2) AND NOT NULL",
        "x IS NOT NULL AND now() AT TIME ZONE 'utc' < 'infinity'",
        "x IS JSON OBJECT WITH UNIQUE KEYS",
        '(t."order").limit > 1',
        "substring(a from 1 for 2) = 'x' OR\n a = '-- ;'",
        "'a'\n'b' = U&'d!0061t' UESCAPE '!'",
        "a @> ARRAY[1, 2]::integer[] AND (ARRAY[1, 2])[1: 2] = b",
        "interval '1' day + date '2024-01-01' > now()",
    ],
)
def test_an_expression_is_written_as_its_author_wrote_it(written: str) -> None:
    assert gate.expression(Expression(written)) == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" a > 1 -- why\n", "a > 1"),
        ("/* why */ a > 1 /* so */", "a > 1"),
        ("a /* ; */ OR -- ;\n b", "a OR\nb"),
        ("a OR -- '\r b = '\n; DROP TABLE t; --'", "a OR b = '\n; DROP TABLE t; --'"),
        ("a/**/-1", "a -1"),
        ("a[1:b]", "a[1: b]"),
        ("a[1 :'2']", "a[1 : '2']"),
        ("json_object('a':b)", "json_object('a': b)"),
        ("E'a'\n'\\'\n\\! touch x\n'", "'a''\n! touch x\n'"),
        ("B'0'\n'1'", "b'01'"),
        ("SELECT true", "(SELECT true)"),
        ("VALUES (1)", "(VALUES (1))"),
        ("values > 1", "values > 1"),
        ("'x\ud800'", "'x\ufffd'"),
    ],
)
def test_what_psql_would_read_otherwise_is_written_for_both(written: str, expected: str) -> None:
    assert gate.expression(Expression(written)) == expected


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "is empty"),
        (" -- nothing", "is empty"),
        ("true); DROP TABLE t; SELECT (1", "has a ')' too many"),
        ("(true", "lacks a ')'"),
        ("(true]", "has a ']' too many"),
        ("a[1", "lacks a ']'"),
        ("true; DROP TABLE t", "holds a semicolon outside of quotes"),
        ("(SELECT 1; SELECT 2)", "holds a semicolon outside of quotes"),
        ("true\n\\! touch x", "holds what PostgreSQL does not read: the character '\\\\'"),
        (":'HOST'", "holds a colon outside of quotes"),
        ("f(:HOST)", "holds a colon outside of quotes"),
        ("(a)[(:HOST)]", "holds a colon outside of quotes"),
        ("$1", "holds the parameter $1"),
        ("1, 2", "holds a comma outside of parentheses"),
        ("1 NOT NULL", "holds NOT NULL, which no value or condition does"),
        ("1 PRIMARY KEY", "holds PRIMARY, which no value or condition does"),
        ("a > 1 ORDER BY a", "holds ORDER, which no value or condition does"),
        ("'a", "holds what PostgreSQL does not read: a string that does not end"),
        ("a /* b", "holds what PostgreSQL does not read: a comment that does not end"),
        ('"" = 1', "holds what PostgreSQL does not read: a name between the quotes was expected"),
        ("E'\\u12'", "holds what PostgreSQL does not read: an escape without its digits in a string"),
        ("a\0b", "holds a zero byte"),
        ("{a}", "holds what PostgreSQL does not read: the character '{'"),
    ],
)
def test_an_expression_that_is_more_or_less_is_refused(written: str, why: str) -> None:
    for gated in (gate.expression, gate.grouped, gate.default):
        with pytest.raises(Refused) as refused:
            gated(Expression(written))
        assert refused.value.why == why


#: A function of the gate, texts that pass it with what is written, and texts that do not.
_CLAIMS: list[tuple[Callable[[Any], SqlText], dict[str, str], list[str]]] = [
    (gate.name, {"a": "a", "A": '"A"', 'a"b': '"a""b"', "begin": '"begin"', "x\n; --": '"x\n; --"'}, ["", "a\0"]),
    (gate.path, {"a": "a", "S.a": '"S".a'}, ["", ".", "a.", ".a"]),
    (gate.collation, {"C": '"C"', "en_US.utf8": '"en_US.utf8"', 's."de"': 's."de"'}, ["", "\0"]),
    (gate.literal, {"": "''", "it's": "'it''s'", "a\\": "'a\\'"}, ["\0"]),
    (gate.label, {"x" * 63: "'" + "x" * 63 + "'"}, ["x" * 64, "ü" * 32]),
    (gate.number, {"1": "1", "-1.5e3": "-1.5e3"}, ["", "1;", "True", "1 2", "0x", "Infinity", "١"]),
    (gate.word, {"external": "EXTERNAL"}, ["", "a b", "a;", "A", "ä", "a\n"]),
    (
        gate.operator,
        {"=": "=", "!=": "!=", "&&": "&&", 'OPERATOR("T".&&)': 'OPERATOR("T".&&)', "operator(a.=)": "OPERATOR(a.=)"},
        ["", "= b", "a", "--", "/*", "=;", ":", "(=)", "OPERATOR()", "OPERATOR(=)", "OPERATOR(a.b)", "OPERATOR(a.=)b",
         "OPERATOR(a.=", "OPERATOR(a.b.=)", "OPERATOR(.=)", "OPERATOR('a'.=)"],
    ),
    (
        gate.type_name,
        {"int4": "int4", "int -- x": "int", "numeric(10, -2)": "numeric(10,-2)",
         "geometry(Point,4326)[]": "geometry(Point,4326)[]",
         "timestamp (3) with time zone": "timestamp(3) with time zone", '"S"."a;b"': '"S"."a;b"'},
        ["", "int); DROP TABLE t", "int, b int", "text COLLATE x", "x y", "a(b(c))", "a(';')b", "a($1)",
         "a(:HOST)", "select", "begin"],
    ),
    (
        gate.result,
        {"int": "int", "SETOF text[]": "SETOF text[]", "TABLE(a int, b text)": "TABLE(a int, b text)",
         's."T".id%TYPE': 's."T".id%TYPE', "setof t.id %type": "SETOF t.id%TYPE"},
        ["", "int LANGUAGE sql", "SETOF", "TABLE(a int) x", "TABLE", "x%TYPE y", "%TYPE", "int; --", "t.a b%TYPE"],
    ),
    (gate.arguments, {"": "", "a int DEFAULT ';', VARIADIC b text[]": "a int DEFAULT ';', VARIADIC b text[]"},
     ["a int) RETURNS int", "a int DEFAULT :HOST", "a;", "a int DEFAULT '"]),
    (gate.group, {"SFUNC = f": "(SFUNC = f)", "(SFUNC = f)": "(SFUNC = f)", "(a) = (b)": "((a) = (b))"},
     ["SFUNC = f)", "(SFUNC = f); --"]),
    (gate.partition_key, {"range (a)": "range (a)", "LIST (lower(a))": "LIST (lower(a))"},
     ["", "a", "range", "range (a) x", "range (a); --", "sort (a)"]),
    (
        gate.partition_bound,
        {"DEFAULT": "DEFAULT", "FOR VALUES IN ('a', NULL)": "FOR VALUES IN ('a', NULL)",
         "for values from (1) to (2)": "for values from (1) to (2)",
         "FOR VALUES WITH (MODULUS 3, REMAINDER 1)": "FOR VALUES WITH (MODULUS 3, REMAINDER 1)"},
        ["", "DEFAULT x", "FOR VALUES", "FOR VALUES IN", "FOR VALUES FROM (1)", "FOR VALUES IN (1) x", "(1)"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gated", "written", "expected"), [(gated, *pair) for gated, passing, _ in _CLAIMS for pair in passing.items()]
)
def test_what_is_what_it_claims_to_be_passes(gated: Callable[[str], SqlText], written: str, expected: str) -> None:
    assert gated(written) == expected


@pytest.mark.parametrize(
    ("gated", "written"), [(gated, written) for gated, _, refused in _CLAIMS for written in refused]
)
def test_what_is_not_is_refused(gated: Callable[[str], SqlText], written: str) -> None:
    with pytest.raises(Refused):
        gated(written)


@pytest.mark.parametrize(
    "type_",
    [
        ColumnType("date); DROP TABLE t; CREATE TYPE x AS (a date"),
        ColumnType("text", ("1); DROP TABLE t; --",)),
        ColumnType("text", ("1", "'")),
        ColumnType(""),
        ColumnType("", schema="app"),
        ColumnType("t", schema=""),
        ColumnType("two words"),
        ColumnType('"a"'),
    ],
)
def test_a_type_that_is_more_is_refused(type_: ColumnType) -> None:
    with pytest.raises(Refused):
        gate.column_type(type_)


@pytest.mark.parametrize("type_", ["double precision", "interval day to second(3)", '"char"', 'app."T"(3)[]', "Größe"])
def test_a_type_is_written_as_it_is_spelled(type_: str) -> None:
    assert gate.column_type(parse_type(type_)) == str(parse_type(type_))


@pytest.mark.parametrize("query", ["SELECT 1; SELECT 2", "DROP TABLE t", "", ";", "SELECT 1 WITH CHECK OPTION", "(1)"])
def test_what_is_no_one_query_is_refused(query: str) -> None:
    with pytest.raises(Refused):
        gate.query(Expression(query))


@pytest.mark.parametrize("query", ["(SELECT 1) UNION SELECT 2", "WITH a AS (SELECT 1) SELECT * FROM a", "TABLE t"])
def test_a_query_passes(query: str) -> None:
    assert gate.query(Expression(f"{query} ; -- all\n;")) == query


def _function(body: str, **facts: Any) -> Function:
    return Function(schema="public", name="f", body=body, **facts)


@pytest.mark.parametrize(
    "body",
    [
        "RETURN 1",
        "RETURN (SELECT 1)",
        'BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT (SELECT 2 AS "end"); END',
    ],
)
def test_a_body_of_its_own_sql_is_written_bare(body: str) -> None:
    assert programs.body(_function(body)) == body


@pytest.mark.parametrize(
    "body",
    [
        "RETURN 1; DROP TABLE t",
        "RETURN begin",
        "RETURN SELECT 1",
        "BEGIN ATOMIC SELECT 1",
        "BEGIN ATOMIC SELECT 1 AS end; DROP TABLE t; END",
        "BEGIN ATOMIC SELECT 1 AS case; END; DROP TABLE t; END",
        "BEGIN ATOMIC SELECT 1; END; DROP TABLE t; BEGIN ATOMIC SELECT 2; END",
        "BEGIN ATOMIC SELECT (1;); END",
        "BEGIN ATOMIC \\! touch x\n END",
    ],
)
def test_a_body_that_psql_would_end_elsewhere_is_refused(body: str) -> None:
    with pytest.raises(Refused):
        programs.body(_function(body))


@pytest.mark.parametrize("body", ["return 1; \\! x", "BEGIN ATOMIC", "$$ $body", "\\!", "", "'"])
def test_a_body_in_another_language_is_data(body: str) -> None:
    quoted = programs.body(_function(body, language="plpython3u"))
    tag = quoted.removeprefix("AS ")[: quoted.removeprefix("AS ").index("$", 1) + 1]
    assert quoted == f"AS {tag}{body}{tag}"
    assert f"{body}{tag}".index(tag) == len(body)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("search_path", 'public, "$user"', 'SET search_path TO public, "$user"'),
        ("search_path", "", "SET search_path TO ''"),
        ("search_path", "'a b', c", 'SET search_path TO "a b", c'),
        ("work_mem", "64MB'; DROP TABLE t", "SET work_mem TO '64MB''; DROP TABLE t'"),
        ("my.Own", "FROM CURRENT", 'SET my."Own" FROM CURRENT'),
    ],
)
def test_a_setting_is_a_constant_or_a_list_of_names(key: str, value: str, expected: str) -> None:
    assert text.setting(key, value) == expected


@pytest.mark.parametrize("value", ["public; DROP TABLE t", "a b", "a,", ",", "public TO x", "f(x)"])
def test_a_list_of_names_that_is_more_is_refused(value: str) -> None:
    with pytest.raises(Refused):
        text.setting("search_path", value)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x85", "\x0b", "\x0c", "\x00", "\u202e", "\ud800"])
def test_a_remark_is_one_line_to_everybody(end: str) -> None:
    assert gate.remark(f"a{end}DROP TABLE t") == "-- a DROP TABLE t"


def test_what_did_not_pass_the_gate_gets_into_no_statement() -> None:
    with pytest.raises(TypeError, match="did not pass the gate"):
        sql("DROP TABLE {}", "t")  # type: ignore[arg-type]  # what the type checker refuses, too


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("writers/sql", "fixes"):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def test_only_the_gate_makes_text_of_statements() -> None:
    makers = {path for path, tree in _modules() if any(_calls(tree, "SqlText"))}
    assert makers == {"writers/sql/gate.py"}
    steps = {path for path, tree in _modules() if any(_calls(tree, "Step"))}
    assert steps == {"fixes/sql/steps.py", "fixes/sqlite/objects.py"}


def test_templates_are_constants() -> None:
    """Else a template could hold the text of a source, and the gate would not see it."""
    found = [
        f"{path}:{call.lineno}"
        for path, tree in _modules()
        for name, position in (("sql", 0), ("joined", 1))
        for call in _calls(tree, name)
        if len(call.args) > position and not _is_constant(call.args[position], path)
    ]
    assert found == []


def _is_constant(node: ast.expr, path: str) -> bool:
    if isinstance(node, ast.IfExp):
        return _is_constant(node.body, path) and _is_constant(node.orelse, path)
    if isinstance(node, ast.Name):
        return node.id.isupper()
    own = path == "writers/sql/gate.py" and ast.unparse(node) == "separator.join(['{}'] * len(found))"
    return own or (isinstance(node, ast.Constant) and isinstance(node.value, str))
