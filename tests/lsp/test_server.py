"""The server as a real client sees it: what it is told, and what it is offered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types

from driftcheck.check.readings import PythonChoice
from driftcheck.errors import UsageError
from driftcheck.lsp import serve

from ..cli.running import MODELS, SCHEMA_SQL, SCHEMA_TS, project
from .client import edited, editor, run, uri

SHORT = SCHEMA_SQL.replace("320", "255")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two sources, that a check runs nothing for."""
    (tmp_path / "schema.ts").write_text(SCHEMA_TS)
    (tmp_path / "schema.sql").write_text(SCHEMA_SQL)
    return tmp_path


def test_what_drifts_is_shown_in_both_files_and_fixed_from_either(root: Path) -> None:
    schema, sql = root / "schema.ts", root / "schema.sql"
    sql.write_text(SHORT)

    async def scenario() -> None:
        async with editor(root) as it:
            await it.checked(lambda: it.open(schema))
            (drift,) = it.at(sql)  # which is not open
            assert (drift.severity, drift.code, drift.source) == (types.DiagnosticSeverity.Error, "DR203", "driftcheck")
            assert drift.code_description is not None
            assert drift.code_description.href.endswith("/docs/rules.md#dr203-column-type")
            assert drift.range == types.Range(types.Position(3, 4), types.Position(3, 31))
            assert [one.location.uri for one in drift.related_information or ()] == [uri(schema)]
            (mirrored,) = it.at(schema)
            assert mirrored.severity == types.DiagnosticSeverity.Information
            assert [one.location.uri for one in mirrored.related_information or ()] == [uri(sql)]

            shown = await it.hover(schema, 5, 4)
            assert "| `drizzle` (truth) | `character varying(320)` | `not null` |" in shown
            assert "| `sql` | `character varying(255)` | `not null` |" in shown
            assert await it.definitions(schema, 5, 4) == [("schema.sql", 4)]
            assert await it.definitions(schema, 5, 12) == []  # `varchar` is the language's own
            assert await it.definitions(schema, 3, 16) == [("schema.sql", 2)]

            fix, _ = await it.actions(schema, 5)
            assert (fix.kind, fix.is_preferred) == (types.CodeActionKind.QuickFix, True)
            (all_,) = await it.actions(schema, 1, "source")
            assert edited(sql, fix.edit) == edited(sql, all_.edit) == SCHEMA_SQL
            it.open(sql)
            it.type(sql, f"-- typed\n{SHORT}")
            assert await it.actions(sql, 5) == []  # the edit is of another text
            it.type(sql, SHORT)
            (fix,) = await it.actions(sql, 4, "quickfix")
            await it.checked(lambda: it.save(sql, edited(sql, fix.edit)))
            assert it.at(sql) == it.at(schema) == []
            assert not it.client.messages

    run(scenario())


def test_places_are_in_utf_16_and_move_with_what_is_typed(root: Path) -> None:
    schema, sql = root / "schema.ts", root / "schema.sql"
    text = "\ufeff" + SCHEMA_TS.replace("  email", "\t/* 🦊é */ email").replace("\n", "\r\n")
    schema.write_bytes(text.encode())
    sql.write_text(SHORT + "-- 🦊\x0c\u2028 ends no line\nALTER TABLE users ADD /* 🦊🦊 */ extra text;\n")

    async def scenario() -> None:
        async with editor(root) as it:
            await it.checked(lambda: it.open(schema))
            (mirrored,) = [one for one in it.at(schema) if one.code == "DR203"]
            assert mirrored.range.start == types.Position(4, 1 + len("/* 🦊é */ ") + 1)
            assert mirrored.range.end.character == mirrored.range.start.character + len(
                "email: varchar('email', { length: 320 }).notNull()"
            )
            (extra,) = [one for one in it.at(sql) if one.code == "DR202"]
            assert extra.range.start.line == 6
            (fix,) = await it.actions(sql, 4, "quickfix")
            assert edited(sql, fix.edit) == sql.read_text().replace("255", "320")

            it.type(schema, "// one\n// more\n" + text.removeprefix("\ufeff").replace("\r\n", "\n"))
            await it.checked(lambda: it.save(sql))
            assert {one.range.start.line for one in it.at(schema) if one.code == "DR203"} == {6}
            assert "320" in await it.hover(schema, 7, 20)

    run(scenario())


