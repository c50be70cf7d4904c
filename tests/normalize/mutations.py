"""Small wrong changes to an expression, made systematically over its tokens."""

from __future__ import annotations

from collections.abc import Iterator

from driftcheck.sql import Token, tokenize
from driftcheck.sql.tokens import NUMBER, OPERATOR

_OPERATORS = {
    "=": ("<>", "<", ">="), "<>": ("=", ">"), "<": ("<=", ">", "="), ">": (">=", "<", "<>"), "<=": ("<", ">="),
    ">=": (">", "<="), "+": ("-", "*"), "-": ("+",), "*": ("+", "/"), "/": ("*", "%"), "%": ("/",),
    "->": ("->>",), "->>": ("->",), "#>": ("#>>",), "#>>": ("#>",), "@>": ("<@", "&&"), "<@": ("@>",), "&&": ("@>",),
    "~": ("~*", "!~", "~~"), "~*": ("~",), "!~": ("~",), "!~*": ("!~",), "?": ("?|",), "?|": ("?&",), "?&": ("?|",),
    "||": ("<>",), "<<": (">>",), "<<=": ("<<",), "@@": ("<>",), "^": ("*",),
}  # fmt: skip
_WORDS = {
    "and": ("or",), "or": ("and",), "like": ("ilike", "not like"), "ilike": ("like",), "any": ("all",), "all": ("any",),
    "in": ("not in",), "between": ("not between", "between symmetric"), "true": ("false",), "false": ("true",),
    "union": ("union all", "intersect", "except"), "except": ("intersect",), "intersect": ("union",),
    "left": ("right",), "inner": ("left",), "join": ("left join",), "exists": ("not exists",), "desc": ("asc",),
    "lower": ("upper",), "upper": ("lower",), "min": ("max",), "max": ("min",), "count": ("max",), "sum": ("avg",),
    "avg": ("sum",), "coalesce": ("nullif",), "greatest": ("least",), "least": ("greatest",), "btrim": ("ltrim",),
    "trim": ("ltrim",), "char_length": ("octet_length",), "length": ("octet_length",), "round": ("trunc",),
    "ceil": ("floor",), "floor": ("ceil",), "first": ("last",), "last": ("first",), "limit": ("offset",),
    "now": ("clock_timestamp",), "current_date": ("now()",), "current_timestamp": ("localtimestamp",),
    "leading": ("trailing",), "both": ("leading",), "year": ("month",), "month": ("year",), "null": ("true",),
    "is": ("is not",), "distinct": ("",), "select": ("select distinct",), "partition": ("order",),
    "integer": ("bigint",), "int": ("numeric",), "text": ("varchar(2)", "char(4)"), "bigint": ("integer",),
    "numeric": ("integer",), "timestamp": ("timestamptz",), "timestamptz": ("timestamp",), "date": ("timestamp",),
    "starts_with": ("left",), "rank": ("row_number",),
    "lag": ("lead",), "rows": ("groups",), "values": ("values (2, 'b'),",),
}  # fmt: skip
#: Columns that may stand for each other.
_COLUMNS = [
    ("age", "level", "logins"), ("balance", "rate"), ("rating", "weight"), ("email", "name", "role", "code"),
    ("is_active", "verified"), ("created_at", "deleted_at"), ("updated_at", "opened_at", "closed_at"),
    ("birthday", "starts", "ends"), ("tags", "labels"), ("id", "org_id", "user_id", "project_id", "owner_id"),
    ("title", "slug", "plan"), ("priority", "parent_id"), ("done", "is_public", "active"), ("metadata", "settings"),
    ("Display Name", "name"), ("order", "age"), ("parent_id", "id"), ("assignee_id", "project_id"), ("kind", "id"),
]  # fmt: skip
_ZONES = {"utc": ("Europe/Berlin",), "day": ("month",), "month": ("day",), "english": ("simple",)}


def mutants(text: str) -> Iterator[tuple[str, str]]:
    """(kind, mutant) of `text`."""
    tokens = tokenize(text)[:-1]
    for index, token in enumerate(tokens):
        for kind, changed in _changed(token):
            yield kind, text[: token.start] + changed + text[token.end :]
        yield from _removed(text, tokens, index)
        yield from _swapped(text, tokens, index)
    yield "not", f"NOT ({text})"
    yield "grouping", _regrouped(text, tokens)


def _changed(token: Token) -> Iterator[tuple[str, str]]:
    if token.kind == OPERATOR:
        yield from (("operator", other) for other in _OPERATORS.get(token.word, ()))
    elif token.kind == NUMBER:
        yield from (
            ("constant", other)
            for other in (f"{token.text}1", f"({token.text} + 1)", f"{token.text}.5", f"-{token.text}")
        )
    elif token.is_string:
        word = token.value.replace("'", "''")
        others = [f"'{word}x'", f"'x{word}'", "''", "'{}'", "NULL", f"'{word.swapcase()}'", f"'{word} '", f"'1{word}'"]
        others += [f"'{other}'" for other in _ZONES.get(token.value.lower(), ())]
        yield from (("constant", other) for other in others if other != f"'{word}'")
    elif token.is_name:
        yield from (("word", other) for other in _WORDS.get(token.word, ()))
        for group in _COLUMNS:
            if token.name in group:
                yield from (("column", other) for other in group if other != token.name)


def _removed(text: str, tokens: list[Token], index: int) -> Iterator[tuple[str, str]]:
    """Without a NOT, a sign, a cast, a DISTINCT, or the whole of one side of AND."""
    token = tokens[index]
    if token.word in ("not", "distinct", "recursive", "lateral", "symmetric", "-"):
        yield "removal", text[: token.start] + text[token.end :]
    if token.word == "::" and index + 1 < len(tokens):
        yield "cast", text[: token.start] + text[tokens[index + 1].end :]
    if token.word in ("and", "or"):
        yield "removal", text[: token.start]
        yield "removal", text[token.end :]


def _swapped(text: str, tokens: list[Token], index: int) -> Iterator[tuple[str, str]]:
    """`a op b` as `b op a`, and `f(a, b)` as `f(b, a)`, where both are single tokens."""
    if 0 < index < len(tokens) - 1 and (tokens[index].kind == OPERATOR or tokens[index].word == ","):
        before, after = tokens[index - 1], tokens[index + 1]
        if _is_simple(before) and _is_simple(after):
            middle = text[before.end : after.start]
            swapped = text[after.start : after.end] + middle + text[before.start : before.end]
            yield "order", text[: before.start] + swapped + text[after.end :]


def _is_simple(token: Token) -> bool:
    return token.is_name or token.is_string or token.kind == NUMBER


def _regrouped(text: str, tokens: list[Token]) -> str:
    """Everything after the first operator in parentheses of its own."""
    depth = 0
    for index, token in enumerate(tokens[:-1]):
        depth += (token.word == "(") - (token.word == ")")
        joins = token.word in ("and", "or") or (token.kind == OPERATOR and token.word in "+-*/||")
        if depth == 0 and joins and index:
            return f"{text[: token.end]} ({text[token.end :]})"
    return f"({text}) IS NULL"
