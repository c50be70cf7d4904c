"""A syntax error is told, and nothing that the mangled part could have declared is called missing or different."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from driftcheck.differ.engine import compare
from driftcheck.errors import SourceError
from driftcheck.normalize import normalize
from driftcheck.readers.drizzle.reader import read
from driftcheck.reading import Reading, Source

GOOD = """import { pgTable, integer, text, timestamp, pgEnum, index, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
const stamps = { createdAt: timestamp('created_at').defaultNow().notNull() };
export const state = pgEnum('state', ['open', 'closed']);
export const guests = pgTable('guests', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  ...stamps,
}, (t) => [index('guests_name').on(t.name)]);
export const rooms = pgTable('rooms', {
  id: integer('id').primaryKey(),
  beds: integer('beds').default(2),
  state: state('state').notNull(),
  guest: integer('guest').references(() => guests.id),
}, (t) => [unique('rooms_guest').on(t.guest)]);
export const stays = pgTable('stays', {
  id: integer('id').primaryKey(),
  note: text('note').default(sql`'x'`),
});
"""

_TOKEN = re.compile(r"'[^']*'|`[^`]*`|\w+|=>|\.\.\.|[^\s\w]")


def damaged() -> Iterator[str]:
    """`GOOD` with each of its tokens left out, doubled, or another put before it, and cut off before it."""
    tokens = list(_TOKEN.finditer(GOOD))
    for token in tokens:
        before, behind = GOOD[: token.start()], GOOD[token.end() :]
        yield before + behind
        yield f"{before}{token[0]} {token[0]}{behind}"
        yield before
        yield from (f"{before}{sign}{token[0]}{behind}" for sign in "`'({}")


def read_text(folder: Path, text: str) -> Reading:
    (folder / "schema.ts").write_text(text)
    reading = read("schema.ts", folder)
    return replace(reading, schema=normalize(reading.schema))


@pytest.mark.parametrize("part", range(7))
def test_nothing_of_a_mangled_part_is_compared(tmp_path: Path, part: int) -> None:
    good = Source("good", "drizzle", read_text(tmp_path, GOOD))
    told = 0
    for text in list(damaged())[part::31]:
        try:
            reading = read_text(tmp_path, text)
        except SourceError:
            continue
        if not any(gap.kind == "syntax-error" for gap in reading.gaps):
            continue
        told += 1
        bad = Source("bad", "drizzle", reading)
        found = [*compare(good, bad).findings, *compare(bad, good).findings]
        wrong = [finding.message for finding in found if not finding.rule.code.startswith("DR9")]
        assert wrong == [], text
    assert told > 10


def test_what_stands_apart_from_the_error_is_compared(tmp_path: Path) -> None:
    good = Source("good", "drizzle", read_text(tmp_path, GOOD))
    text = GOOD.replace("default(2),", "default(2").replace("text('note')", "integer('note')")
    bad = Source("bad", "drizzle", read_text(tmp_path, text))
    found = [finding for finding in compare(good, bad).findings if not finding.rule.code.startswith("DR9")]
    assert [(finding.rule.code, finding.object.table) for finding in found] == [("DR203", "stays")]


def test_an_error_has_its_exact_place(tmp_path: Path) -> None:
    text = GOOD.replace("integer('beds').default(2),", "integer('beds').default(2;")
    gaps = [gap for gap in read_text(tmp_path, text).gaps if gap.kind == "syntax-error"]
    assert (gaps[0].location.line, gaps[0].location.column) == (12, 33)
    assert gaps[0].why.startswith("syntax error")
