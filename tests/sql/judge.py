"""PostgreSQL's own scanner and parser (libpg_query) as judges of our tokens and of what they stand for."""

from __future__ import annotations

from pglast import ast, parse_sql
from pglast.parser import ParseError, scan

from driftcheck.sql import Token, tokens_of
from driftcheck.sql.tokens import BITS, MARK, NUMBER, OPERATOR, OTHER, PARAMETER, QUOTED, STRING, UNTERMINATED, WORD

_KINDS = {
    "IDENT": WORD, "UIDENT": QUOTED, "SCONST": STRING, "USCONST": STRING, "BCONST": BITS, "XCONST": BITS,
    "ICONST": NUMBER, "FCONST": NUMBER, "PARAM": PARAMETER, "Op": OPERATOR, "TYPECAST": MARK, "DOT_DOT": MARK,
    "COLON_EQUALS": MARK, "EQUALS_GREATER": OPERATOR, "LESS_EQUALS": OPERATOR, "GREATER_EQUALS": OPERATOR,
    "NOT_EQUALS": OPERATOR,
}  # fmt: skip
_MARKS = frozenset("()[],;.:")
_OPERATORS = frozenset("+-*/<>=%^")

Found = tuple[str, int, int]


def judged(text: str) -> list[Found] | None:
    """Kinds and places as PostgreSQL's scanner says; None if it refuses the text."""
    try:
        tokens = [token for token in scan(text) if token.name not in ("SQL_COMMENT", "C_COMMENT")]
    except (ParseError, UnicodeDecodeError):  # the second where the message cuts a character
        return None
    return [(_kind(token.name, text[token.start]), token.start, token.end + 1) for token in tokens]


def _kind(name: str, first: str) -> str:
    if name not in _KINDS and not (first.isalpha() or first == "_" or not first.isascii()):
        return MARK if first in _MARKS else OPERATOR if first in _OPERATORS else OTHER
    if name == "IDENT" and first == '"':
        return QUOTED
    return _KINDS.get(name, WORD)


def found(text: str) -> list[Found] | None:
    """Ours, in the same terms: N'…' is two tokens there, and `UESCAPE '!'` behind a constant two more."""
    tokens = tokens_of(text)[:-1]
    if any(token.kind == UNTERMINATED or (_is_refused(token) and not _has_unicode(token)) for token in tokens):
        return None
    return [part for token in tokens for part in _parts(token)]


def _is_refused(token: Token) -> bool:
    return token.kind == OTHER and token.end - token.start > 1


def _has_unicode(token: Token) -> bool:
    """Whether not its scanner but its parser looks at the escapes."""
    return token.text[:2] in ("U&", "u&") and token.text[2:] != '""'


def _parts(token: Token) -> list[Found]:
    kind = STRING if token.is_string else token.kind
    if kind == OTHER and _has_unicode(token):
        kind = QUOTED if token.text[2] == '"' else STRING
    if kind == STRING and token.text[0] in "nN":
        return [(WORD, token.start, token.start + 1), (STRING, token.start + 1, token.end)]
    if token.text[:2] in ("U&", "u&"):
        pieces = [(piece.kind, piece.start, piece.end) for piece in tokens_of(token.source, token.start + 2, token.end)]
        return [(kind, token.start, pieces[0][2]), *pieces[1:-1]]
    return [(kind, token.start, token.end)]


def constant(written: str) -> str | None:
    """The value of a string constant, by PostgreSQL's parser; None if it refuses it."""
    try:
        (statement,) = parse_sql(f"select {written}")
    except (ParseError, UnicodeDecodeError):  # the second where the message cuts a character
        return None
    assert isinstance(statement.stmt, ast.SelectStmt)
    value = statement.stmt.targetList[0].val
    while isinstance(value, ast.TypeCast):  # N'…'
        value = value.arg
    return str(value.val.sval if isinstance(value.val, ast.String) else value.val.bsval)


def name(written: str) -> str | None:
    """The name that an identifier stands for, by PostgreSQL's parser; None if it refuses it."""
    try:
        (statement,) = parse_sql(f"select 1 as {written}")
    except (ParseError, UnicodeDecodeError):  # the second where the message cuts a character
        return None
    assert isinstance(statement.stmt, ast.SelectStmt)
    return str(statement.stmt.targetList[0].name)
