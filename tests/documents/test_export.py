"""`driftcheck export --to` a document: written, kept up to date, and checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..cli.running import run

SQL = """\
CREATE TYPE mood AS ENUM ('fine', 'sad');
CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL UNIQUE, mood mood);
COMMENT ON TABLE users IS 'Who signed up.';
COMMENT ON COLUMN users.email IS 'Where letters go.';
CREATE TABLE posts (
    id integer PRIMARY KEY,
    author integer NOT NULL REFERENCES users ON DELETE CASCADE,
    state text CHECK (state IN ('draft', 'live'))
);
CREATE INDEX posts_author ON posts (author DESC) WHERE state = 'live';
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "schema.sql").write_text(SQL)
    return tmp_path


def export(folder: Path, *words: str) -> tuple[int, str, str]:
    done = run(folder, "export", *words)
    return done.returncode, done.stdout, done.stderr


MARKDOWN = ("sql:schema.sql", "--to", "markdown")


def test_check_says_what_a_page_should_say(project: Path) -> None:
    where = (*MARKDOWN, "-o", "docs/SCHEMA.md")
    status, printed, _ = export(project, *where, "--check")
    assert status == 1
    assert "+++ b/docs/SCHEMA.md" in printed
    assert not (project / "docs").exists()
    assert export(project, *where)[0] == 0
    assert export(project, *where, "--check")[:2] == (0, "")
    (project / "schema.sql").write_text(SQL.replace("email text", "email varchar(320)"))
    status, printed, told = export(project, *where, "--check")
    assert status == 1
    assert re.search(r"^-.*`email` \| `text`", printed, re.M)
    assert re.search(r"^\+.*`email` \| `varchar\(320\)`", printed, re.M)
    assert "1 of 1 file says something else" in told
    page = (project / "docs" / "SCHEMA.md").read_bytes()
    (project / "docs" / "SCHEMA.md").write_bytes(page.replace(b"\n", b"\r\n"))
    (project / "schema.sql").write_text(SQL)
    assert export(project, *where, "--check")[0] == 0, "git may have written it with the ends of lines of Windows"


def test_what_people_wrote_survives(project: Path) -> None:
    where, page = (*MARKDOWN, "-o", "SCHEMA.md"), project / "SCHEMA.md"
    export(project, *where)
    text = page.read_text()
    for name, words in (("public.users", "\nAsk Ada.\n"), ("public.posts.state", "see `live.py`")):
        marker = f"<!-- driftcheck:words {name} -->"
        assert marker in text
        text = text.replace(marker, marker + words)
    page.write_text(text)
    assert export(project, *where, "--check")[0] == 0
    (project / "schema.sql").write_text(
        SQL.replace("state text CHECK (state IN ('draft', 'live'))", "kind text").replace(" WHERE state = 'live'", "")
    )
    assert export(project, *where)[0] == 0
    text = page.read_text()
    assert "<!-- driftcheck:words public.users -->\nAsk Ada.\n<!-- driftcheck:words end -->" in text
    assert "## Words without a place" in text
    assert "see `live.py`" in text
    assert export(project, *where, "--check")[0] == 0


