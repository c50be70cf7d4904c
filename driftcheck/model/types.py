"""Column types, as a structure rather than a text: `sql.parse_type` takes a written one apart."""

from __future__ import annotations

from dataclasses import replace

from ..frozen import dataclass
from .identifiers import quote

#: Names that the grammar takes for something else where a type stands, unless they are quoted (`pg_get_keywords()`,
#: category C): `char` is character(1), `"char"` is not.
_KEYWORDS = frozenset(
    """
    between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int
    integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar
    json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out overlay
    position precision real row setof smallint substring time timestamp treat trim values varchar xmlattributes
    xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
    """.split()
)


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type, written the way PostgreSQL's `format_type` would, or as its author wrote it before normalize.

    `name` is without quotes, schema, modifiers and brackets: "character varying", "timestamp with time zone",
    "status". `modifiers` are the words in parentheses. `dimensions` counts array brackets (PostgreSQL does not store
    how many; normalize makes it 0 or 1). `quoted` says the author quoted the name: it is then no alias or keyword.
    """

    name: str
    modifiers: tuple[str, ...] = ()
    schema: str | None = None
    dimensions: int = 0
    quoted: bool = False

    def __str__(self) -> str:
        words = f"({','.join(self.modifiers)})" if self.modifiers else ""
        if self.schema is not None or self.quoted:
            name = f'"{self.name}"' if self.name in _KEYWORDS else quote(self.name)
            base = (f"{quote(self.schema)}." if self.schema is not None else "") + name + words
        elif self.name.startswith(("time ", "timestamp ")):
            first, rest = self.name.split(" ", 1)
            base = f"{first}{words} {rest}"
        else:
            base = self.name + words
        return base + "[]" * self.dimensions

    @property
    def element(self) -> ColumnType:
        """The type of the array's elements; the type itself if it is no array."""
        return replace(self, dimensions=0)
