"""Facts that `create_all` cannot be asked for: the application's defaults, names that are cut, what is unknown."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from driftcheck.model import Schema, Table
from driftcheck.readers.sqlalchemy import Options, read
from driftcheck.readers.sqlalchemy.keys import key_of_text
from driftcheck.reading import Reading

from .conftest import BASE, USER, Write

pytestmark = pytest.mark.usefixtures("warm")

Models = Callable[..., Reading]


def _table(schema: Schema, name: str = "users") -> Table:
    table = schema.table("public", name)
    assert table is not None
    return table


@pytest.mark.parametrize(
    ("column", "default", "onupdate"),
    [
        ("Column(Integer, default=3)", "3", None),
        ("Column(Boolean, default=False)", "False", None),
        ("Column(String, default='x')", "x", None),
        ("Column(JSON, default=dict)", "dict", None),
        ("Column(Uuid, default=uuid.uuid4)", "uuid4", None),
        ("Column(DateTime, onupdate=datetime.datetime.now)", None, "now"),
        ("Column(DateTime, default=func.now(), onupdate=func.now())", "now()", "now()"),
        ("Column(Integer, default=lambda: 1)", "lambda", None),
        ("Column(Integer, default=functools.partial(int, '3'))", "partial", None),
        ("Column(Integer, Sequence('counter', schema='app'))", "nextval('app.counter')", None),
        ("Column(Enum(Kind), default=Kind.A)", "A", None),
        ("Column(Enum(Kind, values_callable=lambda k: [m.value for m in k]), default=Kind.A)", "first", None),
        ("Column(Integer, server_default='1')", None, None),
    ],
)
def test_application_defaults(models: Models, column: str, default: str | None, onupdate: str | None) -> None:
    text = "import datetime, enum, functools, uuid\nclass Kind(enum.Enum):\n    A = 'first'\n"
    found = _table(models(f"{text}{USER}    x = {column}\n").schema).columns[1]
    assert (found.application_default, found.application_onupdate) == (default, onupdate)
    assert (found.default is None) == ("server_default" not in column)


def test_names_that_postgresql_cuts(models: Models) -> None:
    """`create_all` refuses them; a server cuts them at 63 bytes, never inside a character."""
    long = "é" * 40
    table = _table(
        models(f"{USER}    __table_args__ = (CheckConstraint('id > 0', name='{long}'), Index('{long}', 'id'))\n").schema
    )
    assert table.checks[0].name == table.indexes[0].name == "é" * 31


def test_not_valid(models: Models) -> None:
    text = f"{USER}    __table_args__ = (CheckConstraint('id > 0', name='late', postgresql_not_valid=True),)\n"
    assert not _table(models(text).schema).checks[0].validated


def test_whether_a_generated_column_is_stored_may_be_left_to_the_server(models: Models) -> None:
    column = "    {} = Column(Integer, Computed('id', persisted={}))\n"
    text = USER + column.format("x", None) + column.format("y", True)
    reading = models(text)
    stored = [column.generated.stored for column in _table(reading.schema).columns if column.generated]
    assert stored == [None, True]
    assert any("not compared: users.x" in note for note in reading.notes)


def test_fetched_value_is_unknown(models: Models) -> None:
    reading = models(f"{USER}    x = Column(Integer, server_default=FetchedValue())\n")
    column = _table(reading.schema).columns[1]
    assert (column.default, column.unknown) == (None, {"default"})
    assert reading.gaps[0].object == "users.x"


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Column(Integer, server_default=func.f(literal(object())))", "default"),
        ("Column(types.NullType)", "type"),
        ("Column(Enum('a', 'b'))", "type"),
        ("Column(Integer, Computed(func.f(literal(object()))))", "generated"),
    ],
)
def test_what_cannot_be_compiled_costs_one_field(models: Models, column: str, field: str) -> None:
    reading = models(f"{USER}    x = {column}\n    y = Column(Integer)\n")
    table = _table(reading.schema)
    assert [each.name for each in table.columns] == ["id", "x", "y"]
    assert table.columns[1].unknown == {field}
    assert [(gap.object, gap.location.line) for gap in reading.gaps] == [("users.x", 7)]
    assert reading.statements.gaps == 1


def test_check_that_cannot_be_compiled_costs_the_checks(models: Models) -> None:
    reading = models(f"{USER}    __table_args__ = (CheckConstraint(column('id') > literal(object()), name='odd'),)\n")
    assert _table(reading.schema).unknown == {"checks"}
    assert "odd" in reading.gaps[0].what


def test_index_of_nothing(models: Models) -> None:
    reading = models(f"{USER}    __table_args__ = (Index('id'), Index('by_id', 'id'))\n")
    assert [index.name for index in _table(reading.schema).indexes] == ["by_id"]
    assert [(gap.what, gap.location.line) for gap in reading.gaps] == [("Index id", 7)]


def test_reference_to_a_table_that_is_not_there(models: Models) -> None:
    (key,) = _table(models(f"{USER}    x = Column(Integer, ForeignKey('auth.people.id'))\n").schema).foreign_keys
    assert (key.target_schema, key.target_table, key.target_columns) == ("auth", "people", ("id",))


def test_several_metadata_are_taken_together(models: Models) -> None:
    reading = models(
        f"{USER}\nother = MetaData()\nTable('others', other, Column('a', Integer))\nempty = MetaData()\n", "models"
    )
    assert {table.name for table in reading.schema.tables} == {"users", "others"}
    assert "the tables of 2 MetaData objects are taken together: Base, other" in reading.notes


def test_the_same_table_twice_is_a_gap(models: Models) -> None:
    reading = models(f"{USER}\nother = MetaData()\nTable('users', other, Column('a', Integer))\n", "models")
    assert [column.name for column in _table(reading.schema).columns] == ["id"]
    assert "two MetaData objects define this table" in reading.gaps[0].why


@pytest.mark.parametrize(
    ("text", "location"),
    [
        (
            "def create_app():\n    class App: pass\n    App.metadata = Base.metadata\n    return App",
            "models:create_app",
        ),
        (
            "def create_app():\n    class App: pass\n    App.metadata = Base.metadata\n    return App",
            "models:create_app()",
        ),
        ("class holder:\n    inner = Base", "models:holder.inner"),
        ("metadata = Base.metadata", "models:metadata"),
        ("both = [Base.metadata, MetaData()]", "models:both"),
        ("class db:\n    metadata = Base.metadata", "models:db"),
        (
            "class app:\n    class db:\n        metadata = Base.metadata\n    extensions = {'sqlalchemy': db}",
            "models:app",
        ),
    ],
)
def test_attributes(models: Models, text: str, location: str) -> None:
    assert _table(models(f"{USER}\n{text}\n", location).schema)


def test_a_package_that_only_imports_its_modules(project: Write) -> None:
    root = project(
        **{
            "app/base.py": BASE,
            "app/models/__init__.py": "from . import user",
            "app/models/user.py": "from ..base import *\n" + USER,
        }
    )
    assert _table(read("app.models", root, Options()).schema)


def test_engines_do_nothing(models: Models) -> None:
    """What projects do with an engine on import has no effect, and no end."""
    text = """
        from sqlalchemy.ext.asyncio import create_async_engine, async_sessionmaker
        from sqlalchemy.orm import sessionmaker
        engine = create_engine("postgresql://nobody@192.0.2.1/x", pool_size=5, connect_args={"a": 1})
        later = create_async_engine("postgresql+asyncpg://nobody@192.0.2.1/x", echo=True)
        broken = create_engine(None)
        Session, Later = sessionmaker(bind=engine), async_sessionmaker(later)
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION vector"))
            assert connection.execute(text("SELECT 1")).scalar() is None
        assert engine.dialect.name == "postgresql" and str(engine.url).startswith("postgresql://nobody")
        @event.listens_for(engine, "connect")
        def connected(*_): pass
        @event.listens_for(later.sync_engine, "connect")
        def connected_later(*_): pass
        if not inspect(engine).has_table("users"):
            Base.metadata.create_all(bind=engine)
        engine.dispose()
    """
    assert _table(models(textwrap.dedent(text) + USER).schema)


def test_ddl_events_are_counted(models: Models) -> None:
    reading = models(f"{USER}\nevent.listen(Base.metadata, 'after_create', DDL('CREATE ROLE x'))\n")
    assert reading.statements.unmodelled == {"DDL events": 1}


def test_functions_that_run_when_tables_are_created_are_counted(models: Models) -> None:
    text = """
        def for_all(target, connection, **_): target.name = 'other'
        def for_one(target, connection, **_): connection.execute(text('CREATE ROLE x'))
        event.listen(Table, 'before_create', for_all)
        event.listen(Base.metadata, 'after_create', for_one, once=True)
        Table('more', Base.metadata, Column('kind', Enum('a', name='kind')))
    """
    assert models(USER + textwrap.dedent(text)).statements.unmodelled == {"DDL events": 2}


def test_views_by_mark_are_no_tables(models: Models) -> None:
    reading = models(f"{USER}\nTable('report', Base.metadata, Column('a', Integer), info={{'is_view': True}})\n")
    assert [table.name for table in reading.schema.tables] == ["users"]
    assert [(each.kind, each.name) for each in reading.schema.opaque] == [("view", "report")]


def test_unknown_entity_is_opaque(models: Models) -> None:
    """An alembic_utils entity that cannot be read keeps its name."""
    text = """
        import sys, types
        class PGFunction:
            schema, signature, definition = "public", "f()", "BEGIN ATOMIC SELECT 1; END"
        module = types.ModuleType("alembic_utils.replaceable_entity")
        module.registry = types.SimpleNamespace(entities=lambda: [PGFunction()])
        sys.modules["alembic_utils.replaceable_entity"] = module
    """
    reading = models(textwrap.dedent(text) + USER)
    assert [(each.kind, each.name) for each in reading.schema.opaque] == [("function", "f")]
    assert reading.gaps[0].what == "function f()"
    assert reading.capabilities.can("function")
    assert not reading.capabilities.can("policy")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        ("A desc", "a desc nulls first"),
        ("a DESC NULLS LAST", "a desc"),
        ("a NULLS FIRST", "a nulls first"),
        ("lower(a)", "(lower(a))"),
        ("(a || b)", "(a || b)"),
        ("a text_pattern_ops", "a text_pattern_ops"),
        ('a COLLATE "C" text_ops desc', "a C text_ops desc nulls first"),
        ("f(a, 'x)') gin_trgm_ops(siglen=32)", "(f(a, 'x)')) gin_trgm_ops siglen=32"),
        ('"A"', '("A")'),
        ("(a) + (b)", "((a) + (b))"),
        ("a - b", "(a - b)"),
    ],
)
def test_index_keys_as_text(text: str, expected: str) -> None:
    key = key_of_text(text, ("a", "b"))
    words = [
        str(key),
        key.collation,
        key.opclass,
        *(f"{name}={value}" for name, value in key.opclass_options),
        "desc" if key.descending else None,
        "nulls first" if key.nulls_first else None,
    ]
    assert " ".join(word for word in words if word) == expected


@pytest.mark.parametrize(
    ("keys", "options", "expected"),
    [
        ("literal_column('name text_pattern_ops')", "", ("name", "text_pattern_ops", False, False)),
        ("literal_column('name DESC NULLS LAST')", "", ("name", None, True, False)),
        ("literal_column('name').desc()", "", ("name", None, True, True)),
        ("literal_column('lower(name) text_ops')", "", ("lower(name)", "text_ops", False, False)),
        ("'name'", "postgresql_ops={'name': 'DESC'}", ("name", None, True, True)),
        ("'name'", "postgresql_ops={'name': 'text_ops DESC NULLS LAST'}", ("name", "text_ops", True, False)),
        ("func.lower(literal_column('name')).label('n')", "postgresql_ops={'n': 'text_ops ASC NULLS FIRST'}",
         ("lower(name)", "text_ops", False, True)),
        ("text('name')", "", ("name", None, False, False)),
        ("'name'", "postgresql_ops={'name': 'text_pattern_ops'}", ("name", "text_pattern_ops", False, False)),
    ],
)  # fmt: skip
def test_keys_of_indexes_are_as_they_stand(
    models: Models, keys: str, options: str, expected: tuple[object, ...]
) -> None:
    args = f"{keys}, {options}" if options else keys
    text = f"{USER}    name = Column(Text)\n    __table_args__ = (Index('i', {args}),)\n"
    (index,) = _table(models(text).schema).indexes
    (key,) = index.keys
    what = key.column or (key.expression.sql if key.expression else None)
    assert (what, key.opclass, key.descending, key.nulls_first) == expected


@pytest.mark.parametrize(
    ("listener", "fields"),
    [
        ("connection.execute(text('CREATE INDEX more ON users (id)'))", {"indexes"}),
        ("connection.exec_driver_sql('CREATE UNIQUE INDEX ON ONLY public.users (id)')", {"indexes"}),
        ("connection.execute(DDL('ALTER TABLE %(table)s ADD CONSTRAINT ok CHECK (id > 0)').against(target))",
         {"primary_key", "foreign_keys", "uniques", "exclusions", "checks", "indexes"}),
        ("connection.execute(text('SELECT 1; ALTER TABLE users ADD COLUMN x int'))", {"columns", "checks"}),
        ("connection.execute(text('DO $$ BEGIN PERFORM 1; END $$'))", {"columns", "indexes"}),
        ("connection.no_such.thing(1 / 0)", {"columns", "indexes"}),
        ("raise SystemExit(3)", {"columns", "indexes"}),
        ("connection.scalar(text('VALUES (1)')) or connection.execute(text('DROP INDEX x'))", {"indexes"}),
        ("connection.execute(text('CREATE TRIGGER t AFTER INSERT ON users EXECUTE FUNCTION f()'))", set()),
        ("connection.execute(text('ALTER TABLE users ENABLE ROW LEVEL SECURITY'))", set()),
        ("connection.execute(text('CREATE INDEX far ON elsewhere (id)'))", set()),
    ],
)  # fmt: skip
def test_what_runs_when_a_table_is_created_puts_it_in_doubt(models: Models, listener: str, fields: set[str]) -> None:
    head = f"{USER}\n@event.listens_for(User.__table__, 'after_create')\ndef more(target, connection, **kw):\n"
    reading = models(f"{head}    {listener}\n")
    table = _table(reading.schema)
    assert fields <= table.unknown
    assert bool(table.unknown) == bool(fields)
    if fields:
        assert reading.gaps
        assert all("listener" in str(gap.why) and gap.what == "events of users" for gap in reading.gaps)
    assert reading.statements.unmodelled == {"DDL events": 1}


def test_constraints_that_an_event_adds_are_in_no_doubt(models: Models) -> None:
    text = """
        check = CheckConstraint('id > 0', name='ok')
        User.__table__.append_constraint(check)
        event.listen(User.__table__, 'after_create', schema.AddConstraint(check))
    """
    reading = models("from sqlalchemy import schema\n" + USER + textwrap.dedent(text))
    assert (_table(reading.schema).unknown, reading.gaps) == (frozenset(), ())
