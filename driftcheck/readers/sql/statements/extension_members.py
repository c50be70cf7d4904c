"""What is of the extensions that schemas depend on: types, functions, operator classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....frozen import dataclass
from ....model import ColumnType
from ....sql.references import names_in
from ..entries import TableEntry
from ..session import Session


@dataclass(frozen=True, slots=True)
class Members:
    """`types`, and patterns over the names of `functions` and of operator `classes`."""

    types: frozenset[str] = frozenset()
    functions: str = r"(?!)"
    classes: str = r"(?!)"

    def has_type(self, session: Session, type_: ColumnType) -> bool:
        return type_.name in self.types and (type_.schema, type_.name) not in session.catalog.types

    def columns(self, session: Session, table: TableEntry) -> Iterator[str]:
        """The columns of `table` that are of such a type."""
        return (name for name, column in table.columns.items() if self.has_type(session, column.type))

    def has_class(self, opclass: str | None) -> bool:
        return opclass is not None and re.fullmatch(self.classes, opclass.rsplit(".", 1)[-1]) is not None

    def speaks(self, sql: str) -> bool:
        """Whether an expression calls one of the functions, or casts to one of the types."""
        return any(
            (name.role == "type" and name.name in self.types)
            or (name.role == "function" and re.fullmatch(self.functions, name.name) is not None)
            for name in names_in(sql)
        )


_KNOWN = {
    "citext": Members(frozenset({"citext"}), classes="citext_.*ops"),
    "hstore": Members(frozenset({"hstore"}), "hstore.*|akeys|avals|skeys|svals|slice|each", ".*hstore_ops"),
    "ltree": Members(frozenset({"ltree", "lquery", "ltxtquery"}), "ltree2text|text2ltree|subltree|subpath|nlevel|lca"),
    "vector": Members(frozenset({"vector", "halfvec", "sparsevec"}), ".*_distance", "(?:.*vec|vector|bit)_.*_ops"),
    "cube": Members(frozenset({"cube"}), "cube.*"),
    "isn": Members(frozenset({"ean13", "isbn13", "ismn13", "issn13", "isbn", "ismn", "issn", "upc"})),
    "postgis": Members(frozenset({"geometry", "geography", "box2d", "box3d"}), "st_.*", "gi?st_geo.*"),
    "uuid-ossp": Members(functions="uuid_(?:generate_v[1345].*|nil|ns_.*)"),
    "pgcrypto": Members(functions="gen_salt|crypt|digest|hmac|(?:en|de)crypt.*|gen_random_bytes|pgp_.*|(?:de)?armor"),
    "pg_trgm": Members(functions="(?:strict_)?(?:word_)?similarity.*|show_(?:trgm|limit)", classes="gi.*_trgm_ops"),
    "unaccent": Members(functions="unaccent.*"),
    "plpgsql": Members(),
    "pg_stat_statements": Members(),
}  # fmt: skip


def members_of(extension: str) -> Members | None:
    """The members of an extension; None if they are not known here."""
    return _KNOWN.get(extension)
