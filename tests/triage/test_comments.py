"""Comments are comments, and strings that look like comments are not."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pglast.parser
import pytest

from driftcheck.sql.comments import comments_in
from driftcheck.triage.comments import comments, python, typescript

ROOT = Path(__file__).parents[2]
LANGUAGES = {"sql": comments_in, "python": python, "typescript": typescript}

CASES: list[tuple[str, str, list[str]]] = [
    ("sql", "a -- x\nb", ["-- x"]),
    ("sql", "'-- x' /* y */ '''/*' -- z", ["/* y */", "-- z"]),
    ("sql", "/* a /* b */ -- c\n */ d -- e", ["/* a /* b */ -- c\n */", "-- e"]),
    ("sql", "/* open", ["/* open"]),
    ("sql", "E'\\' -- x' -- y", ["-- y"]),
    ("sql", "'a\\' -- y", ["-- y"]),
    ("sql", "name'\\' -- y", ["-- y"]),
    ("sql", '"a--b" -- y', ["-- y"]),
    ("sql", "$$ -- x $$ -- y", ["-- y"]),
    ("sql", "$f$ -- x $$ -- z $f$ -- y", ["-- y"]),
    ("sql", "a$b$ -- y\n$c", ["-- y"]),
    ("sql", "SELECT $1 -- y\n, $2", ["-- y"]),
    ("sql", "COPY public.t (a) FROM stdin;\nit's -- x\n\\.\n-- y", ["-- y"]),
    ("sql", "-- it's\n-- that's", ["-- it's", "-- that's"]),
    ("python", "a # x\n'# y' \"# z\" # w", ["# x", "# w"]),
    ("python", '"""\n# x "" \\"""\n""" # y', ["# y"]),
    ("python", "r'\\' # x' # y", ["# y"]),
    ("python", "f'{a[\"#\"]}' # y", ["# y"]),
    ("typescript", "a // x\n'// y' `// ${ b /* z */ } //` // w", ["// x", "/* z */", "// w"]),
    ("typescript", "const a = /['`]\\/\\/ x/ // y\n", ["// y"]),
    ("typescript", "const é = '𝕏' // y\n/* z\n*/ b", ["// y", "/* z\n*/"]),
    ("typescript", "const u = 'https://x.y'; const v: Record<string, number> = {} // y", ["// y"]),
]


@pytest.mark.parametrize(("spoken", "text", "expected"), CASES)
def test_comments(spoken: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in LANGUAGES[spoken](text)] == expected


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        ("a/schema.sql", "sql", "sql"),
        ("a/schema.TS", "drizzle", "typescript"),
        ("a/models.py", "sqlalchemy", "python"),
        ("a/schema.txt", "sql", "sql"),
        ("schema", "drizzle", "typescript"),
        ("schema.json", "snapshot", None),
        ("meta/_journal.json", "sql", None),
        ("schema", "snapshot", None),
    ],
)
def test_a_file_has_the_comments_of_its_suffix_else_of_the_source_that_read_it(
    path: str, kind: str, expected: str | None
) -> None:
    marks = {"sql": "-- c", "typescript": "// c", "python": "# c"}
    for name, mark in marks.items():
        assert bool(comments(f"\n{mark}\n", path, kind)) == (name == expected)


def test_sql_as_postgres_scans_it() -> None:
    """The server's own scanner (libpg_query) is the judge."""
    texts = [text for spoken, text, _ in CASES if spoken == "sql" and "COPY" not in text and "open" not in text]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures").rglob("*.sql"))]
    for text in texts:
        found = [token for token in pglast.parser.scan(text) if token.name in ("SQL_COMMENT", "C_COMMENT")]
        assert list(comments_in(text)) == [(token.start, token.end + 1) for token in found]


def test_python_as_python_tokenizes_it() -> None:
    """On the standard library, which holds whatever Python allows."""
    paths = sorted(Path(ast.__file__).parent.glob("*.py"))[::4]
    assert len(paths) > 30
    for path in paths:
        text = path.read_text(encoding="utf-8")
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        expected = [token.string for token in tokens if token.type == tokenize.COMMENT]
        assert [text[start:end] for start, end in python(text)] == expected
