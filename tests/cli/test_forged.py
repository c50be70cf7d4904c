"""Nothing that a stranger names or prints becomes a command to a log or a terminal: on either stream, in any format."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from driftcheck.cli.main import _run
from driftcheck.render import FORMATS

#: What a log or a terminal would obey, or what shows something else than it is.
HOSTILE = (
    "\n::error file=a.sql::not ours",
    "\n  ::warning::after blanks",
    "\r::notice::a return",
    "::error::at the beginning",
    "##[error]anywhere",
    "x##[group]in the middle",
    "##vso[task.setvariable variable=a]b",
    "##teamcity[buildProblem]",
    "[command]rm",
    "section_start:1700000000:x\r\x1b[0K",
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;http://evil\x1b\\here\x1b]8;;\x1b\\",
    "\x07bell\x08\x08",
    "\x9b31mone character",
    "\u2028::error::line",
    "\u2029::error::paragraph",
    "\x85::error::next line",
    "\x0b::error::\x0c::error::",
    "\x1c::error::separator",
    "\xa0::error::no-break",
    "\u3000::error::wide",
    "\u202egnp\u202c",
    "\u2066isolated\u2069",
    "zero\u200bwidth\u200d",
    "\ufeffmark",
    "\U000e0001\U000e0041tags",
    "\u3164filler",
    "soft\xadhyphen",
)  # fmt: skip

#: Some alone, and all of them in a few long texts that begin with different ones.
GROUPS = (*HOSTILE[:4], *("".join(HOSTILE[number::5]) for number in range(5)))

_STYLES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b\x07]*\x1b\\")
_ANNOTATION = re.compile(r"::(?:error|warning|notice) (?:\w+=[^:,]*,?)+::")
_COMMAND = re.compile(r"##[\w-]*\[|section_(?:start|end):\d")


def assert_harmless(text: str, form: str = "text", *, styled: bool = False) -> None:
    bare = _STYLES.sub("", text) if styled else text
    for line in bare.split("\n"):
        begins = line.lstrip().startswith(("::", "[command]"))
        assert not begins or (form == "github" and _ANNOTATION.match(line)), line
        assert not _COMMAND.search(line), line
        # Markdown keeps names from calling people and links by a character of its own.
        shown = line.replace("\u2060", "") if form == "markdown" else line
        assert shown.replace("\t", "").isprintable(), ascii(line)
        assert "\u3164" not in line


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command in `tmp_path`: its exit status, and what it prints on both streams."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(tmp_path.parent / "cache"))

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["driftcheck", *words])
        status = _run()
        sys.stdout.flush()
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return run


#: What people print to logs and terminals; the other formats are printed in one test, and in files in all of them.
_PRINTED = ("text", "github")
_REPORTS = [word for form in FORMATS for word in ("--report", f"{form}=report.{form}")]


def _diff(command: Run, *sources: str, status: int | None = 1, printed: Sequence[str] = _PRINTED) -> None:
    """The check in every format to a file, and in some to the screen."""
    for form in printed:
        reports = _REPORTS if form == printed[0] else ()
        found, out, err = command("diff", *sources, "--format", form, "-v", *reports)
        assert status is None or found == status, err
        assert out or found == 2
        assert_harmless(out, form)
        assert_harmless(err)
        for name in FORMATS if reports and found != 2 else ():
            assert_harmless(Path(f"report.{name}").read_text(encoding="utf-8"), name)
    for more in (("--show-fixes",), ("-q",), ("--color", "always", "-v")):
        _, out, err = command("diff", *sources, *more)
        assert_harmless(out, styled="always" in more)
        assert_harmless(err)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sql() -> str:
    """SQL in which every name and text is hostile."""
    lines = []
    for number, text in enumerate(HOSTILE):
        name = f"{text[:18]}{number}"
        lines += [
            f"CREATE TYPE {_quoted('e' + name)} AS ENUM ({_literal(text)}, 'b');",
            f"CREATE TABLE {_quoted(name)} ({_quoted(name)} text DEFAULT {_literal(text)},"
            f" b integer, CONSTRAINT {_quoted('c' + name)} CHECK ({_quoted(name)} <> {_literal(text)}));",
            f"CREATE INDEX {_quoted('i' + name)} ON {_quoted(name)} ({_quoted(name)});",
            f"COMMENT ON TABLE {_quoted(name)} IS {_literal(text)};",
            f"CREATE FUNCTION {_quoted('f' + name)}() RETURNS text LANGUAGE sql AS {_literal('SELECT 1 -- ' + text)};",
            f"CREATE VIEW {_quoted('v' + name)} AS SELECT {_literal(text)} AS {_quoted(name)};",
            f"CREATE POLICY {_quoted('p' + name)} ON {_quoted(name)} TO {_quoted('r' + name)} USING (true);",
            f"CREATE SEQUENCE {_quoted('s' + name)};",
            f"CREATE {_quoted(name)} TABEL {_literal(text)};",
        ]
    return "\n".join(lines)


def _typescript() -> str:
    """A schema in which every name and text is hostile, and what is not understood, too."""
    lines = ["import { pgTable, pgEnum, text, integer, check, customType } from 'drizzle-orm/pg-core';",
             "import { sql } from 'drizzle-orm';"]  # fmt: skip
    for number, text in enumerate(HOSTILE):
        name, value = json.dumps(f"{text[:18]}{number}"), json.dumps(text)
        lines += [
            f"export const e{number} = pgEnum({json.dumps(f'{text[:18]}{number}e')}, [{value}, 'b']);",
            f"export const t{number} = pgTable({name}, {{ a: text({name}).default({value}), n: integer({value}),",
            f"  u: text({json.dumps(text[:10])} + process.env[{value}]),",
            f"}}, () => [check({name}, sql`{json.dumps(text)[1:-1]} <> 1`)]);",
        ]
    return "\n".join(lines)


def test_names_and_texts_of_sql(command: Run) -> None:
    Path("a.sql").write_text(_sql(), encoding="utf-8", newline="")
    Path("b.sql").write_text("CREATE TABLE other (id integer);")
    _diff(command, "a=sql:a.sql", "b=sql:b.sql", printed=FORMATS)
    _diff(command, "b=sql:b.sql", "a=sql:a.sql")


def test_names_and_texts_of_typescript(command: Run) -> None:
    Path("schema.ts").write_text(_typescript(), encoding="utf-8")
    Path("b.sql").write_text("CREATE TABLE other (id integer);")
    _diff(command, "drizzle:schema.ts", "sql:b.sql")
    _diff(command, "sql:b.sql", "drizzle:schema.ts")


@pytest.mark.parametrize("form", ["sql", "json"])
@pytest.mark.parametrize("file", ["sql:a.sql", "drizzle:schema.ts"])
def test_exports(form: str, file: str, command: Run) -> None:
    Path("a.sql").write_text(_sql(), encoding="utf-8", newline="")
    Path("schema.ts").write_text(_typescript(), encoding="utf-8")
    status, out, err = command("export", file, "--to", form)
    assert status == 0
    assert_harmless(out)
    assert_harmless(err)
    assert "not understood" in err


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
@pytest.mark.parametrize("text", GROUPS, ids=ascii)
def test_names_of_files(text: str, command: Run) -> None:
    name = text.replace("/", "|")[:60]
    for folder in ("m", f"n{name}"):
        Path(folder).mkdir()
        Path(folder, f"1{name}.sql").write_text("CREATE TABLE guests (id integer);\nfrobnicate;\n")
    Path("other.sql").write_text("CREATE TABLE guests (id bigint);")
    _diff(command, "a=sql:m", "b=sql:other.sql")
    for source in ("sql:m", f"sql:n{name}", f"sql:gone{name}", f"drizzle:gone{name}", f"snapshot:gone{name}"):
        _, out, err = command("export", source, "--to", "sql")
        assert_harmless(out)
        assert_harmless(err)
    for words in (("init",), ("baseline", "a=sql:m", "b=sql:other.sql"), ("diff",)):
        _, out, err = command(*words)
        assert_harmless(out)
        assert_harmless(err)


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_a_name_that_is_no_text(command: Run) -> None:
    os.mkdir(b"m")
    with open(b"m/1\xff\xfe.sql", "w") as file:
        file.write("CREATE TABLE guests (id integer);\nfrobnicate;\n")
    Path("other.sql").write_text("CREATE TABLE guests (id bigint);")
    _diff(command, "a=sql:m", "b=sql:other.sql", status=None)


def _toml(text: str) -> str:
    return "".join(f"\\U{ord(char):08x}" if not char.isalnum() else char for char in text)


@pytest.mark.slow
@pytest.mark.parametrize("hostile", [*GROUPS, "a\0b", "A=B"], ids=ascii)
def test_configs(hostile: str, command: Run) -> None:
    text = _toml(hostile)
    Path("a.sql").write_text("CREATE TABLE guests (id integer);")
    sources = '[sources]\na = "sql:a.sql"\nb = "sql:a.sql"\n'
    for config in (
        f'[sources]\na = "sql:gone{text}.sql"\nb = "sql:a.sql"\n',
        f'[sources]\n"{text}" = "sql:a.sql"\nb = "sql:a.sql"\n',
        f'"{text}" = 1\n',
        f'fail-on = "{text}"\n',
        f'baseline = "{text}"\n{sources}',
        f'truth = "{text}"\n{sources}',
        f'exclude = ["{text}"]\n{sources}',
        f'{sources}[rules]\n"{text}" = "off"\n',
        f'{sources}[rules]\ncolumn-type = "{text}"\n',
        f'{sources}[[ignore]]\nrule = "DR203"\nobject = "{text}"\nreason = "{text}"\n',
        f'{sources}[[ignore]]\nrule = "{text}"\nreason = "r"\n',
        f'{sources}[compare]\n"{text}" = "always"\n',
        f'[sources.a]\nkind = "{text}"\nlocation = "a.sql"\n',
        f'[sources.a]\nkind = "sqlalchemy"\nlocation = "gone:{text}"\nenv = {{ "{text}" = "{text}" }}\n'
        '[sources.b]\nkind = "sql"\nlocation = "a.sql"\n',
        f"# {hostile}\n[",
    ):
        Path("driftcheck.toml").write_text(config, encoding="utf-8", newline="")
        for words in (("diff",), ("diff", "--format", "github"), ("baseline",), ("export", "a", "--to", "sql")):
            status, out, err = command(*words)
            assert "driftcheck itself failed" not in err
            assert_harmless(out, words[-1])
            assert_harmless(err)
            assert status in (0, 1, 2)


@pytest.mark.parametrize("text", GROUPS, ids=ascii)
def test_words_of_the_command(text: str, command: Run) -> None:
    Path("a.sql").write_text("CREATE TABLE guests (id integer);")
    two = ("a=sql:a.sql", "b=sql:a.sql")
    for words in (
        ("diff", text, "b=sql:a.sql"),
        ("diff", f"{text}=sql:a.sql", "b=sql:a.sql"),
        ("diff", f"a={text}:a.sql", "b=sql:a.sql"),
        ("diff", *two, "--truth", text),
        ("diff", *two, "--select", text),
        ("diff", *two, "--ignore", text),
        ("diff", *two, "--format", text),
        ("diff", *two, "--report", text),
        ("diff", *two, "--report", f"{text}=x"),
        ("diff", *two, "--report", f"json={text}/x/y"),
        ("diff", *two, "--to-sql", f"{text}=x"),
        ("diff", *two, "--fail-on", text),
        ("diff", *two, "--config", text),
        ("diff", *two, "-C", text),
        ("diff", *two, "--timeout", text),
        ("diff", *two, f"--{text}"),
        ("diff", "sqlalchemy:" + text, "b=sql:a.sql", "--python", text),
        ("export", text, "--to", "sql"),
        ("export", "sql:a.sql", "--to", text),
        ("explain", text),
        ("snapshot", text),
        (text,),
    ):
        status, out, err = command(*words)
        assert "driftcheck itself failed" not in err, words
        assert_harmless(out)
        assert_harmless(err)
        assert status == 2, words


@pytest.mark.slow
def test_what_models_print_and_raise(command: Run) -> None:
    printed = "\n".join(f"print({text!r})\nsys.stderr.write({text!r} + '\\n')" for text in HOSTILE)
    head = "import sys\nfrom sqlalchemy import Column, Integer, MetaData, Table\nmetadata = MetaData()\n"
    Path("base.sql").write_text("CREATE TABLE guests (id integer PRIMARY KEY);")
    all_of_them = "".join(HOSTILE)
    for end in ("raise RuntimeError({!r})", "import {}", "sys.exit({!r})", "class {}: pass\nx = y"):
        for text in (all_of_them, HOSTILE[0], HOSTILE[4]) if end.startswith("raise") else (all_of_them,):
            Path("models.py").write_text(head + printed + "\n" + end.format(text) + "\n", encoding="utf-8")
            commands = [
                ("diff", "sqlalchemy:models:metadata", "sql:base.sql", "--no-cache"),
                ("snapshot", "sqlalchemy:models:metadata"),
                ("export", "sqlalchemy:models:metadata", "--to", "json"),
            ]
            for words in commands if text == HOSTILE[0] else commands[:1]:
                status, out, err = command(*words)
                assert status == 2
                assert out == ""
                assert "driftcheck itself failed" not in err
                assert_harmless(err)


@pytest.mark.slow
def test_names_in_models(command: Run) -> None:
    tables = "\n".join(
        f"Table({f'{text[:18]}{number}'!r}, metadata, Column({text[:18]!r}, Integer, comment={text!r}),"
        f" Column('b', Enum({text!r}, 'x', name={f'e{text[:18]}{number}'!r})))"
        for number, text in enumerate(HOSTILE)
    )
    Path("models.py").write_text(
        f"from sqlalchemy import Column, Enum, Integer, MetaData, Table\nmetadata = MetaData()\n{tables}\n",
        encoding="utf-8",
    )
    Path("base.sql").write_text("CREATE TABLE guests (id integer PRIMARY KEY);")
    _diff(command, "sqlalchemy:models:metadata", "sql:base.sql", status=None)
    _, out, err = command("snapshot", "sqlalchemy:models:metadata")
    assert_harmless(out)
    assert_harmless(err)


def test_snapshots(command: Run) -> None:
    gaps = [
        {"location": {"path": text, "line": 1}, "what": text, "why": text, "object": f"public.{text}"}
        for text in HOSTILE
    ]
    document = {
        "format": 1,
        "language": HOSTILE[0],
        "notes": list(HOSTILE),
        "gaps": gaps,
        "statements": {"read": 1, "unmodelled": dict.fromkeys(HOSTILE, 1)},
        "tool": {"version": HOSTILE[0]},
        "hashes": dict.fromkeys(HOSTILE, "x"),
        "schema": {"tables": [{"schema": "public", "name": "guests"}]},
    }
    Path("base.sql").write_text("CREATE TABLE guests (id integer PRIMARY KEY);")
    for text in ("", *GROUPS):
        for broken in ({}, {"language": text}, {"gaps": [{text: text}]}, {"schema": {text: []}}, {"format": text}):
            Path("s.json").write_text(json.dumps(document | broken))
            for words in (
                ("diff", "snapshot:s.json", "sql:base.sql"),
                ("diff", "snapshot:s.json", "sql:base.sql", "--format", "markdown"),
                ("export", "snapshot:s.json", "--to", "json"),
            ):
                _, out, err = command(*words)
                assert_harmless(out, words[-1])
                assert_harmless(err)
        if not text:
            _diff(command, "snapshot:s.json", "sql:base.sql", status=None)


def test_the_real_name_is_shown_and_written(command: Run) -> None:
    """Escaped on the screen, as it is in the script."""
    name = "guests\n::error file=a.sql::not ours\n\u202e"
    Path("a.sql").write_text(f"CREATE TABLE {_quoted(name)} (id integer);", encoding="utf-8")
    Path("b.sql").write_text("CREATE TABLE other (id integer);")
    _, out, _ = command("diff", "a=sql:a.sql", "b=sql:b.sql", "--show-fixes", "--to-sql", "fix.sql")
    assert r"guests\x0a::error file=a.sql::not ours\x0a\u202e" in out
    assert f"CREATE TABLE public.{_quoted(name)}" in Path("fix.sql").read_text(encoding="utf-8")
