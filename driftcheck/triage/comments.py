"""The comments of a source file, distinguished from strings that look like comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..kinds import KINDS, kind_of_file
from ..regex import lazy

#: Start and end offset of a comment, its marks included.
Span = tuple[int, int]

_PYTHON = lazy(
    r"""
    (?P<comment>\#[^\n]*)
    | \"{3}(?:[^\\]|\\.)*?\"{3}
    | '{3}(?:[^\\]|\\.)*?'{3}
    | "(?:[^"\\\n]|\\.)*"
    | '(?:[^'\\\n]|\\.)*'
    """,
    re.DOTALL | re.VERBOSE,
)


def comments(text: str, path: str, kind: str) -> list[Span]:
    """The comments of a file's `text` in their order, by its suffix, else by the `kind` of the source that read it."""
    spoken = kind_of_file(path) or KINDS[kind]
    return list(spoken.comments.load()(text)) if spoken.comments is not None else []


def python(text: str) -> Iterator[Span]:
    return (match.span() for match in _PYTHON.finditer(text) if match["comment"])


def typescript(text: str) -> Iterator[Span]:
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
