"""Whatever changes in a schema, the edits of a drifting file end it, and touch nothing else."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.differ.engine import compare
from driftcheck.differ.scope import WORDS
from driftcheck.findings import Finding
from driftcheck.fixes import fixed
from driftcheck.fixes.edits import applied, together
from driftcheck.fixes.files import Files
from driftcheck.project import Project
from driftcheck.reading import Source

from .languages import NAMES, Languages
from .mutations import Mutation, mutations
from .spec import Schema
from .strategies import schemas

_MANY = settings(
    derandomize=settings().max_examples <= 2_000,
    max_examples=max(100, settings().max_examples // 5),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
_EVERYTHING = dict.fromkeys(WORDS, "always")
#: Files are read again for what the first edits leave or let appear.
_ROUNDS = 6


def _changed(schema: Schema, random: Random, able: set[str], count: int) -> Schema:
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
    return [one for one in findings if one.rule.code != "DR212"]


def _ended(languages: Languages, truth: Source, language: str, text: str) -> str:
    """`text` edited until it says what the truth says."""
    seen = [text]
    for _ in range(_ROUNDS):
        other = languages.source(language, text)
        files = Files(Project(languages.root))
        found = _found(truth, other, files)
        if not found:
            return text
        placed, _, edits = together((one, one.fix.edits) for one in found if one.fix and one.fix.edits)
        assert placed, ([(one.message, one.fix and one.fix.unplaced) for one in found], *seen)
        for path, mine in edits.items():
            text = applied(files.data(path) or b"", mine).decode()
        seen.append(text)
    raise AssertionError(("not ended", *seen))


@pytest.mark.parametrize("language", ["drizzle"])
@_MANY
@given(schema=schemas(), style=st.integers(0, 2**32), data=st.data())
def test_mutations_are_mended(
    languages: Languages, language: str, schema: Schema, style: int, data: st.DataObject
) -> None:
    kept = data.draw(st.sampled_from([name for name in NAMES if name != language]))
    changed = _changed(schema, Random(style), {language, kept}, data.draw(st.integers(1, 5)))
    first, second = (schema, changed) if data.draw(st.booleans()) else (changed, schema)
    truth = languages.side(kept, first, style).source
    text = str(languages.side(language, second, style + 1).text)
    _ended(languages, truth, language, text)
