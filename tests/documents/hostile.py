"""A schema of names that mean something to one of the languages that documents are written in."""

from __future__ import annotations

from driftcheck.model import (
    Check,
    Column,
    ColumnType,
    Enum,
    Expression,
    ForeignKey,
    Index,
    IndexKey,
    PrimaryKey,
    Schema,
    Table,
    Unique,
)  # fmt: skip

NAMES = (
    'a"b', "a'b", "a`b", "``", "'''", "a\\b", '\\"', "\\N", "a\nb", "a\tb", "a b", " a ", "a%b", "a~b~c", "a|b",
    "a;b", "#", "#35;", "&amp;", "{", "}", "[x]", "(", "$1", "%%{init}%%", "%%", "//", "/*", "*/", "--", "-->",
    "<!--", "<b>", "</td>", "<script>alert(1)</script>", "[x](javascript:1)", "![x](y)", "direction TB",
    "x direction  LR y", "style", "end", "note", "PK", "fk", "one", "only one", "many", "u", "u--", "to",
    "class", "classDef a:b#c;", "subgraph", "title", "graph", "node", "digraph", "strict", "edge", "Table",
    "Ref", "Enum", "indexes", "null", "true", "__proto__", "constructor", "1st", "ünï", "表", "\u202eabc",
    "\x1b[31m", "::error::x", "##[error]x", "\ud800", "x" * 63, "README", "readme", "CON", "..", "a/b",
    "driftcheck:words", "http://example.org", "@everyone", "- a", "1. a", "# a", "> a",
)  # fmt: skip


def _table(number: int, name: str) -> Table:
    following = NAMES[(number + 1) % len(NAMES)]
    columns = NAMES if number == 0 else (name, following, NAMES[number - 1])
    return Table(
        schema="public" if number % 2 else name,
        name=name,
        comment=name,
        columns=tuple(
            Column(name=one, type=ColumnType(one, quoted=True), comment=one, default=Expression(one)) for one in columns
        ),
        primary_key=PrimaryKey(name=name, columns=(name,)),
        uniques=(Unique(name=name, columns=(name, following)),),
        foreign_keys=(
            ForeignKey(
                name=f"{name}_1",
                columns=(name,),
                target_schema="public" if (number + 1) % len(NAMES) % 2 else following,
                target_table=following,
                target_columns=(following,),
            ),
            ForeignKey(name=name, columns=(name,), target_schema="else", target_table=name, target_columns=(name,)),
        ),
        checks=(Check(name=name, expression=Expression(name)),),
        indexes=(Index(name=name, keys=(IndexKey(column=name), IndexKey(expression=Expression(name)))),),
    )


HOSTILE = Schema(
    tables=tuple(_table(number, name) for number, name in enumerate(NAMES)),
    enums=tuple(Enum(schema="kinds", name=name, values=NAMES) for name in NAMES),
)
