"""Drizzle's operators and functions for SQL (drizzle-orm/src/sql/expressions, …/functions)."""

from __future__ import annotations

from collections.abc import Callable

from ...typescript.runtime.values import UNDEFINED, CallSite, HostFunction, JsArray, Unknown, Value
from .context import argument
from .line import Line
from .literals import NotKnown, json_text
from .sql import Bound, Placeholder, Sql, SqlObject, Text, template


def bind(value: Value, column: Value) -> Value:
    """`bindIfParam`: a plain value that is compared with a column is written as the column writes it."""
    if isinstance(value, SqlObject | Bound | Placeholder | Unknown) or not hasattr(column, "encode"):
        return value
    return Bound(value, column)


def _binary(operator: str) -> Callable[[list[Value], CallSite], Value]:
    def compare(arguments: list[Value], site: CallSite) -> Value:
        first = argument(arguments, 0)
        return template([_sql(first), f" {operator} ", _sql(bind(argument(arguments, 1), first))])

    return compare


def _sql(value: Value) -> Value:
    """A value as a chunk: a str is here a parameter, no text."""
    return Bound(value) if isinstance(value, str) else value


def _plain_binary(operator: str) -> Callable[[list[Value], CallSite], Value]:
    def compare(arguments: list[Value], site: CallSite) -> Value:
        return template([_sql(argument(arguments, 0)), f" {operator} ", _sql(argument(arguments, 1))])

    return compare


def _joined(word: str) -> Callable[[list[Value], CallSite], Value]:
    def join(arguments: list[Value], site: CallSite) -> Value:
        conditions = [condition for condition in arguments if condition is not UNDEFINED]
        if not conditions:
            return UNDEFINED
        if len(conditions) == 1:
            return Sql(conditions)
        chunks: list[Value] = [Text("(")]
        for index, condition in enumerate(conditions):
            chunks += ([Text(f" {word} ")] if index else []) + [condition]
        return Sql([*chunks, Text(")")])

    return join


def _negated(arguments: list[Value], site: CallSite) -> Value:
    return template(["not ", argument(arguments, 0)])


def _negated_in_parentheses(arguments: list[Value], site: CallSite) -> Value:
    return template(["not (", argument(arguments, 0), ")"])


def _prefix(text: str) -> Callable[[list[Value], CallSite], Value]:
    return lambda arguments, site: template([text, _sql(argument(arguments, 0))])


def _suffix(text: str) -> Callable[[list[Value], CallSite], Value]:
    return lambda arguments, site: template([_sql(argument(arguments, 0)), text])


def _among(operator: str, none: str) -> Callable[[list[Value], CallSite], Value]:
    def test(arguments: list[Value], site: CallSite) -> Value:
        column, values = argument(arguments, 0), argument(arguments, 1)
        if not isinstance(values, JsArray):
            return template([_sql(column), f" {operator} ", _sql(bind(values, column))])
        if not values:
            return template([none])
        return template([_sql(column), f" {operator} ", JsArray(_sql(bind(value, column)) for value in values)])

    return test


def _between(operator: str) -> Callable[[list[Value], CallSite], Value]:
    def test(arguments: list[Value], site: CallSite) -> Value:
        column = argument(arguments, 0)
        low, high = (_sql(bind(argument(arguments, index), column)) for index in (1, 2))
        return template([_sql(column), f" {operator} ", low, " and ", high])

    return test


def _array_operator(operator: str) -> Callable[[list[Value], CallSite], Value]:
    def compare(arguments: list[Value], site: CallSite) -> Value:
        column, values = argument(arguments, 0), argument(arguments, 1)
        if isinstance(values, JsArray):
            values = Bound(values, column if hasattr(column, "encode") else None)
        return template([_sql(column), f" {operator} ", _sql(bind(values, column))])

    return compare


def _aggregate(function: str) -> Callable[[list[Value], CallSite], Value]:
    def call(arguments: list[Value], site: CallSite) -> Value:
        value = argument(arguments, 0, UNDEFINED)
        inner = Text("*") if value in (UNDEFINED, None) else _sql(value)
        return template([f"{function}(" if " " not in function else function, inner, ")"])

    return call


def _vector(value: JsArray, site: CallSite) -> Value:
    try:
        return Bound(json_text(value, site.evaluator.budget))
    except NotKnown as error:
        return error.unknown


def _distance(operator: str) -> Callable[[list[Value], CallSite], Value]:
    def measure(arguments: list[Value], site: CallSite) -> Value:
        value = argument(arguments, 1)
        if isinstance(value, JsArray):
            value = _vector(value, site)
        return template([_sql(argument(arguments, 0)), f" {operator} ", _sql(value)])

    return measure


_FUNCTIONS: dict[str, Callable[[list[Value], CallSite], Value]] = {
    "eq": _binary("="),
    "ne": _binary("<>"),
    "gt": _binary(">"),
    "gte": _binary(">="),
    "lt": _binary("<"),
    "lte": _binary("<="),
    "and": _joined("and"),
    "or": _joined("or"),
    "not": _negated,
    "isNull": _suffix(" is null"),
    "isNotNull": _suffix(" is not null"),
    "exists": _prefix("exists "),
    "notExists": _prefix("not exists "),
    "inArray": _among("in", "false"),
    "notInArray": _among("not in", "true"),
    "between": _between("between"),
    "notBetween": _between("not between"),
    "like": _plain_binary("like"),
    "notLike": _plain_binary("not like"),
    "ilike": _plain_binary("ilike"),
    "notIlike": _plain_binary("not ilike"),
    "arrayContains": _array_operator("@>"),
    "arrayContained": _array_operator("<@"),
    "arrayOverlaps": _array_operator("&&"),
    "asc": _suffix(" asc"),
    "desc": _suffix(" desc"),
    "count": _aggregate("count"),
    "countDistinct": _aggregate("count(distinct "),
    "avg": _aggregate("avg"),
    "avgDistinct": _aggregate("avg(distinct "),
    "sum": _aggregate("sum"),
    "sumDistinct": _aggregate("sum(distinct "),
    "max": _aggregate("max"),
    "min": _aggregate("min"),
    "l2Distance": _distance("<->"),
    "l1Distance": _distance("<+>"),
    "innerProduct": _distance("<#>"),
    "cosineDistance": _distance("<=>"),
    "hammingDistance": _distance("<~>"),
    "jaccardDistance": _distance("<%>"),
}


def conditions(line: Line) -> dict[str, Value]:
    """name → function, as `drizzle-orm` exports them."""
    functions = _FUNCTIONS if line is Line.STABLE else _FUNCTIONS | {"not": _negated_in_parentheses}
    return {name: HostFunction(function, name) for name, function in functions.items()}
