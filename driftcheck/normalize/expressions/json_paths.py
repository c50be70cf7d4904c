"""Constants of type jsonpath by what they mean: https://www.postgresql.org/docs/current/datatype-json.html

The server prints a path anew: every key in quotes, parentheses of its own. src/backend/utils/adt/jsonpath_gram.y
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<number>(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<variable>\$(?:"(?:[^"\\]|\\.)*"|\w+))|(?P<word>[^\W\d]\w*)
    |(?P<mark>\*\*|&&|\|\||==|!=|<>|<=|>=|[$@.,?()\[\]{}*/%+<>!-]))""",
    re.VERBOSE,
)
#: Operators between two operands, by how tight they bind.
_BINDING = {
    "||": 1, "&&": 2, "==": 4, "!=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "starts": 4, "like_regex": 4,
    "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
}  # fmt: skip
_DEEPEST = 100


def canonical_path(text: str) -> str:
    """`text` in one spelling; itself if it is no path that is understood."""
    try:
        stream = _Path(_tokens(text))
        mode = stream.accept("strict") or stream.accept("lax")
        found = stream.expression(0)
        return text if stream.tokens[stream.position :] else ("strict " if mode == "strict" else "") + found
    except (ValueError, IndexError, RecursionError):
        return text


def _tokens(text: str) -> list[tuple[str, str]]:
    found, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match or match.lastgroup is None:
            raise ValueError("not a path")
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found


@dataclass
class _Path:
    """A stream of (kind, text)."""

    tokens: list[tuple[str, str]]
    position: int = 0
    depth: int = 0

    @property
    def text(self) -> str:
        kind, text = self.tokens[self.position] if self.position < len(self.tokens) else ("end", "")
        return "" if kind == "string" else text

    def accept(self, word: str) -> str:
        if self.text != word:
            return ""
        self.position += 1
        return word

    def expect(self, word: str) -> None:
        if not self.accept(word):
            raise ValueError(f"{word} was expected")

    def take(self, *kinds: str) -> str:
        kind, text = self.tokens[self.position]
        if kind not in kinds:
            raise ValueError("something else was expected")
        self.position += 1
        return _name(text) if kind == "string" else text

    def expression(self, least: int) -> str:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError("nested too deeply")
        first = self._prefix()
        while (binding := _BINDING.get(self.text, 0)) > least:
            first = self._infix(first, self.text, binding)
        while self.accept("is"):
            self.expect("unknown")
            first = f"(unknown {first})"
        self.depth -= 1
        return first

    def _infix(self, first: str, word: str, binding: int) -> str:
        self.position += 1
        if word == "starts":
            self.expect("with")
        if word == "like_regex":
            pattern = self.take("string")
            flags = self.take("string") if self.accept("flag") else '""'
            return f"(like_regex {first} {pattern} {''.join(sorted(flags))})"
        return f"({'!=' if word == '<>' else word} {first} {self.expression(binding)})"

    def _prefix(self) -> str:
        for sign in ("-", "+"):
            if self.accept(sign):
                operand = self.expression(6)
                return f"({sign} {operand})"
        if self.accept("!"):
            return f"(! {self.expression(3)})"
        return self._accessors(self._primary())

    def _primary(self) -> str:
        if self.accept("("):
            inner = self.expression(0)
            self.expect(")")
            return inner
        if self.accept("exists"):
            self.expect("(")
            inner = self.expression(0)
            self.expect(")")
            return f"(exists {inner})"
        for word in ("$", "@", "last", "true", "false", "null"):
            if self.accept(word):
                return word
        kind, text = self.tokens[self.position]
        if kind == "variable":
            self.position += 1
            return f"${_name(text[1:])}"
        return self.take("string", "number")

    def _accessors(self, path: str) -> str:
        while True:
            if self.accept("."):
                path = f"({path} . {self._member()})"
            elif self.accept("["):
                path = f"({path} [{self._subscripts()}])"
            elif self.accept("?"):
                self.expect("(")
                path = f"({path} ? {self.expression(0)})"
                self.expect(")")
            else:
                return path

    def _member(self) -> str:
        if self.accept("*"):
            return "*"
        if self.accept("**"):
            levels = []
            if self.accept("{"):
                while not self.accept("}"):
                    levels.append(self.take("number", "word"))
            return f"**{{{' '.join(levels)}}}"
        name = self.take("word", "string")
        if self.accept("("):
            arguments = []
            while not self.accept(")"):
                arguments.append(self.expression(0))
                self.accept(",")
            return f"{name}({', '.join(arguments)})"
        return _name(name)

    def _subscripts(self) -> str:
        items = []
        while not self.accept("]"):
            if self.accept("*"):
                items.append("*")
            else:
                low = self.expression(0)
                items.append(f"{low} to {self.expression(0)}" if self.accept("to") else low)
            self.accept(",")
        return ", ".join(items)


def _name(text: str) -> str:
    """A key, variable or string in quotes."""
    return json.dumps(str(json.loads(text)) if text.startswith('"') else text)
