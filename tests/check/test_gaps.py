"""What could not be looked at never reads as nothing found, whatever was selected, ignored or accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.check import Request, check, update_baseline
from driftcheck.errors import ConfigError
from driftcheck.findings import Report
from driftcheck.render import FORMATS, renderer
from driftcheck.render.documents import document
from driftcheck.render.text import Style, render

SQL = "CREATE TABLE guests (id integer PRIMARY KEY, name text);\nCREATE TABLE rooms (id integer, beds integer);\n"
HEAD = "import { integer, pgTable, text } from 'drizzle-orm/pg-core';\n"
GUESTS = "export const guests = pgTable('guests', { id: integer('id').primaryKey(), name: text('name') });\n"
ROOMS = "export const rooms = pgTable('rooms', { id: integer('id'), beds: integer('beds') });\n"
WHOLE = HEAD + GUESTS + ROOMS

#: What TypeScript refuses, each in a part of its own; line 3 is where the rooms are.
BROKEN = {
    "a comma": ROOMS.replace("('id'),", "('id')"),
    "a bracket": ROOMS.replace("'beds')", "'beds'"),
    "a brace": ROOMS.replace(" });", " );"),
    "a quote": ROOMS.replace("'rooms'", "'rooms"),
    "a template": ROOMS.replace("'rooms'", "`rooms"),
    "a name": ROOMS.replace("const rooms", "const"),
    "a number": ROOMS.replace("integer('id')", "12abc"),
    "an operator": ROOMS.replace("integer('id')", "integer('id') ** "),
    "a conflict": f"<<<<<<< ours\n{ROOMS}=======\n>>>>>>> theirs\n",
    "a colon": ROOMS.replace("beds:", "beds"),
    "a keyword": ROOMS.replace("export const", "exprot const"),
    "python": "def rooms():\n    return None\n",
    "sql": "CREATE TABLE rooms (id integer);\n",
}  # fmt: skip

#: Files of the two sources, and how many gaps they have.
UNREAD: dict[str, tuple[dict[str, str], int]] = {
    "types of run time": (
        {
            "schema.ts": HEAD.replace("integer,", "customType, integer,")
            + "const odd = customType<{ data: string }>({ dataType() { return process.env.KIND!; } });\n"
            + GUESTS.replace("text('name')", "odd('name')")
            + ROOMS.replace("integer('id')", "odd('id')").replace("integer('beds')", "odd('beds')")
        },
        3,
    ),
    "a statement that does not parse": ({"schema.sql": SQL + "CREATE TABEL more (x integer);\n"}, 1),
    "a statement of run time": ({"schema.sql": SQL + "DO $$ BEGIN EXECUTE getenv(); END $$;\n"}, 1),
    "two statements alike": ({"schema.sql": SQL + "CREATE TABEL a (x integer);\n" * 2}, 2),
}

#: What narrows a check: options of the command, and lines of its config.
NARROWED: dict[str, Callable[[Path], dict[str, object]]] = {
    "nothing": lambda _: {},
    "--select DR203": lambda _: {"select": ("DR203",)},
    "--select DR2": lambda _: {"select": ("DR2",)},
    "--ignore DR901": lambda _: {"ignore": ("DR901",)},
    "--ignore DR906,gap": lambda _: {"ignore": ("DR906", "gap", "syntax-error")},
    "--ignore DR9": lambda _: {"ignore": ("DR9", "DR")},
    "--fail-on error": lambda _: {"fail_on": "error"},
    "DR9 off": lambda folder: _configured(folder, '[rules]\nDR9 = "off"\nDR90 = "off"\n'),
    "an ignored family": lambda folder: _configured(folder, '[[ignore]]\nrule = "DR9"\nreason = "r"\n'),
    "every gap ignored": lambda folder: _configured(folder, '[[ignore]]\nrule = "gap"\nobject = "*"\nreason = "r"\n'),
    "a schema ignored": lambda folder: _configured(
        folder, '[[ignore]]\nrule = "DR901"\nobject = "public.*"\nreason = "r"\n'
    ),
}


def _configured(folder: Path, config: str) -> dict[str, object]:
    (folder / "driftcheck.toml").write_text(config)
    return {}


def _files(folder: Path, files: dict[str, str]) -> None:
    for name, text in {"schema.ts": WHOLE, "schema.sql": SQL, **files}.items():
        (folder / name).write_text(text)


def _request(folder: Path, **options: object) -> Request:
    return Request(root=folder, sources=("drizzle:schema.ts", "sql:schema.sql"), **options)  # type: ignore[arg-type]


def _last(report: Report, style: Style | None = None) -> str:
    return render(report, style).splitlines()[-1]


def _assert_honest(report: Report, gaps: int) -> None:
    """No format says that all agrees, and each says how much was not understood."""
    assert report.gaps.total == gaps
    assert document(report)["summary"]["gaps"] == gaps
    counted = f"{gaps} gap{'' if gaps == 1 else 's'}"
    for style in (Style(), Style(quiet=True), Style(width=200, color=False, verbose=True)):
        assert "✓" not in render(report, style)
        assert f"; {counted}" in _last(report, style)
    for name in set(FORMATS) - {"text", "json", "jsonl", "gitlab"}:
        assert counted in renderer(name)(report), name


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("narrowed", NARROWED)
def test_a_file_that_does_not_parse_never_passes(broken: str, narrowed: str, tmp_path: Path) -> None:
    _files(tmp_path, {"schema.ts": HEAD + GUESTS + BROKEN[broken]})
    report = check(_request(tmp_path, **NARROWED[narrowed](tmp_path)))
    assert report.failed
    assert "DR906" in {finding.rule.code for finding in report.findings}
    _assert_honest(report, report.gaps.total)


@pytest.mark.parametrize("unread", UNREAD)
@pytest.mark.parametrize("narrowed", NARROWED)
def test_gaps_are_no_drift_and_stay(unread: str, narrowed: str, tmp_path: Path) -> None:
    files, gaps = UNREAD[unread]
    _files(tmp_path, files)
    report = check(_request(tmp_path, **NARROWED[narrowed](tmp_path)))
    assert report.failed is (narrowed != "--fail-on error")
    assert [finding.rule.code for finding in report.findings].count("DR901") == gaps
    assert f"no drift in what was understood; {gaps} gap" in _last(report)
    _assert_honest(report, gaps)


@pytest.mark.parametrize("unread", UNREAD)
def test_a_baseline_accepts_gaps_and_hides_none(unread: str, tmp_path: Path) -> None:
    files, gaps = UNREAD[unread]
    _files(tmp_path, files)
    update_baseline(_request(tmp_path), prune=False)
    report = check(_request(tmp_path))
    assert not report.failed
    assert [finding.rule.code for finding in report.findings] == ["DR901"] * gaps
    assert all(finding.accepted for finding in report.findings)
    assert f"no drift in what was understood; {gaps} gap" in _last(report)
    _assert_honest(report, gaps)


def test_a_baseline_accepts_as_many_as_there_were(tmp_path: Path) -> None:
    """Two statements alike are two gaps: the second is new."""
    wrong = "CREATE TABEL a (x integer);\n"
    _files(tmp_path, {"schema.sql": SQL + wrong})
    update_baseline(_request(tmp_path), prune=False)
    _files(tmp_path, {"schema.sql": SQL + wrong + wrong})
    report = check(_request(tmp_path))
    assert report.failed
    assert [finding.accepted for finding in report.findings] == [True, False]
    update_baseline(_request(tmp_path), prune=False)
    assert not check(_request(tmp_path)).failed
    _files(tmp_path, {"schema.sql": SQL + wrong})
    assert [one.rule.code for one in check(_request(tmp_path)).findings] == ["DR901", "DR903"]
    assert update_baseline(_request(tmp_path), prune=True).kept == 1
    assert not check(_request(tmp_path)).failed


def test_no_baseline_accepts_a_syntax_error(tmp_path: Path) -> None:
    _files(tmp_path, {"schema.ts": HEAD + GUESTS + BROKEN["a comma"]})
    update = update_baseline(_request(tmp_path), prune=False)
    assert update.unparsed == 1
    assert "DR906" not in (tmp_path / ".driftcheck-baseline.json").read_text()
    assert check(_request(tmp_path)).failed


@pytest.mark.parametrize("word", ["gap", "DR901", "dr901"])
def test_an_explicit_off_hides_gaps_that_are_counted_all_the_same(word: str, tmp_path: Path) -> None:
    _files(tmp_path, UNREAD["types of run time"][0])
    report = check(_request(tmp_path, **_configured(tmp_path, f'[rules]\n{word} = "off"\n')))
    assert report.findings == ()
    assert not report.failed
    assert "no drift in what was understood; 3 gaps (3 off)" in _last(report)
    _assert_honest(report, 3)


def test_an_ignore_at_the_place_hides_one(tmp_path: Path) -> None:
    wrong = "CREATE TABEL a (x integer);\n"
    _files(tmp_path, {"schema.sql": f"{SQL}-- driftcheck: ignore[gap] not ours\n{wrong}{wrong}"})
    report = check(_request(tmp_path))
    assert [finding.rule.code for finding in report.findings] == ["DR901"]
    assert "; 2 gaps (1 ignored)" in _last(report)
    _assert_honest(report, 2)


def test_an_ignore_of_the_config_names_the_gap_and_its_object(tmp_path: Path) -> None:
    _files(tmp_path, UNREAD["types of run time"][0])
    config = '[[ignore]]\nrule = "gap"\nobject = "public.guests.name"\nreason = "known"\n'
    report = check(_request(tmp_path, **_configured(tmp_path, config)))
    assert [finding.object.name for finding in report.findings] == ["beds", "id"]
    assert "; 3 gaps (1 ignored)" in _last(report)


def test_an_ignore_that_hides_no_gap_says_so(tmp_path: Path) -> None:
    _files(tmp_path, UNREAD["types of run time"][0])
    report = check(_request(tmp_path, **NARROWED["every gap ignored"](tmp_path)))
    (unused,) = (finding for finding in report.findings if finding.rule.code == "DR904")
    assert "hides no gap: name the object" in unused.message


@pytest.mark.parametrize("severity", ["off", "note", "warning"])
def test_no_config_lets_a_syntax_error_pass(severity: str, tmp_path: Path) -> None:
    _files(tmp_path, {})
    with pytest.raises(ConfigError, match="'syntax-error' is always an error"):
        check(_request(tmp_path, **_configured(tmp_path, f'[rules]\nsyntax-error = "{severity}"\n')))


def test_drift_beside_gaps_counts_both(tmp_path: Path) -> None:
    files, gaps = UNREAD["types of run time"]
    _files(tmp_path, {**files, "schema.sql": SQL.replace("beds integer", "beds text, more text")})
    report = check(_request(tmp_path))
    assert _last(report).startswith(f"1 error; {gaps} gaps · compared")
    _assert_honest(report, gaps)


def test_without_gaps_there_is_a_tick(tmp_path: Path) -> None:
    _files(tmp_path, {})
    report = check(_request(tmp_path))
    assert _last(report).startswith("✓ no drift: compared 2 tables")
    assert json.loads(renderer("json")(report))["summary"]["gaps"] == 0