def test_a_syntax_error_keeps_what_was_known_and_says_so(tmp_path: Path) -> None:
    root = project(tmp_path, schema_sql=SHORT)
    schema, sql, models = root / "schema.ts", root / "schema.sql", root / "models.py"
    longer = MODELS.replace("320", "255")
    models.write_text(longer)

    async def scenario() -> None:
        async with editor(root) as it:
            await it.checked(lambda: it.open(models))
            before = it.said(models)
            assert "255" in before[0]
            broken = longer.replace("    email: ", "    email: [")
            await it.checked(lambda: it.save(models, broken))
            (error,) = [one for one in it.said(models) if "SyntaxError" in one]
            assert [one for one in it.said(models) if one != error] == before
            assert error.endswith("what is said of sqlalchemy is of the last check that could read it")
            assert {one.range.start.line for one in it.at(models)} == {12}
            assert "`character varying(255)`" in await it.hover(models, 13, 6)
            assert "`users`" in await it.hover(models, 10, 8)
            assert await it.definitions(models, 10, 8) == [("schema.ts", 3), ("schema.sql", 2)]
            assert await it.actions(models, 13) == []

            it.open(schema)
            await it.checked(lambda: it.save(schema, SCHEMA_TS.replace("notNull()", "notNull(")))
            assert len(it.at(sql)) == 1  # the truth is unknown, and nothing is taken for gone
            assert any("syntax error" in one for one in it.said(schema))
            await it.checked(lambda: it.save(models, MODELS))
            await it.checked(lambda: it.save(schema, SCHEMA_TS.replace("320", "255")))
            assert it.said(sql) == []
            assert "320" in it.said(models)[0]

    run(scenario())


def test_of_two_saves_in_a_row_the_last_counts(root: Path) -> None:
    sql = root / "schema.sql"

    async def scenario() -> None:
        async with editor(root) as it:
            await it.checked(lambda: it.open(sql))
            before = len(it.client.progress_reports)
            it.save(sql, SHORT)
            it.save(sql, SCHEMA_SQL.replace("320", "10"))
            await it.until(lambda: "varying(10)" in "".join(it.said(sql)))
            assert len(it.client.progress_reports) <= before + 2
            it.save(sql, SCHEMA_SQL)
            await it.until(lambda: not it.at(sql))

    run(scenario())


def test_a_project_that_hangs_is_ended_by_a_newer_save(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    root, trace = project(tmp_path / "p"), tmp_path / "pid"
    models = root / "models.py"
    hanging = f"import os, time\nopen({str(trace)!r}, 'w').write(str(os.getpid()))\nprint('noise')\ntime.sleep(600)\n"
    models.write_text(hanging + MODELS)

    async def scenario() -> None:
        async with editor(root) as it:
            it.open(models)
            await it.until(lambda: trace.exists() and trace.read_text())
            await it.checked(lambda: it.save(models, "print('noise')\n" + MODELS.replace("320", "9")))
            await it.until(lambda: "varying(9)" in "".join(it.said(models)))
            await it.until(lambda: not _runs(int(trace.read_text())))
            trace.unlink()
            it.save(models, hanging + MODELS)
            await it.until(lambda: trace.exists() and trace.read_text())
        await it.until(lambda: not _runs(int(trace.read_text())))

    run(scenario())


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return True


def test_errors_of_the_config_are_shown_in_it_until_it_is_mended(root: Path) -> None:
    config, sql = root / "driftcheck.toml", root / "schema.sql"
    config.write_text('truth = "sql"\n[sources]\nsql = "sql:schema.sql"\ndrizzle = "drizzel:schema.ts"\n')
    sql.write_text(SHORT)

    async def scenario() -> None:
        async with editor(root) as it:
            await it.checked(lambda: it.open(sql))
            (error,) = it.at(config)
            assert (error.severity, error.range.start.line) == (types.DiagnosticSeverity.Error, 3)
            assert "drizzel" in error.message
            (message,) = it.client.messages
            assert "drizzel" in message.message
            config.write_text(config.read_text().replace("drizzel", "drizzle"))
            change = types.FileEvent(uri(config), types.FileChangeType.Changed)
            await it.checked(
                lambda: it.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
            )
            assert it.at(config) == []
            assert "255" in it.said(root / "schema.ts")[0]
            config.write_text("truth = \n")
            it.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
            await it.until(lambda: it.at(config))
            assert "TOML" in it.said(config)[0]
            assert "255" in it.said(root / "schema.ts")[0]

    run(scenario())


def test_each_folder_is_a_project_and_what_has_nothing_to_compare_stays_quiet(tmp_path: Path) -> None:
    one, two, three = tmp_path / "one", tmp_path / "two", tmp_path / "three"
    for folder, text in ((one, SHORT), (two, SCHEMA_SQL.replace("320", "9"))):
        folder.mkdir()
        (folder / "schema.ts").write_text(SCHEMA_TS)
        (folder / "schema.sql").write_text(text)
    three.mkdir()
    (three / "other.py").write_text("print('nothing')\n")
    (tmp_path / "link").symlink_to(one, target_is_directory=True)

    async def scenario() -> None:
        link = tmp_path / "link"
        async with editor(link, two, three, client="neovim") as it:
            for path in (link / "schema.ts", two / "schema.ts", three / "other.py"):
                it.open(path)
            await it.until(lambda: it.at(link / "schema.sql") and it.at(two / "schema.sql"))
            await it.until(lambda: it.client.log_messages)
            assert "255" in it.said(link / "schema.ts")[0]
            assert "varying(9)" in it.said(two / "schema.ts")[0]
            assert not it.client.messages
            gone = types.WorkspaceFoldersChangeEvent([], [types.WorkspaceFolder(uri(two), "two")])
            it.client.text_document_did_close(
                types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri(two / "schema.ts")))
            )
            it.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(gone))
            await it.until(lambda: not it.at(two / "schema.sql"))
            assert it.at(link / "schema.sql")

    run(scenario())


