"""Whatever the texts of the model hold, psql sends what we wrote and nothing else, each a statement of ours."""

from __future__ import annotations

import contextlib
import dataclasses
import typing
from collections import Counter
from typing import Any

import pglast
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from driftcheck.differ.engine import compare
from driftcheck.differ.scope import WORDS
from driftcheck.fixes import fixed
from driftcheck.fixes.script import fix_script, held_back
from driftcheck.model import Column, ColumnType, Expression, Function, Identity, Opaque, Partition, Schema, Table
from driftcheck.normalize import normalize
from driftcheck.reading import Capabilities, Reading, Source
from driftcheck.sql import parse_type
from driftcheck.sql.visible import visible
from driftcheck.writers import sql
from driftcheck.writers.sql.gate import SETTINGS
from driftcheck.writers.sql.refused import _fields as fields_of
from driftcheck.writers.sql.refused import admitted, without_refused

from ..conformance import psql
from ..conformance.postgres import Server
from ..writers.example import EXAMPLE
from ..writers.test_every_field import _classes as classes
from .hostile import Path, attacks, hostile, replaced, texts

_SOME = settings(
    max_examples=15,
    deadline=None,
    derandomize=settings().max_examples <= 2_000,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
#: The example, and texts of kinds that it has none of.
_SCHEMA = dataclasses.replace(
    EXAMPLE,
    functions=(
        *EXAMPLE.functions,
        Function(
            schema="public", name="begin", kind="procedure", arguments="a integer DEFAULT 1, INOUT b text DEFAULT 'x'",
            signature=("integer", "text"), body="BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END; SELECT b; END",
        ),
        Function(schema="public", name="rows_of", returns="TABLE(a integer, b text)", body="SELECT 1, 'x'"),
        Function(schema="public", name="id_of", returns="public.items.id%TYPE", body="SELECT 1"),
    ),
    opaque=(*EXAMPLE.opaque, Opaque(kind="trigger", schema="a", name="b", table="c", signature=("text",))),
    tables=(
        *EXAMPLE.tables,
        Table(
            schema="public", name="by_kind", partition_by="LIST (lower(kind))",
            columns=(
                Column(name="kind", type=parse_type("text"), application_default="kind", application_onupdate="kind"),
            ),
        ),
        Table(schema="public", name="others", partition_of=Partition("public", "by_kind", "DEFAULT")),
        Table(schema="public", name="some", partition_of=Partition("public", "by_kind", "FOR VALUES IN ('a', 'b')")),
        Table(
            schema="public", name="far", server="elsewhere", server_options=(("table_name", "x y"),),
            columns=(Column(name="n", type=parse_type("integer")),),
        ),
        Table(
            schema="public", name="numbered",
            columns=(Column(name="n", type=parse_type("integer"), identity=Identity(type="smallint")),),
        ),
    ),
)  # fmt: skip
_SERVER = "CREATE FOREIGN DATA WRAPPER elsewhere; CREATE SERVER elsewhere FOREIGN DATA WRAPPER elsewhere;\n"
_SET = [*SETTINGS.split(";\n")[:-1], "SET check_function_bodies = false"]
_EVERYTHING = dict.fromkeys(WORDS, "always")
#: What our statements are, in the words of PostgreSQL's parser.
_OURS = frozenset(
    """
    AlterDomainStmt AlterEnumStmt AlterExtensionStmt AlterObjectSchemaStmt AlterRoleStmt AlterSeqStmt AlterTableStmt
    CommentStmt CompositeTypeStmt CreateDomainStmt CreateEnumStmt CreateExtensionStmt CreateForeignTableStmt
    CreateFunctionStmt CreatePolicyStmt CreateRangeStmt CreateSchemaStmt CreateSeqStmt CreateStmt CreateTableAsStmt
    CreateTrigStmt DefineStmt DoStmt DropRoleStmt DropStmt IndexStmt InsertStmt RenameStmt SelectStmt
    TransactionStmt UpdateStmt VariableSetStmt ViewStmt
    """.split()
)


def _fields(path: Path) -> tuple[tuple[type, str], ...]:
    """The classes and fields that lead to the text at `path`, from the outermost on."""
    item: Any = _SCHEMA
    found = []
    for step in path:
        if isinstance(step, str):
            found.append((type(item), step))
        item = item[step] if isinstance(step, int) else getattr(item, step)
    return tuple(found)


#: One text at every place of the model (a condition of a check and one of a policy are two): its path, and itself. The
#: two halves of an option are two places.
_TEXTS = {
    (_fields(path), path[-2:] if isinstance(path[-2], int) else ()): (path, text) for path, text in texts(_SCHEMA)
}


def test_every_text_of_the_model_is_attacked() -> None:
    """A field that is new is in the example, or this fails; one that says not what it claims to be fails as well."""
    hints = {cls: typing.get_type_hints(cls) for cls in classes()}
    wanted = {(cls, name) for cls, fields in hints.items() for name, hint in fields.items() if _holds_text(hint)}
    assert wanted - {(cls, name) for cls in hints for name in ("places", "unknown")} == {at[-1] for at, _ in _TEXTS}
    for cls in hints.keys() - {ColumnType, Expression}:  # held to their claims as a whole
        assert fields_of(cls)


def _holds_text(hint: Any) -> bool:
    return hint is str or isinstance(hint, str) or any(map(_holds_text, typing.get_args(hint)))


def _alone(item: Any, path: Path) -> tuple[Any, Path]:
    """`item` with no part but the one that `path` leads into, and the path there: short statements, soon judged."""
    if not isinstance(item, Table):
        return item, path
    names = ("columns", "foreign_keys", "uniques", "exclusions", "checks", "indexes")
    parts = {name: getattr(item, name)[path[1] :][:1] if path[0] == name else () for name in names}
    key = item.primary_key if path[0] == "primary_key" else None
    alone = dataclasses.replace(item, **parts, primary_key=key)
    return alone, (path[0], 0, *path[2:]) if path[0] in names else path


def test_no_attack_in_any_text_is_more_than_a_text(pg: Server) -> None:
    """Every attack in every field, one at a time; all that passes the gate, in one script."""
    ours: dict[str, None] = {}
    for (fields, _), ((collection, position, *rest), text) in _TEXTS.items():
        cls, name = fields[-1]
        item, rest = _alone(getattr(_SCHEMA, collection)[position], tuple(rest))
        quoted = "identifier" in str(typing.get_type_hints(cls, include_extras=True)[name])
        for attack in attacks(text, quoted=quoted):
            passed, refused = admitted(Schema(**{collection: (replaced(item, rest, attack),)}))
            ours.update(dict.fromkeys(sql.statements(passed) if not refused else ()))
    script = ";\n".join([*_SET, *ours, ""])
    _judge(pg, script, [*_SET, *ours])
    # The same as it is printed, each character visible.
    run = psql.run(pg, visible(script))
    assert (run.kept, run.files) == (True, ())
    assert psql.words(run.queries, psql.meant) == psql.words([*_SET, *ours], psql.meant)


@_SOME
@given(data=st.data())
def test_what_builds_a_schema_is_what_we_wrote(pg: Server, data: st.DataObject) -> None:
    schema = data.draw(hostile(_SCHEMA))
    passed, _ = admitted(schema)
    _judge(pg, sql.write(schema), [*_SET, *sql.statements(passed)])


@_SOME
@given(data=st.data(), of_truth=st.booleans(), destructive=st.booleans())
def test_what_fixes_a_schema_is_what_we_wrote(
    pg: Server, data: st.DataObject, of_truth: bool, destructive: bool
) -> None:
    """Attacks in what the truth says, which is to be made, or in what is there, which is altered and dropped."""
    attacked = data.draw(hostile(_SCHEMA))
    sides = (attacked, _less(_SCHEMA)) if of_truth else (_less(_SCHEMA), attacked)
    findings = fixed(compare(_source("truth", sides[0]), _source("sql", sides[1]), _EVERYTHING))
    script = fix_script(findings, truth="truth", source="sql", destructive=destructive)
    steps = held_back([one.fix for one in findings if one.fix is not None])
    ours = [*_SET, "BEGIN", "COMMIT", *(step.sql for step, waits in steps.items() if destructive or not waits)]
    _judge(pg, script, ours, f"{_SERVER}{sql.write(_SCHEMA)}")


def _less(schema: Schema) -> Schema:
    """`schema` without every second object, so that there is something to make and something to drop."""
    return dataclasses.replace(
        schema,
        **{
            field.name: getattr(schema, field.name)[::2]
            for field in dataclasses.fields(schema)
            if isinstance(getattr(schema, field.name), tuple) and field.name not in ("tables", "places")
        },
        tables=tuple(
            dataclasses.replace(
                table,
                **{
                    name: getattr(table, name)[1::2]
                    for name in ("columns", "foreign_keys", "uniques", "exclusions", "checks", "indexes")
                },
            )
            for table in schema.tables
        ),
    )


def _source(name: str, schema: Schema) -> Source:
    reading = without_refused(Reading(schema, Capabilities("sql")))
    return Source(name, "sql", dataclasses.replace(reading, schema=normalize(reading.schema)))


def _judge(server: Server, script: str, ours: list[str], prelude: str = "") -> None:
    run = psql.run(server, script, prelude)
    assert run.kept, script
    assert run.files == (), script
    sent = Counter(map(tuple, psql.words(run.queries)))
    wanted = Counter(tuple(words) for one in ours for words in psql.words(_split(one)))
    assert list(sent - wanted) == [], script
    assert list(wanted - sent) == [], script
    for query in run.queries:
        with contextlib.suppress(pglast.parser.ParseError):
            (parsed,) = pglast.parse_sql(query)
            assert type(parsed.stmt).__name__ in _OURS, query
            assert len(getattr(parsed.stmt, "cmds", None) or [None]) == 1, query
            assert "evil" not in {
                getattr(one, "colname", None) for one in getattr(parsed.stmt, "tableElts", None) or ()
            }


def _split(text: str) -> list[str]:
    """The statements of a step, of which an enum that is recreated has several, as PostgreSQL's parser sees them."""
    try:
        return list(pglast.split(str(text)))
    except pglast.parser.ParseError:
        return [text]
