"""Constants of type tsquery as the server stores them: https://www.postgresql.org/docs/current/datatype-textsearch.html"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\s*(?:(?P<word>'(?:[^'\\]|''|\\.)*'(?::[A-Da-d*]*)?|[^\s!&|()<:'\\]+(?::[A-Da-d*]*)?)"
                    r"|(?P<mark>[!&|()]|<(?:-|\d{1,5})>))")  # fmt: skip
_BINDING = {"|": 1, "&": 2}
_DEEPEST = 100


def canonical_search(text: str) -> str:
    """`text` with every word in quotes and every pair of operands in parentheses; itself if it is not understood."""
    tokens, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            return text
        tokens.append(match["mark"] or _word(match["word"]))
        position = match.end()
    try:
        found, rest = _expression(tokens, 0, 0)
    except (IndexError, ValueError):
        return text
    return text if rest else found


def _word(text: str) -> str:
    bare, weights = text, ""
    if text.startswith("'"):
        end = text.rindex("'")
        bare, weights = re.sub(r"''|\\(.)", lambda m: m[1] or "'", text[1:end]), text[end + 1 :]
    elif ":" in text:
        bare, _, weights = text.partition(":")
    marks = "".join(sorted(set(weights.lstrip(":").upper())))
    return "'" + bare.replace("'", "''") + "'" + (f":{marks}" if marks else "")


def _expression(tokens: list[str], least: int, depth: int) -> tuple[str, list[str]]:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    first, rest = _operand(tokens, depth)
    while rest and (binding := 3 if rest[0].startswith("<") else _BINDING.get(rest[0], 0)) > least:
        operator = "<->" if rest[0] == "<1>" else rest[0]
        second, rest = _expression(rest[1:], binding, depth + 1)
        first = f"({first} {operator} {second})"
    return first, rest


def _operand(tokens: list[str], depth: int) -> tuple[str, list[str]]:
    first, rest = tokens[0], tokens[1:]
    if first == "!":
        operand, rest = _expression(rest, 3, depth + 1)
        return f"(! {operand})", rest
    if first == "(":
        inner, rest = _expression(rest, 0, depth + 1)
        if rest[0] != ")":
            raise ValueError("a parenthesis is missing")
        return inner, rest[1:]
    if not first.startswith("'"):
        raise ValueError("a word was expected")
    return first, rest
