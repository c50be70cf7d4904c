"""A view's own list of columns, written into its query: `v (a) AS SELECT x` as `SELECT x AS a`."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Expression, quote
from ..sql import Token, tokenize
from ..sql.tokens import END
from .expressions import query
from .known import Known

_ENDS = ("from", "where", "group", "having", "window", "union", "intersect", "except", "order", "limit", "offset")


def listed(definition: Expression, canonical: Expression, known: Known, names: tuple[str, ...]) -> Expression:
    """`canonical` with SQL that names its columns itself, so that it means the same without the list.

    The SQL stays as it was where it cannot be said so simply, which is where it would not read as the same query.
    """
    written = _named(definition.sql, names)
    if written is None or query(Expression(written), known)[0].canonical != canonical.canonical:
        return canonical
    return Expression(written, canonical.canonical, canonical.as_text)


def _named(sql: str, names: tuple[str, ...]) -> str | None:
    """The first select list of `sql` with `names`; None where there is no such list, or more names than items."""
    try:
        items = _items(tokenize(sql))
    except ValueError:
        return None
    if len(items) < len(names):
        return None
    for item, name in reversed(list(zip(items, names, strict=False))):
        bare = item[:-2] if len(item) > 2 and item[-2].word == "as" else item
        sql = f"{sql[: bare[-1].end]} AS {quote(name)}{sql[item[-1].end :]}"
    return sql


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each item of the first select list that is in no parentheses."""
    items: list[list[Token]] = [[]]
    depth, inside = 0, False
    for token in tokens:
        if depth == 0 and (token.kind == END or (inside and token.word in _ENDS)):
            break
        depth += (token.word in ("(", "[")) - (token.word in (")", "]"))
        if not inside:
            inside = depth == 0 and token.word == "select"
        elif depth == 0 and token.word == ",":
            items.append([])
        else:
            items[-1].append(token)
    return items if all(items) else []
