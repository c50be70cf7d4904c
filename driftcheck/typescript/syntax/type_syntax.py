"""What tree-sitter's grammar takes for syntax errors: `export type *`, `import('./a').Name<T>`, `<in out T>`.

It means nothing at run time, so in a file with syntax errors it is written over with what the grammar knows
(places stay as they are), and the file is parsed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

#: TypeScript 5's type-only star exports: nothing of them is there at run time.
_STAR_EXPORT = re.compile(
    rb"""^[ \t]*export\s+type\s*\*(?:\s*as\s+[\w$]+)?\s*from\s*("[^"\n]*"|'[^'\n]*')""", re.MULTILINE
)
#: A type of another module. In an expression a promise's methods follow, so those names are left alone.
_IMPORT_TYPE = re.compile(
    rb"""\bimport\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*\)(?=\s*\.\s*(?!(?:then|catch|finally)\b)[\w$])"""
)
#: How a type parameter varies: `type A<in out T>`.
_VARIANCE = re.compile(rb"(?<=[<,])\s*(?:in\s+out|in|out)\s+(?=[A-Za-z_$])")
#: When a module is evaluated: here, when one of its names is read.
_DEFERRED = re.compile(rb"(?<=\bimport)\s+(?:defer(?=\s*\*)|source(?=\s+[\w$]+\s+from\b))")
_NO_SYNTAX = frozenset(("comment", "string", "string_fragment", "template_string", "regex_pattern"))


def with_known_types(root: Node, data: bytes) -> bytes | None:
    """`data` with such types written over, or None if nothing had to be."""
    if not root.has_error:
        return None
    changes = [(found, b" ") for found in _in_syntax(_STAR_EXPORT, root, data)]
    changes += [(found, b" ") for pattern in (_VARIANCE, _DEFERRED) for found in _in_syntax(pattern, root, data)]
    changes += [(found, b"_") for found in _in_syntax(_IMPORT_TYPE, root, data)]
    if not changes:
        return None
    changed = bytearray(data)
    for found, filling in changes:
        changed[found.start() : found.end()] = re.sub(rb"[^\r\n]", filling, found[0])
    return bytes(changed)


def _in_syntax(pattern: re.Pattern[bytes], root: Node, data: bytes) -> Iterator[re.Match[bytes]]:
    """Matches that begin in no comment and no text."""
    for found in pattern.finditer(data):
        word = data.index(found[0].lstrip()[:1], found.start())
        leaf = root.descendant_for_byte_range(word, word + 1)
        if leaf is not None and leaf.type not in _NO_SYNTAX:
            yield found
