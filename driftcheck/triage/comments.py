"""The comments of a source file, told from strings that look like comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Language = Literal["sql", "typescript", "python"]
#: Start and end offset of a comment, its marks included.
Span = tuple[int, int]

_SUFFIXES: dict[str, Language] = {
    "sql": "sql", "ddl": "sql", "psql": "sql", "py": "python", "pyi": "python", "ts": "typescript", "tsx": "typescript",
    "mts": "typescript", "cts": "typescript", "js": "typescript", "mjs": "typescript", "cjs": "typescript",
    "jsx": "typescript",
}  # fmt: skip
_KINDS: dict[str, Language] = {"sql": "sql", "drizzle": "typescript", "sqlalchemy": "python"}

#: A string or name in quotes, a comment, or the data of a COPY: whichever begins first hides the others.
_SQL = re.compile(
    r"""
    (?P<line>--[^\n]*)
    | (?P<block>/\*)
    | (?<![\w$])[eE]'(?:[^'\\]|\\.|'')*'
    | '[^']*'
    | "[^"]*"
    | (?<![\w$])(?P<tag>\$(?:[^\W\d]\w*)?\$).*?(?P=tag)
    | ^COPY\b[^;'"]*\bFROM\s+stdin\b[^;\n]*;[^\n]*\n.*?^\\\.
    """,
    re.DOTALL | re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_NESTED = re.compile(r"/\*|\*/")
_PYTHON = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
    | \"{3}(?:[^\\]|\\.)*?\"{3}
    | '{3}(?:[^\\]|\\.)*?'{3}
    | "(?:[^"\\\n]|\\.)*"
    | '(?:[^'\\\n]|\\.)*'
    """,
    re.DOTALL | re.VERBOSE,
)


def language(path: str, kind: str) -> Language | None:
    """The language of a file, by its suffix, else by the kind of the source that read it; None has no comments."""
    suffix = path.rpartition(".")[2].lower()
    return None if suffix == "json" else _SUFFIXES.get(suffix) or _KINDS.get(kind)


def comments(text: str, language: Language) -> list[Span]:
    """The comments of `text` in their order."""
    if language == "typescript":
        return list(_typescript(text))
    return list(_sql(text) if language == "sql" else _python(text))


def _sql(text: str) -> Iterator[Span]:
    at = 0
    while match := _SQL.search(text, at):
        at = match.end()
        if match["block"]:
            at = _block_end(text, at)
        if match["block"] or match["line"]:
            yield match.start(), at


def _block_end(text: str, at: int) -> int:
    """PostgreSQL's block comments nest."""
    depth = 1
    for match in _NESTED.finditer(text, at):
        depth += 1 if match[0] == "/*" else -1
        if depth == 0:
            return match.end()
    return len(text)


def _python(text: str) -> Iterator[Span]:
    return (match.span() for match in _PYTHON.finditer(text) if match["comment"])


def _typescript(text: str) -> Iterator[Span]:
    """By the parser: no lexer alone can tell a regular expression from a division."""
    import tree_sitter_typescript
    from tree_sitter import Language as Grammar
    from tree_sitter import Parser, Query, QueryCursor

    grammar = Grammar(tree_sitter_typescript.language_tsx())
    encoded = text.encode("utf-8", "surrogatepass")
    tree = Parser(grammar).parse(encoded)
    nodes = QueryCursor(Query(grammar, "(comment) @comment")).captures(tree.root_node).get("comment", [])
    for node in sorted(nodes, key=lambda node: node.start_byte):
        start = len(encoded[: node.start_byte].decode("utf-8", "surrogatepass"))
        yield start, start + len(encoded[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass"))
