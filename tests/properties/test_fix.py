"""Whatever changes in a schema, the edits of a drifting file end it, and touch nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from hashlib import sha256
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from driftcheck.differ.engine import compare
from driftcheck.differ.scope import WORDS
from driftcheck.findings import Finding
from driftcheck.fixes import fixed
from driftcheck.fixes.edits import applied, together
from driftcheck.fixes.files import Files
from driftcheck.fixes.tidying import tidied
from driftcheck.project import Project
from driftcheck.reading import Source

from . import decorations
from .languages import NAMES, Languages
from .mutations import Mutation, mutations
from .spec import Schema
from .strategies import schemas

_EVERYTHING = dict.fromkeys(WORDS, "always")
#: What no edit can end: SQLAlchemy maps no class without a key.
_NO_KEY = "a mapped class needs a primary key"
#: Files are read again for what the first edits leave or let appear.
_ROUNDS = 6


def changed_schema(schema: Schema, random: Random, able: set[str], count: int) -> Schema:
    """`schema` after as many mutations, which the languages `able` can say; each rule is as likely as any other."""
    made: list[Mutation] = []
    for _ in range(count):
        by_code: dict[str, list[Mutation]] = {}
        for one in mutations(schema):
            if able <= one.able and not any(one.place == other.place for other in made):
                by_code.setdefault(one.code, []).append(one)
        if by_code:
            made.append(random.choice(by_code[random.choice(sorted(by_code))]))
            schema = made[-1].schema
    return schema


def _found(truth: Source, other: Source, files: Files) -> list[Finding]:
    findings = fixed(compare(truth, other, _EVERYTHING), files)
    assert not [one for one in findings if one.fix and "please report" in one.fix.unplaced]
    return [
        one for one in findings if one.rule.code != "DR212" and _NO_KEY not in (one.fix.unplaced if one.fix else "")
    ]


def ended(languages: Languages, truth: Source, language: str, text: str) -> str:
    """`text` edited until it says what the truth says; nothing else of it changes."""
    seen = [text]
    for _ in range(_ROUNDS):
        other = languages.source(language, text)
        files = Files(Project(languages.root))
        found = _found(truth, other, files)
        if not found:
            return text
        placed, _, edits = together((one, one.fix.edits) for one in found if one.fix and one.fix.edits)
        assert placed, ([(one.message, one.fix and one.fix.unplaced) for one in found], *seen)
        for path, mine in tidied(files, edits).items():
            text = applied(files.data(path) or b"", mine).decode()
        _expect_only(placed, seen[-1], text)
        seen.append(text)
    raise AssertionError(("not ended", *seen))


#: What a decoration is known by.
_KEPT = re.compile(r"\bkeep_\d+_\b")


def _expect_only(found: list[Finding], before: str, after: str) -> None:
    """Lines change only in statements that a finding is about, or in imports; decorations go only with what goes."""
    statements, old = _statements(before), before.splitlines()
    about = {one.actual.location.line for one in found if one.actual.location is not None}
    about |= {start for start, end in statements if _is_about(old[start - 1], found)}
    touched = {
        line for start, end in statements for line in range(start, end + 1) if about & set(range(start, end + 1))
    }
    for tag, start, end, _, _ in SequenceMatcher(None, old, after.splitlines(), autojunk=False).get_opcodes():
        changed = {line + 1 for line in range(start, end) if tag in ("replace", "delete")}
        wrong = [old[line - 1] for line in changed - touched if not _is_import(old, line)]
        # Of lines that only close something, nobody can tell which of them went.
        wrong = [line for line in wrong if re.search(r"\w", line)]
        assert not wrong, (wrong, [one.message for one in found], before, after)
    lost = [one for one in found if one.expected.value is None and one.actual.location is not None]
    gone = [_whole(one, old, statements) for one in lost]
    gone += [one for one in statements if _is_about(old[one[0] - 1], lost)]
    gone += [one for finding in lost if finding.rule.code == "DR202" for one in _along(finding, old, statements, after)]
    for word in set(_KEPT.findall(before)) - set(_KEPT.findall(after)):
        line = next(number for number, text in enumerate(old, 1) if word in text)
        assert any(first <= line <= last for first, last in gone), (word, before, after)


#: What may go along with a column.
_ON_COLUMNS = re.compile(r" +(unique|uniqueIndex|index|foreignKey|check|CONSTRAINT|\w*Constraint|Index)\b")


def _along(
    finding: Finding, lines: list[str], statements: list[tuple[int, int]], after: str
) -> Iterator[tuple[int, int]]:
    """The keys, checks and indexes of a table that lost a column, as far as they went with it."""
    assert finding.actual.location is not None
    for start, end in statements:
        for number in range(start, end + 1) if start <= finding.actual.location.line <= end else ():
            said = re.sub(r",?\s*(//|#|--).*", "", lines[number - 1])
            if _ON_COLUMNS.match(said) and said not in after:
                yield number, _end(lines, number)


def _is_about(line: str, found: list[Finding]) -> bool:
    """Whether a statement of SQL on one line is about a table or a column that has a finding."""
    names = {(one.object.table or one.object.name, one.object.name) for one in found}
    alters = re.match(r"(ALTER TABLE|COMMENT ON|CREATE .*(INDEX|POLICY)) ", line)
    return bool(alters) and any(all(re.search(rf"\b{name}\b", line) for name in both) for both in names)


def _whole(finding: Finding, lines: list[str], statements: list[tuple[int, int]]) -> tuple[int, int]:
    """The lines of what goes: of a table all of its statement."""
    assert finding.actual.location is not None
    line = finding.actual.location.line
    if finding.rule.code == "DR102":
        return next((start, end) for start, end in statements if start <= line <= end)
    return line, _end(lines, line)


def _statements(text: str) -> list[tuple[int, int]]:
    """The first and last lines of what begins at the margin."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines, 1) if re.match(r"[A-Za-z@]", line)]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), len(lines)], strict=True))