def test_a_region_is_kept_up_to_date_and_the_rest_is_not_touched(project: Path) -> None:
    page = project / "README.md"
    page.write_bytes(
        b"# Ours\r\n\r\nWords.\r\n<!-- driftcheck:begin relationships -->\r\nold\r\n<!-- driftcheck:end -->\r\n"
        b"\r\n```\r\n<!-- driftcheck:begin values -->\r\n```\r\nmore\r\n<!-- driftcheck:begin table users -->\r\n"
        b"<!-- driftcheck:end -->\r\nlast, without an end of line"
    )
    before = page.read_bytes()
    assert export(project, *MARKDOWN, "-o", "README.md")[0] == 0
    after = page.read_bytes()
    assert after.startswith(before[: before.index(b"old")])
    assert after.endswith(b"<!-- driftcheck:end -->\r\nlast, without an end of line")
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert b"old" not in after
    assert "`users` | one → many | `posts`".encode() in after
    assert b"Who signed up." in after
    assert b"```\r\n<!-- driftcheck:begin values -->\r\n```\r\nmore" in after
    assert export(project, *MARKDOWN, "-o", "README.md", "--check")[0] == 0


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("# Ours\n", "a page that people wrote"),
        ("<!-- driftcheck:begin -->\n", "this region has no end"),
        ("<!-- driftcheck:begin -->\n<!-- driftcheck:begin -->\n<!-- driftcheck:end -->\n", "begins within another"),
        ("<!-- driftcheck:begin tabels -->\n<!-- driftcheck:end -->\n", "there is no 'tabels' to put here"),
        ("<!-- driftcheck:begin table x -->\n<!-- driftcheck:end -->\n", "has no table 'x'"),
    ],
)
def test_a_page_that_says_no_place_is_not_written_over(project: Path, page: str, said: str) -> None:
    (project / "NOTES.md").write_text(page)
    status, _, told = export(project, *MARKDOWN, "-o", "NOTES.md")
    assert status == 2
    assert said in told
    assert (project / "NOTES.md").read_text() == page


def test_a_folder_has_a_page_for_each_table(project: Path) -> None:
    where, folder = (*MARKDOWN, "-o", "docs/schema/"), project / "docs" / "schema"
    assert export(project, *where)[0] == 0
    (folder / "people.md").write_text("# Ours\n")
    assert export(project, *MARKDOWN, "-o", "docs/schema/all.md")[0] == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md",
        "all.md",
        "people.md",
        "posts.md",
        "users.md",
    ]
    assert "[`schema.sql:5`](../../schema.sql#L5)" in (folder / "posts.md").read_text()
    assert "[`users`](users.md)" in (folder / "posts.md").read_text()
    (project / "schema.sql").write_text(SQL[: SQL.index("CREATE TABLE posts")])
    status, printed, _ = export(project, *where, "--check")
    assert status == 1
    assert "+++ /dev/null" in printed
    assert export(project, *where)[0] == 0
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "all.md", "people.md", "users.md"]


def test_descriptions_come_from_a_file(project: Path) -> None:
    (project / "words.toml").write_text('[tables]\nposts = "What they say."\n[columns]\n"users.mood" = "Today\'s."\n')
    status, printed, _ = export(project, *MARKDOWN, "--descriptions", "words.toml")
    assert status == 0
    assert "What they say." in printed
    assert "Today's." in printed
    assert "Where letters go." in printed
    (project / "words.toml").write_text('[columns]\n"users.modo" = "Today\'s."\n')
    status, _, told = export(project, *MARKDOWN, "--descriptions", "words.toml")
    assert status == 2
    assert "did you mean users.mood?" in told


def test_the_config_says_what_goes_where(project: Path) -> None:
    (project / "driftcheck.toml").write_text(
        '[sources]\nsql = "sql:schema.sql"\n'
        '[[documents]]\nsource = "sql"\npath = "docs/schema/"\n'
        '[[documents]]\nsource = "sql"\nto = "mermaid"\npath = "docs/schema.mmd"\n'
        '[[documents]]\nsource = "sql"\nto = "json"\npath = "docs/schema.json"\n'
    )
    assert export(project, "--all", "--check")[0] == 1
    assert export(project, "--all")[0] == 0
    assert export(project, "--all", "--check")[:2] == (0, "")
    assert {path.name for path in (project / "docs").iterdir()} == {"schema", "schema.mmd", "schema.json"}
    (project / "docs" / "schema.mmd").write_text("erDiagram\n")
    status, printed, told = export(project, "--all", "--check")
    assert status == 1
    assert "+++ b/docs/schema.mmd" in printed
    assert "1 of 5 files says something else" in told


@pytest.mark.parametrize(("one", "other"), [("a.md", "docs/../a.md"), ("docs/", "docs/users.md")])
def test_two_documents_do_not_go_to_one_place(project: Path, one: str, other: str) -> None:
    folder = f'[sources]\nsql = "sql:schema.sql"\n[[documents]]\nsource = "sql"\npath = "{other}"\n'
    (project / "driftcheck.toml").write_text(folder)
    assert export(project, "--all")[0] == 0
    (project / "driftcheck.toml").write_text(f'{folder}[[documents]]\nsource = "sql"\npath = "{one}"\n')
    before = {path: path.read_bytes() for path in project.rglob("*.md")}
    status, _, told = export(project, "--all")
    assert status == 2
    assert "two documents go to" in told
    assert {path: path.read_bytes() for path in project.rglob("*.md")} == before


