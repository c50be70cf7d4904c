"""The config file as types: what may be in it, and what each key means.

The file is decoded by these types (`decode.py`) and its JSON Schema is generated from them (`schema.py`), so the two
cannot disagree. A field's name is its key with `_` for `-`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from ..budget import Limits
from ..dialects import DialectName
from ..frozen import dataclass
from ..kinds import KindName

FailOn = Literal["error", "warning", "note", "never"]
SeverityWord = Literal["error", "warning", "note", "off"]
CompareWord = Literal["auto", "always", "never"]
#: What is compared only on demand, or where the truth speaks of it.
Comparable = Literal[
    "policies",
    "row-level-security",
    "views",
    "sequences",
    "triggers",
    "functions",
    "domains",
    "types",
    "extensions",
    "schemas",
    "roles",
    "comments",
]

#: What is documented, and what a program reads.
DocumentForm = Literal["markdown", "mermaid", "dbml", "dot", "html", "sql", "json"]

BASELINE = ".driftcheck-baseline.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """One of the declarations that are compared."""

    kind: Annotated[KindName, "The language of the source."]
    location: Annotated[
        str,
        "Where it is, relative to the root: a file, folder or glob; for sqlalchemy a module, module:attribute or "
        "package.*:attribute.",
    ]
    python: Annotated[str | None, "sqlalchemy, alembic: the interpreter that has the project's packages."] = None
    env: Annotated[Mapping[str, str], "sqlalchemy, alembic: environment variables for the project's Python."] = field(
        default_factory=dict
    )
    timeout: Annotated[
        float | None, "sqlalchemy, alembic: seconds that the project's Python may take (default 60)."
    ] = None
    stub_missing: Annotated[
        bool | None,
        "sqlalchemy, alembic: let packages that are not installed import as stand-ins, or never (false). Default: "
        "only where nothing names an interpreter, and said in the report.",
    ] = None
    snapshot: Annotated[str | None, "sqlalchemy, alembic: the snapshot to use where no Python may run."] = None
    after: Annotated[
        str | None,
        "alembic: the SQL of what was there before the first revision (a file, glob or folder), where that does not "
        "begin with an empty database.",
    ] = None
    run_env: Annotated[
        bool, "alembic: run env.py, too, on the same database that does not exist; by default only revisions run."
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreTable:
    """Drift that is intended. An ignore that matches nothing is reported (DR904)."""

    rule: Annotated[str, "The rule's code, name, or the beginning of a code (DR5)."]
    object: Annotated[str, "Glob over schema.table, schema.table.column or schema.name."] = "*"
    source: Annotated[str | None, "The source that drifts; without it, every source."] = None
    reason: Annotated[str, "Why this drift is intended."]
    until: Annotated[datetime.date | None, "The last day of the ignore. After it the finding is back, with DR905."] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTable:
    """A document that `driftcheck export --all` writes, and `--all --check` compares."""

    source: Annotated[str, "The name of the source that it documents."]
    to: Annotated[DocumentForm, "What it is, as in export --to."] = "markdown"
    path: Annotated[
        str,
        "Where it is, relative to the config: a file, or for markdown a folder (docs/schema/), a page for each table.",
    ]
    descriptions: Annotated[str | None, "A TOML file with words on tables and columns."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Require:
    """What every source that can express it has to declare, whatever the truth says."""

    row_level_security: Annotated[bool, "Every table has row level security enabled (DR704)."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Configuration of driftcheck: [tool.driftcheck] in pyproject.toml, or the top level of driftcheck.toml."""

    truth: Annotated[str | None, "The name of the source that is right. Default: the first one."] = None
    fail_on: Annotated[FailOn | None, "The least severity that makes the exit status 1 (default: warning)."] = None
    dialect: Annotated[
        DialectName | None, "The database engine of the sources, where they do not say it. Default: postgresql."
    ] = None
    exclude: Annotated[
        tuple[str, ...], "Globs over schema.table: objects that the check leaves out. `{a,b}` is a choice."
    ] = ()
    baseline: Annotated[str, "The file of accepted findings, relative to the root."] = BASELINE
    sources: Annotated[
        Mapping[str, str | SourceTable],
        "What is compared, by name: KIND:LOCATION, or a table where more has to be said.",
    ] = field(default_factory=dict)
    rules: Annotated[Mapping[str, SeverityWord], "Severities, by a rule's code, name, or beginning of a code."] = field(
        default_factory=dict
    )
    compare: Annotated[
        Mapping[Comparable, CompareWord],
        "What is compared: auto (where the truth declares at least one), always, never.",
    ] = field(default_factory=dict)
    require: Annotated[Require, "Demands on every source."] = field(default_factory=Require)
    ignore: Annotated[tuple[IgnoreTable, ...], "Drift that is intended."] = ()
    documents: Annotated[tuple[DocumentTable, ...], "Documents that are made from sources."] = ()
    allow_outside: Annotated[
        tuple[str, ...], "Folders and files outside of the repository that sources may read, relative to the root."
    ] = ()
    limits: Annotated[Limits, "Limits of a check; raise one only when a message says so."] = field(
        default_factory=Limits
    )
