"""Columns chosen by the `omit` and `pick` of well-known packages."""

from __future__ import annotations

import pytest

from .conftest import Reads

#: (imports, columns, the names of the columns)
CHOSEN = [
    ("import * as R from 'ramda';", "{ ...R.omit(['a'], base), z: text() }", ["b", "c", "z"]),
    ("import R from 'ramda';", "R.pick(['c', 'a', 'gone'], base)", ["c", "a"]),
    ("import { omit } from 'ramda';", "omit(['a', 'b'])(base)", ["c"]),
    ("import _ from 'lodash';", "_.omit(base, 'a', ['b'])", ["c"]),
    ("import { pick } from 'lodash-es';", "pick(base, ['b'])", ["b"]),
    ("import omit from 'lodash/omit';", "omit(base, ['b'])", ["a", "c"]),
    ("import { omit } from 'es-toolkit';", "omit(base, ['b'])", ["a", "c"]),
]
BASE = "const base = { a: text(), b: integer(), c: text() };"


@pytest.mark.parametrize(("imports", "columns", "names"), CHOSEN)
def test_columns(reads: Reads, imports: str, columns: str, names: list[str]) -> None:
    reading = reads(f"{imports} {BASE} export const t = pgTable('t', {columns});")
    assert reading.gaps == ()
    assert [column.name for column in reading.schema.tables[0].columns] == names


@pytest.mark.parametrize(
    "choice",
    ["_.omit(base)", "_.omit(base, process.env.E!)", "_.pick(5, ['a'])", "_.pick(base, 'a.b')", "_.merge(base)"],
)
def test_what_is_not_known(reads: Reads, choice: str) -> None:
    reading = reads(f"import _ from 'lodash'; {BASE} export const t = pgTable('t', {choice} as any);")
    assert reading.schema.tables[0].unknown == {"columns"}
    assert [gap.object for gap in reading.gaps] == ["public.t"]


def test_a_builder_keeps_what_the_program_puts_on_it(reads: Reads) -> None:
    """`customType` has no `defaultNow`, so projects give it one."""
    reading = reads(
        "const moment = (name: string) => { const column = customType({ dataType: () => 'timestamptz' })(name);"
        " return Object.assign(column, { defaultNow() { return column.notNull().default(sql`now()`); } }); };"
        "export const t = pgTable('t', { at: (moment('at').notNull() as any).defaultNow(), other: moment('other') });"
    )
    assert reading.gaps == ()
    first, second = reading.schema.tables[0].columns
    assert (str(first.default), first.nullable, second.default, second.nullable) == ("now()", False, None, True)