def test_the_config_of_a_stranger_writes_nowhere_else(project: Path) -> None:
    inner = project / "repository"
    (inner / ".git").mkdir(parents=True)
    (inner / "schema.sql").write_text(SQL)
    (inner / "driftcheck.toml").write_text(
        '[sources]\nsql = "sql:schema.sql"\n[[documents]]\nsource = "sql"\npath = "../SCHEMA.md"\n'
    )
    status, _, told = export(inner, "--all")
    assert status == 2
    assert "../SCHEMA.md" in told
    assert not (project / "SCHEMA.md").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sql:schema.sql",), "--to is missing: one of sql"),
        ((*MARKDOWN, "--check"), "--check is for a file"),
        (("sql:schema.sql", "--all"), "--all takes sources"),
        (("--all",), "the config has no documents"),
        (("sql:schema.sql", "--to", "dot", "-o", "./"), "is a folder"),
    ],
)
def test_words_that_do_not_fit_are_refused(project: Path, words: tuple[str, ...], said: str) -> None:
    status, _, told = export(project, *words)
    assert status == 2
    assert said in told


def test_what_a_delete_does_is_told(project: Path) -> None:
    _, printed, _ = export(project, *MARKDOWN)
    assert "- deletes its rows in [`posts`](#posts)" in printed
    assert "- [`posts`](#posts) by `author`, to `id` here (any number of rows)" in printed
    assert "`btree (author desc) where state = 'live'`" in printed


@pytest.mark.parametrize("form", ["sql", "mermaid"])
def test_what_is_made_of_a_source_does_not_take_its_place(project: Path, form: str) -> None:
    status, _, told = export(project, "sql:schema.sql", "--to", form, "-o", "schema.sql")
    assert status == 2
    assert "schema.sql is what sql is read from" in told
    assert (project / "schema.sql").read_text() == SQL


def test_a_file_that_is_none_is_written_to(project: Path) -> None:
    status, printed, _ = export(project, *MARKDOWN, "-o", "/dev/stdout")
    assert status == 0
    assert "### users" in printed


def test_a_link_does_not_lead_a_document_out_of_the_repository(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (project / ".git").mkdir()
    target = tmp_path_factory.mktemp("elsewhere") / "page.md"
    target.write_text("theirs")
    (project / "SCHEMA.md").symlink_to(target)
    status, _, told = export(project, *MARKDOWN, "-o", "SCHEMA.md")
    assert status == 2
    assert "SCHEMA.md" in told
    assert target.read_text() == "theirs"


VIEWS = """\
CREATE TABLE users (id integer PRIMARY KEY, email varchar(200), n numeric(8,2));
CREATE VIEW late AS SELECT * FROM early;
CREATE VIEW early AS SELECT u.*, lower(email) AS low FROM users u;
"""


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_columns_of_a_view_are_those_of_its_query(project: Path, form: str) -> None:
    """Also where what it reads is declared below it, as by Drizzle and in a database it may be."""
    statements = VIEWS.splitlines()
    (project / "schema.sql").write_text("\n".join([statements[0], statements[2], statements[1]]))
    _, printed, _ = export(project, "sql:schema.sql", "--to", form)
    of_views = printed[printed.index("Views") :]
    assert of_views.count("numeric(8,2)") >= 2
    assert "not known" not in of_views


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_columns_that_a_query_does_not_say_are_not_known(project: Path, form: str) -> None:
    (project / "schema.sql").write_text("CREATE VIEW v AS SELECT * FROM pg_stat_statements_info;")
    _, printed, _ = export(project, "sql:schema.sql", "--to", form)
    assert "What columns it has is not known" in printed


def test_views_of_sqlite_have_the_names_that_it_promises(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a varchar(10));\n"
        "CREATE VIEW v AS SELECT t.*, upper(a) AS u FROM t;\nCREATE VIEW w AS SELECT count(*) FROM t;\n"
        "CREATE VIEW x (n, m) AS SELECT count(*), a FROM t;\n"
        "CREATE VIEW y AS SELECT A, id AS i FROM v UNION SELECT 1, 2;\n"
        'CREATE VIEW z AS SELECT "nobody" FROM t;\n'
    )
    _, printed, _ = export(tmp_path, "sql:schema.sql", "--to", "markdown")
    shown = {
        part.split("\n")[0]: re.findall(r"^\| `(.*?)` \| (.*?) \|", part, re.M) for part in printed.split("\n### ")[1:]
    }
    assert shown["v"] == [("id", "`INTEGER`"), ("a", "`varchar(10)`"), ("u", "not known")]
    assert shown["x"] == [("n", "not known"), ("m", "`varchar(10)`")]
    assert shown["y"] == [("a", "`varchar(10)`"), ("i", "`INTEGER`")]
    assert shown["w"] == shown["z"] == []
    assert "database_type: 'SQLite'" in export(tmp_path, "sql:schema.sql", "--to", "dbml")[1]