NAMES = ["`code`", "[x](command:y)", "a|b", "a\\|[x](http://y)", "<img src=x>", "\u202eevil", "a\nb", "![x](http://y)"]


def test_nothing_in_a_name_is_markup_or_hidden(root: Path) -> None:
    schema, sql = root / "schema.ts", root / "schema.sql"
    columns = "".join(f"  c{number}: text({name!r}),\n" for number, name in enumerate(NAMES))
    schema.write_text(
        f"import {{ pgTable, text }} from 'drizzle-orm/pg-core';\nexport const t = pgTable('t', {{\n{columns}}});\n"
    )
    (root / "driftcheck.toml").write_text('[sources]\ndrizzle = "drizzle:schema.ts"\nsql = "sql:schema.sql"\n')
    sql.write_text("CREATE TABLE t (\n" + ",\n".join(f'  "{name}" integer' for name in NAMES) + "\n);\n")

    async def scenario() -> None:
        async with editor(root) as it:
            await it.checked(lambda: it.open(schema))
            assert len(it.at(sql)) == len(NAMES)
            for message in it.said(sql):
                assert message.isprintable()
            for number, name in enumerate(NAMES):
                shown = await it.hover(schema, 3 + number, 3)
                assert shown.replace("\n", "").isprintable()
                title, _, *rows = shown.splitlines()
                assert "integer" in rows[3]
                if "`" not in name and "|" not in name:
                    assert title.count("`") == 2
                    assert title.startswith("**`t.")

    run(scenario())


def test_no_exec_runs_nothing_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    trace = tmp_path / "ran"
    root = project(tmp_path / "p", schema_sql=SHORT, models=f"open({str(trace)!r}, 'w')\n" + MODELS)

    async def scenario() -> None:
        async with editor(root, words=("--stdio", "--no-exec")) as it:
            await it.checked(lambda: it.open(root / "schema.ts"))
            assert it.at(root / "schema.sql")
            assert not trace.exists()

    run(scenario())


@pytest.mark.parametrize(("sent", "status"), [(b"", 1), (b"exit", 1)], ids=["gone", "exit without shutdown"])
def test_a_client_that_does_not_say_goodbye_is_an_error(root: Path, sent: bytes, status: int) -> None:
    body = b'{"jsonrpc":"2.0","method":"%s"}' % sent
    message = b"Content-Length: %d\r\n\r\n%s" % (len(body), body) if sent else b""
    ended = subprocess.run(
        [sys.executable, "-m", "driftcheck", "lsp"],
        input=message,
        cwd=root,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (status, b"")


def test_without_pygls_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    with pytest.raises(UsageError) as raised:
        serve(PythonChoice())
    assert raised.value.hint == "install it where driftcheck is: pip install 'driftcheck[lsp]'"
