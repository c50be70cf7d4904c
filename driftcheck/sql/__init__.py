"""SQL text: the one lexer for all who look into it, a stream of its tokens, and readers of what every part needs.

`tokenize(text)` gives all tokens of a text that PostgreSQL's scanner takes and raises `SqlError` for every other text;
`tokens_of(text)` never fails: what the scanner refuses is a token of the kinds OTHER and UNTERMINATED. Neither gives
comments, and both end with a token END. `Lexer` gives one token after another, comments included, and knows psql.

A `Token` has its `kind`, its `word` (what grammar looks at), its place (`start`, `end`, in `source`), the `text`
that was written, and the `name` or `value` that it stands for.

A `Stream` reads tokens with one place to read on from: `at`, `accept`, `expect`, `identifier`, `string`, `skip_group`,
`parts` … Whether a text is exactly one thing is asked like this::

    stream = Stream.of(text)      # SqlError: nothing that PostgreSQL could scan
    name = stream.identifier()    # SqlError: no name
    stream.finish()               # SqlError: there is more
"""

from .errors import SqlError
from .lexer import Lexer, tokenize, tokens_of, why_refused
from .stream import Stream, squeezed
from .tokens import Token, whole
from .types import catalog_name, parse_type, read_type, signature_type

__all__ = [
    "Lexer",
    "SqlError",
    "Stream",
    "Token",
    "catalog_name",
    "parse_type",
    "read_type",
    "signature_type",
    "squeezed",
    "tokenize",
    "tokens_of",
    "whole",
    "why_refused",
]
