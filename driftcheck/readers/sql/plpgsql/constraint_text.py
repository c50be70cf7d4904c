"""What `pg_get_constraintdef` says of a constraint, as far as it can be known, and tests of it."""

from __future__ import annotations

import re

from ....frozen import dataclass
from ....model import Check, Exclusion, ForeignKey, PrimaryKey, Unique, quote
from ....sql import tokens_of
from ....sql.references import names_in
from ....sql.tokens import STRING
from ..entries import Constraint


def definition(item: Constraint) -> str | None:
    """The text for a key or foreign key whose target is in the search path; None for what has expressions."""
    if isinstance(item, Check | Exclusion):
        return None
    columns = ", ".join(map(quote, item.columns))
    if isinstance(item, ForeignKey):
        text = f"FOREIGN KEY ({columns}) REFERENCES {quote(item.target_table)}"
        text += f"({', '.join(map(quote, item.target_columns))})" + (" MATCH FULL" if item.match == "full" else "")
        text += f" ON UPDATE {item.on_update.upper()}" if item.on_update != "no action" else ""
        text += f" ON DELETE {item.on_delete.upper()}" if item.on_delete != "no action" else ""
        text += f" ({', '.join(map(quote, item.delete_columns))})" if item.delete_columns else ""
    else:
        nulls = " NULLS NOT DISTINCT" if isinstance(item, Unique) and not item.nulls_distinct else ""
        text = f"{'PRIMARY KEY' if isinstance(item, PrimaryKey) else 'UNIQUE'}{nulls} ({columns})"
        text += f" INCLUDE ({', '.join(map(quote, item.include))})" if item.include else ""
    text += " DEFERRABLE" if item.deferrable else ""
    text += " INITIALLY DEFERRED" if item.initially_deferred else ""
    return text + (" NOT VALID" if isinstance(item, ForeignKey) and not item.validated else "")


@dataclass(frozen=True, slots=True)
class LikePattern:
    """`[NOT] LIKE pattern`, as the set of texts that pass it."""

    pattern: str
    negated: bool
    fold: bool

    def __contains__(self, text: object) -> bool:
        flags = re.DOTALL | (re.IGNORECASE if self.fold else 0)
        return (re.fullmatch("".join(like_pieces(self.pattern)), str(text), flags) is not None) is not self.negated

    def of_check(self, source: str) -> bool | None:
        """Whether the text for a check that was written so passes; None if PostgreSQL's spelling decides.

        What is in a string or is the name of a column is in the server's text too; a word that is nowhere in
        the source is there only if the server writes it: a type, say.
        """
        core = self.pattern.strip("%")
        if not re.fullmatch(r"\w{3,}", core) or not self.pattern.startswith("%") or not self.pattern.endswith("%"):
            return None
        wanted = core.lower() if self.fold else core
        said = [token.value for token in tokens_of(source) if token.kind == STRING]
        said += [name.name for name in names_in(source) if name.role == "column"]
        if any(wanted in (text.lower() if self.fold else text) for text in said):
            return not self.negated
        if core.lower() in source.lower() or _OF_SERVER.search(core.lower()):
            return None
        return self.negated


#: Words, and parts of them, that the server's text may have and the source need not.
_OF_SERVER = re.compile(
    r"text|char|varying|any|array|numeric|integer|bigint|double|precision|time|zone|date|check|true|false|and|not|null"
    r"|case|when|then|else|end|interval|json|bool|valid|inherit"
)


def like_pieces(pattern: str) -> list[str]:
    """A LIKE pattern as a regular expression, piece by piece."""
    found, escaped = [], False
    for character in pattern:
        if escaped or character not in "%_\\":
            found.append(re.escape(character))
            escaped = False
        elif character == "\\":
            escaped = True
        else:
            found.append(".*" if character == "%" else ".")
    return found
