"""What a config file comes to, and where its mistakes are said to be."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from driftcheck.config import BASELINE, Config, load
from driftcheck.errors import ConfigError
from driftcheck.findings import Rule, Severity
from driftcheck.model import Location

FULL = """\
[project]
name = "shop"

[tool.driftcheck]
truth = "drizzle"
fail-on = "error"
exclude = ["auth.*",
  "public.legacy_*"]
baseline = "ci/accepted.json"

[tool.driftcheck.sources]
drizzle = "drizzle:frontend/drizzle.config.ts"
sql = { kind = "sql", location = "db/schema.sql" }

[tool.driftcheck.sources.sqlalchemy]
kind = "sqlalchemy"
location = "backend.models:Base"
python = ".venv/bin/python"
timeout = 90
stub-missing = true
snapshot = "models.json"
env.APP_ENV = "ci"
env.EMPTY = ""

[tool.driftcheck.rules]
column-order = "warning"
DR402 = "off"

[tool.driftcheck.compare]
policies = "always"

[tool.driftcheck.require]
row-level-security = true

[[tool.driftcheck.ignore]]
rule = "table-extra"
object = "public.queue_metrics"
source = "sqlalchemy"
reason = "backend only"
until = 2027-03-01

[[tool.driftcheck.ignore]]
rule = "DR5"
reason = "indexes are tuned by hand"
"""


def written(root: Path, text: str, name: str = "pyproject.toml") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_everything(tmp_path: Path) -> None:
    written(tmp_path, FULL)
    config = load(tmp_path)
    assert config is not None
    assert (config.path, config.truth, config.fail_on, config.baseline) == (
        "pyproject.toml", "drizzle", "error", "ci/accepted.json",
    )  # fmt: skip
    assert [(glob.pattern, glob.place) for glob in config.exclude] == [
        ("auth.*", Location("pyproject.toml", 7)),
        ("public.legacy_*", Location("pyproject.toml", 8)),
    ]
    assert [(source.name, source.kind, source.location, source.place) for source in config.sources] == [
        ("drizzle", "drizzle", "frontend/drizzle.config.ts", Location("pyproject.toml", 12)),
        ("sql", "sql", "db/schema.sql", Location("pyproject.toml", 13)),
        ("sqlalchemy", "sqlalchemy", "backend.models:Base", Location("pyproject.toml", 15)),
    ]
    models = config.sources[2]
    assert (models.python, models.timeout, models.stub_missing, models.snapshot) == (
        ".venv/bin/python", 90.0, True, "models.json",
    )  # fmt: skip
    assert models.env == {"APP_ENV": "ci", "EMPTY": ""}
    assert config.rules == {"column-order": Severity.WARNING, "DR402": Severity.OFF}
    assert config.compare == {"policies": "always"}
    assert config.required == {"row-level-security": Location("pyproject.toml", 33)}
    first, second = config.ignores
    assert (first.rule, first.object, first.source, first.reason, first.until, first.place) == (
        "table-extra", "public.queue_metrics", "sqlalchemy", "backend only", datetime.date(2027, 3, 1),
        Location("pyproject.toml", 35),
    )  # fmt: skip
    assert (second.object, second.source, second.until, second.place) == ("*", None, None, Location(config.path, 42))


def test_driftcheck_toml_has_the_same_keys(tmp_path: Path) -> None:
    text = FULL.replace("[project]\nname", "#\n#").replace("[tool.driftcheck]", "").replace("tool.driftcheck.", "")
    written(tmp_path, FULL, "a/pyproject.toml")
    written(tmp_path, text, "b/driftcheck.toml")
    one, other = load(tmp_path / "a"), load(tmp_path / "b")
    assert one is not None
    assert other is not None
    assert (one.sources, one.ignores, one.rules) == (other.sources, other.ignores, other.rules)
    assert other.ignores[1].place == Location("driftcheck.toml", 42)


def test_nothing_said_is_the_default(tmp_path: Path) -> None:
    written(tmp_path, "", "driftcheck.toml")
    assert load(tmp_path) == Config(path="driftcheck.toml")
    assert Config().baseline == BASELINE


@pytest.mark.parametrize("text", ["", "[tool.ruff]\n", 'x = "driftcheck"\n', "[tool]\n", 'tool = "driftcheck"'])
def test_no_config(tmp_path: Path, text: str) -> None:
    assert load(tmp_path) is None
    written(tmp_path, text)
    assert load(tmp_path) is None


def test_a_broken_pyproject_without_driftcheck_is_not_ours_to_judge(tmp_path: Path) -> None:
    written(tmp_path, "[broken")
    assert load(tmp_path) is None


def test_both_files_are_an_error(tmp_path: Path) -> None:
    written(tmp_path, "[tool.driftcheck]\n")
    written(tmp_path, "", "driftcheck.toml")
    with pytest.raises(ConfigError, match="both configure driftcheck"):
        load(tmp_path)
    assert load(tmp_path, Path("driftcheck.toml")) is not None


def test_explicit_file(tmp_path: Path) -> None:
    written(tmp_path, "[tool.driftcheck]\ntruth = 'a'\n")
    written(tmp_path, "truth = 'b'\n", "conf/other.toml")
    written(tmp_path, "[tool.driftcheck]\ntruth = 'c'\n", "conf/third.toml")
    other = load(tmp_path, tmp_path / "conf" / "other.toml")
    third = load(tmp_path, Path("conf/third.toml"))
    assert other is not None
    assert third is not None
    assert [(other.path, other.truth), (third.path, third.truth)] == [
        ("conf/other.toml", "b"),
        ("conf/third.toml", "c"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.toml", None, "cannot read the config: No such file"),
        (".", None, "cannot read the config: it is a folder"),
        ("latin.toml", b"truth = '\xe9'", "it is not UTF-8"),
        ("pyproject.toml", b"[project]\n", "there is no [tool.driftcheck] in it"),
    ],
)
def test_explicit_files_that_are_none(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, Path(name))
    assert message in caught.value.message
    assert caught.value.path == name


#: Each: the mistake, marked with `#!` at the end of the line that the error must point to; message; hint.
MISTAKES = {
    "unknown key": ("fail_on = 'error' #!", "unknown key 'fail_on'; did you mean 'fail-on'?", "known: truth, fail-on"),
    "unknown table": ("[source] #!\nx = 1", "unknown key 'source'; did you mean 'sources'?", None),
    "unknown key far from any": ("zzz = 1 #!", "unknown key 'zzz'", "known: truth"),
    "unknown key in an entry": (
        "[[ignore]]\nrule = 'gap'\nreason = 'x'\n\n[[ignore]]\nrule = 'gap'\nreason = 'x'\nuntill = 2027-01-01 #!",
        "unknown key 'untill' in 'ignore[2]'; did you mean 'until'?",
        None,
    ),
    "unknown key in an inline table": (
        "[sources]\na = 'sql:a'\nb = { kind = 'sqlalchemy', locaton = 'x', location = 'm' } #!",
        "unknown key 'locaton' in 'sources.b'; did you mean 'location'?",
        None,
    ),
    "a glob that is a bomb": ("exclude = ['{1..9}{1..9}{1..9}{1..9}'] #!", "expands to more than 1,000 patterns", None),
    "an ignore of a bomb": (
        "[[ignore]]\nrule = 'gap'\nreason = 'x'\nobject = '{1..9}{1..9}{1..9}{1..9}' #!",
        "expands to more than 1,000 patterns",
        None,
    ),
    "a string for a list": ("exclude = 'auth.*' #!", "'exclude' must be a list of strings, not a string", None),
    "a number in a list": ("exclude = [\n 'a',\n 1, #!\n]", "'exclude[2]' must be a string, not a number", None),
    "a table for a list": ("[ignore] #!\nrule = 'gap'", "'ignore' must be a list of tables, not a table", None),
    "a string for a table": ("rules = 'off' #!", "'rules' must be a table, not a string", None),
    "a string for a flag": ("require.row-level-security = 'yes' #!", "must be true or false, not a string", None),
    "a flag for a string": ("truth = true #!", "'truth' must be a string, not true or false", None),
    "a list for a source": (
        "[sources]\na = 'sql:a'\nb = ['sql:b'] #!",
        "'sources.b' must be a table, not a list",
        None,
    ),
    "wrong fail-on": ("fail-on = 'warn' #!", "unknown value of 'fail-on': 'warn'; did you mean 'warning'?", "never"),
    "wrong severity": ("[rules]\ngap = 'eror' #!", "unknown value of 'rules.gap': 'eror'; did you mean 'error'?", None),
    "severity of no kind": ("[rules]\ngap = false #!", "'rules.gap' must be one of \"error\", ", None),
    "unknown rule": (
        "[rules]\ncolum-type = 'off' #!",
        "unknown rule 'colum-type'; did you mean 'column-type'?",
        "DR203",
    ),
    "unknown code": ("[rules]\nDR999 = 'off' #!", "unknown rule 'DR999'", "a rule is named by its code"),
    "rule without a name": ("[rules]\n'' = 'off' #!", "unknown rule ''", None),
    "unknown comparable": (
        "[compare]\npolices = 'auto' #!",
        "unknown key 'polices' in 'compare'; did you mean 'policies'?",
        "known: policies",
    ),
    "wrong compare": (
        "[compare]\npolicies = 'yes' #!",
        "unknown value of 'compare.policies': 'yes'",
        "auto, always, never",
    ),
    "empty reason": ("[[ignore]]\nrule = 'gap'\nreason = ' ' #!", "'ignore[1].reason' is empty", None),
    "no reason": ("[[ignore]] #!\nrule = 'gap'", "'ignore[1]' has no 'reason'", "reason: Why this drift is intended"),
    "no rule": ("ignore = [\n { reason = 'x' }, #!\n]", "'ignore[1]' has no 'rule'", None),
    "ignore of an unknown rule": (
        "[[ignore]]\nreason = 'x'\nrule = 'tabel-extra' #!",
        "did you mean 'table-extra'?",
        None,
    ),
    "until is a string": (
        "[[ignore]]\nrule = 'gap'\nreason = 'x'\nuntil = '2027-03-01' #!",
        "'ignore[1].until' must be a date, not a string",
        "without quotes",
    ),
    "until has a time": (
        "[[ignore]]\nrule = 'gap'\nreason = 'x'\nuntil = 2027-03-01T00:00:00 #!",
        "must be a date, not a date with a time",
        "without a time",
    ),
    "until is a number": (
        "[[ignore]]\nrule = 'gap'\nreason = 'x'\nuntil = 2027 #!",
        "must be a date, not a number",
        None,
    ),
    "truth is no source": (
        "truth = 'drizle' #!\n[sources]\ndrizzle = 'drizzle:a'\nsql = 'sql:a'",
        "unknown source in 'truth': 'drizle'; did you mean 'drizzle'?",
        "known: drizzle, sql",
    ),
    "ignore of no source": (
        "[[ignore]]\nrule = 'gap'\nreason = 'x'\nsource = 'c' #!\n[sources]\na = 'sql:a'\nb = 'sql:b'",
        "unknown source in 'ignore[1].source': 'c'",
        None,
    ),
    "a source twice": ("[sources]\na = 'sql:a'\nb = 'sql:a' #!", "'a' and 'b' are the same source: sql:a", None),
    "a source without a proper name": (
        "[sources]\na = 'sql:a'\n'b c' = 'sql:b' #!",
        "'b c': a source's name is made of letters",
        None,
    ),
    "a table without a proper name": (
        "[sources]\na = 'sql:a'\n'' = { kind = 'sql', location = 'b' } #!",
        "'': a source's name is made of letters",
        None,
    ),
    "source of an unknown kind": (
        "[sources]\na = 'sql:a'\nb = 'drizle:x.ts' #!",
        "'drizle' is not a kind of source",
        "did you mean drizzle:x.ts?",
    ),
    "source without a kind": ("[sources]\na = 'sql:a'\nb = 'x.ts' #!", "does not say what kind", "write drizzle:x.ts"),
    "kind of a table": (
        "[sources]\na = 'sql:a'\n[sources.b]\nkind = 'sqlite' #!\nlocation = 'x'",
        "unknown value of 'sources.b.kind': 'sqlite'; did you mean 'sql",
        None,
    ),
    "option of another kind": (
        "[sources]\na = 'sqlalchemy:a'\nb = {kind = 'sql', location = 'x', python = 'p'} #!",
        "'python' is for sqlalchemy and alembic sources; 'b' is sql",
        None,
    ),
    "env of numbers": (
        "[sources]\na = 'sql:a'\n[sources.b]\nkind = 'sqlalchemy'\nlocation = 'x'\nenv = { A = 1 } #!",
        "'sources.b.env.A' must be a string, not a number",
        None,
    ),
    "no time": (
        "[sources]\na = 'sql:a'\n[sources.b]\nkind = 'sqlalchemy'\nlocation = 'x'\ntimeout = 0 #!",
        "'sources.b.timeout' must be more than 0 seconds and at most 604,800",
        None,
    ),
    "infinite time": (
        "[sources]\na = 'sql:a'\n[sources.b]\nkind = 'sqlalchemy'\nlocation = 'x'\ntimeout = inf #!",
        "must be more than 0 seconds and at most",
        None,
    ),
    "no TOML": ("truth = 'a'\nfail-on = #!\n", "this is not valid TOML: Invalid value", None),
    "cut off": ("truth = 'a'\nexclude = [ #!", "this is not valid TOML", None),
    "a key twice": ("truth = 'a'\ntruth = 'b' #!\n", "this is not valid TOML: Cannot overwrite a value", None),
}


@pytest.mark.parametrize("name", ["driftcheck.toml", "pyproject.toml"])
@pytest.mark.parametrize(("text", "message", "hint"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_pointed_to(tmp_path: Path, name: str, text: str, message: str, hint: str | None) -> None:
    if name == "pyproject.toml":
        text = "[tool.driftcheck]\n" + re.sub(r"^(\[+)(?=[a-z])", r"\1tool.driftcheck.", text, flags=re.MULTILINE)
    written(tmp_path, text, name)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    error = caught.value
    assert message in error.message
    assert error.path == name
    assert error.line is not None
    assert text.split("\n")[error.line - 1].endswith("#!")
    assert hint is None or hint in (error.hint or "")


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    written(tmp_path, "fail-on = 'no'\n[rules]\ngap = 1\n", "driftcheck.toml")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert caught.value.line == 1
    assert "also driftcheck.toml:3: 'rules.gap' must be one of" in (caught.value.hint or "")


def test_without_sources_any_source_may_be_meant(tmp_path: Path) -> None:
    written(tmp_path, "truth = 'x'\n[[ignore]]\nrule = 'gap'\nreason = 'r'\nsource = 'y'\n", "driftcheck.toml")
    assert load(tmp_path) is not None


@pytest.mark.parametrize(
    ("selectors", "severity"),
    [
        ({}, None),
        ({"DR203": "off"}, Severity.OFF),
        ({"dr203": "off"}, Severity.OFF),
        ({"DR2": "note"}, Severity.NOTE),
        ({"DR2": "note", "DR20": "off", "DR": "error"}, Severity.OFF),
        ({"DR203": "note", "column-type": "error"}, Severity.ERROR),
        ({"DR3": "off", "column-types": "off"}, None),
    ],
)
def test_the_most_exact_severity_counts(selectors: dict[str, str], severity: Severity | None) -> None:
    config = Config(rules={selector: Severity(word) for selector, word in selectors.items()})
    assert config.severity(Rule("DR203", "column-type", Severity.ERROR, "")) is severity


def test_messages_obey_nobody(tmp_path: Path) -> None:
    evil = r"\u001b[31m\n::error::x\u202e"
    texts = [
        f'"{evil}" = 1',
        f'truth = "{evil}"\nsources = {{ a = "sql:a", b = "sql:b" }}',
        f'rules = {{ "{evil}" = "off" }}',
        f'sources = {{ a = "sql:a", b = "{evil}" }}',
        f'sources = {{ "{evil}" = "sql:a", b = "sql:b" }}',
        f'sources = {{ a = "sql:{evil}", b = "sql:{evil}" }}',
        f'sources = {{ a = {{ kind = "sql", location = "x", env = {{ "{evil}" = 1 }} }} }}',
    ]
    for text in texts:
        written(tmp_path, text, "driftcheck.toml")
        with pytest.raises(ConfigError) as caught:
            load(tmp_path)
        assert caught.value.message.isprintable()
        assert all(line.isprintable() and not line.startswith("::") for line in (caught.value.hint or "").split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"key-{number} = 1\n" for number in range(3000)),
        "[rules]\n" + "".join(f'rule-{number} = "error"\n' for number in range(3000)),
        "".join(f'[[ignore]]\nrule = "rule-{number}"\nobject = "a"\nreason = "b"\n' for number in range(3000)),
        "".join('[[documents]]\nsource = "a"\nto = "markdown"\npath = "a.md"\n' for _ in range(3000)),
    ],
    ids=["keys", "rules", "ignores", "documents"],
)
def test_a_config_of_mistakes_ends_with_some_of_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "driftcheck.toml").write_text(text)
    with pytest.raises(ConfigError) as raised:
        load(tmp_path)
    lines = (raised.value.hint or "").splitlines()
    assert len(lines) <= 52
    assert lines[-1] == "and perhaps more: these were enough to stop"


def test_there_are_not_more_sources_than_can_be_compared(tmp_path: Path) -> None:
    (tmp_path / "driftcheck.toml").write_text(
        "[sources]\n" + "".join(f's{number} = "sql:{number}.sql"\n' for number in range(101))
    )
    with pytest.raises(ConfigError, match="more than 100 sources"):
        load(tmp_path)