def test_stars_over_stars_are_bounded(tmp_path: Path) -> None:
    views = [f"CREATE VIEW v{n} AS SELECT x.*, y.* FROM v{n - 1} x, v{n - 1} y;" for n in range(1, 30)]
    (tmp_path / "schema.sql").write_text("\n".join(["CREATE VIEW v0 AS SELECT 1 AS a;", *views]))
    status, printed, _ = export(tmp_path, "sql:schema.sql", "--to", "mermaid")
    assert status == 0
    status, printed, _ = export(tmp_path, "sql:schema.sql", "--to", "markdown")
    assert "What columns it has is not known" in printed


EVERYTHING_SAID = """\
CREATE SCHEMA s;
COMMENT ON SCHEMA s IS 'said 1';
CREATE TABLE s.t (a integer CONSTRAINT k PRIMARY KEY, b text, CONSTRAINT c CHECK (b <> ''));
COMMENT ON TABLE s.t IS 'said 2';
COMMENT ON COLUMN s.t.a IS 'said 3';
COMMENT ON CONSTRAINT k ON s.t IS 'said 4';
COMMENT ON INDEX s.k IS 'said 5';
COMMENT ON CONSTRAINT c ON s.t IS 'said 6';
CREATE INDEX c_b ON s.t (b);
COMMENT ON INDEX s.c_b IS 'said 7';
CREATE VIEW s.v AS SELECT a, b FROM s.t;
COMMENT ON VIEW s.v IS 'said 8';
COMMENT ON COLUMN s.v.b IS 'said 9';
CREATE TYPE s.e AS ENUM ('x');
COMMENT ON TYPE s.e IS 'said 10';
CREATE DOMAIN s.d AS text;
COMMENT ON DOMAIN s.d IS 'said 11';
CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
COMMENT ON FUNCTION s.f() IS 'said 12';
CREATE TRIGGER c BEFORE INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION s.f();
COMMENT ON TRIGGER c ON s.t IS 'said 13';
CREATE POLICY c ON s.t;
COMMENT ON POLICY c ON s.t IS 'said 14';
CREATE MATERIALIZED VIEW s.m AS SELECT a FROM s.v;
COMMENT ON MATERIALIZED VIEW s.m IS 'said 15';
CREATE INDEX m_a ON s.m (a);
COMMENT ON INDEX s.m_a IS 'said 16';
CREATE SEQUENCE s.q;
COMMENT ON SEQUENCE s.q IS 'said 17';
"""


def test_every_comment_is_on_the_page(project: Path) -> None:
    """Also on a check, a trigger and a policy that have one name."""
    (project / "schema.sql").write_text(EVERYTHING_SAID)
    _, printed, _ = export(project, "sql:schema.sql", "--to", "markdown")
    assert {int(number) for number in re.findall(r"\bsaid (\d+)\b", printed)} == set(range(1, 18))