def _is_import(lines: list[str], line: int) -> bool:
    """Whether a line is in the block of imports, which ends where something is declared."""
    first = next((number for number, text in enumerate(lines, 1) if re.match(r"export|const|class|create", text)), 1)
    return line < first


def _end(lines: list[str], first: int) -> int:
    """The last line of a declaration that begins on a line: that with its comma, its semicolon, or in a class `)`."""
    outer, depth = not lines[first - 1][:1].isspace(), 0
    closing = (";",) if outer else (")",) if re.match(r" +c\d+ = ", lines[first - 1]) else (",", ";")
    for number in range(first, len(lines) + 1):
        text = re.sub(r"\s*(//|#|--).*", "", lines[number - 1])
        depth += text.count("(") - text.count(")")
        if depth <= 0 and text.endswith(closing):
            return number
    return len(lines)


_DECORATE = {"drizzle": decorations.typescript, "sql": decorations.sql, "sqlalchemy": decorations.python}
#: Of more examples, the processes of a run take parts.
_PARTS = 2


def _run(part: str, test: Callable[..., None], share: float) -> None:
    """`test` over examples that no other part has: the same ones in each run."""
    settled = settings(
        max_examples=int(max(1_000, settings().max_examples) * share),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    numbered = seed(int.from_bytes(sha256(part.encode()).digest()[:8], "big"))
    numbered(settled(given(schema=schemas(), style=st.integers(0, 2**32), data=st.data())(test)))()


@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.parametrize("language", _DECORATE)
def test_mutations_are_mended(languages: Languages, language: str, part: int) -> None:
    def test(schema: Schema, style: int, data: st.DataObject) -> None:
        kept = data.draw(st.sampled_from([name for name in NAMES if name != language]))
        changed = changed_schema(schema, Random(style), {language, kept}, data.draw(st.integers(1, 5)))
        first, second = (schema, changed) if data.draw(st.booleans()) else (changed, schema)
        truth = languages.side(kept, first, style).source
        text = str(languages.side(language, second, style + 1).text)
        ended(languages, truth, language, _DECORATE[language](text, Random(style)))

    _run(f"{language} {part}", test, 0.26 / _PARTS)


@pytest.mark.parametrize("part", range(_PARTS))
def test_what_changes_in_the_truth_changes_both_others(languages: Languages, part: int) -> None:
    def test(schema: Schema, style: int, data: st.DataObject) -> None:
        told, *others = data.draw(st.permutations(NAMES))
        changed = changed_schema(schema, Random(style), set(NAMES), data.draw(st.integers(1, 5)))
        truth = languages.side(told, changed, style).source
        for number, language in enumerate(others, 1):
            text = str(languages.side(language, schema, style + number).text)
            ended(languages, truth, language, _DECORATE[language](text, Random(style)))

    _run(f"both {part}", test, 0.22 / _PARTS)
