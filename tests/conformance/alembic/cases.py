"""Small projects of migrations, each about one thing that real ones do.

A name without a dot is a revision: the body of its `upgrade()`, behind the one before. Other names are files.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ENV = """
import os
from alembic import context
from sqlalchemy import create_engine, pool
{imports}
target_metadata = {metadata}
if context.is_offline_mode():
    raise RuntimeError("not without a database")
engine = create_engine(os.environ["JUDGE_URL"], poolclass=pool.NullPool)
with engine.connect() as connection:
    {before}
    context.configure(connection=connection, target_metadata=target_metadata{options})
    with context.begin_transaction():
        context.run_migrations()
"""
ASYNC = """
import asyncio, os
from alembic import context
from sqlalchemy import pool
from sqlalchemy.ext.asyncio import create_async_engine
def migrate(connection):
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
async def online():
    engine = create_async_engine(os.environ["JUDGE_URL"], poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()
    await engine.dispose()
asyncio.run(online())
"""
INI = "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n"


def env(imports: str = "", metadata: str = "None", options: str = "", before: str = "pass") -> str:
    return ENV.format(imports=imports, metadata=metadata, options=options, before=before)


@dataclass(frozen=True)
class Case:
    """`gaps` is how many gaps there are on the way to an equal catalog; `needs` a package that not every line has."""

    files: dict[str, str]
    location: str = "alembic.ini"
    prelude: str = ""
    gaps: int = 0
    run_env: bool = False
    asynchronous: bool = False
    flask: bool = False
    needs: str = ""
    after: str = ""
    options: dict[str, object] = field(default_factory=dict)


def revision(name: str, down: object, body: str, more: str = "") -> str:
    head = f"import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = {name!r}, {down!r}\n{more}\n"
    return f"{head}\ndef upgrade():\n    {body}\n"


MAKE = 'op.create_table("{0}", sa.Column("id", sa.Integer(), primary_key=True))'

CASES: dict[str, Case] = {
    "tables with all that they hold": Case(
        {
            "a": """
            op.create_table(
                "users",
                sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
                sa.Column("email", sa.String(320), nullable=False, unique=True),
                sa.Column("age", sa.Integer(), sa.CheckConstraint("age > 0"), server_default="1"),
                sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now(), comment="when"),
                sa.Column("twice", sa.Integer(), sa.Computed("age * 2", persisted=True)),
                sa.CheckConstraint("email <> ''", name="filled"),
                sa.UniqueConstraint("email", "age", name="both", deferrable=True, initially="DEFERRED"),
                comment="people",
            )
            op.create_table(
                "posts",
                sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("user_id", sa.BigInteger(), sa.ForeignKey("users.id", ondelete="CASCADE"), index=True),
                sa.Column("tags", sa.ARRAY(sa.Text()), server_default="{}"),
                sa.Column("price", sa.Numeric(10, 2)),
                sa.Column("data", sa.dialects.postgresql.JSONB(), server_default=sa.text("'{}'::jsonb")),
            )
            """,
        }
    ),
    "what is altered, renamed and dropped": Case(
        {
            "a": """
            op.create_table("old", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.String(10)),
                            sa.Column("b", sa.Integer()), sa.Column("gone", sa.Integer()))
            op.create_index("by_a", "old", ["a"])
            op.create_unique_constraint("one_b", "old", ["b"])
            op.create_check_constraint("positive", "old", "b > 0")
            """,
            "b": """
            op.rename_table("old", "new")
            op.alter_column("new", "a", new_column_name="c", existing_type=sa.String(10))
            op.alter_column("new", "c", type_=sa.Integer(), postgresql_using="c::integer", nullable=False)
            op.alter_column("new", "b", server_default="7", comment="seven", existing_type=sa.Integer())
            op.drop_column("new", "gone")
            op.drop_constraint("positive", "new", type_="check")
            op.drop_index("by_a", table_name="new")
            op.create_table_comment("new", "not old")
            op.create_index("some", "new", ["b"], unique=True, postgresql_where=sa.text("b > 1"))
            op.create_index("other", "new", [sa.text("lower(c::text)")], postgresql_using="btree")
            op.create_index("wide", "new", ["c"], postgresql_include=["b"])
            """,
        }
    ),
    "SQL, put together too": Case(
        {
            "a": '''
            for number in range(3):
                op.execute(f"CREATE TABLE part_{number} (id integer PRIMARY KEY, n integer DEFAULT {number})")
            op.execute("""
                CREATE VIEW both_parts AS SELECT id FROM part_0 UNION ALL SELECT id FROM part_1;
                CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
            """)
            op.execute(sa.text("ALTER TABLE part_2 ADD COLUMN at time DEFAULT '12\\\\:00'"))
            op.execute("UPDATE part_2 SET n = 1 WHERE n IS NULL; ALTER TABLE part_2 ALTER COLUMN n SET NOT NULL")
            op.execute("SELECT 1; CREATE TABLE behind (a integer); DELETE FROM behind; DROP TABLE part_1 CASCADE")
            op.execute("ALTER TABLE part_0 ENABLE ROW LEVEL SECURITY")
            op.execute("CREATE POLICY mine ON part_0 USING (n = 1)")
            ''',
        }
    ),
    "DO blocks": Case(
        {
            "a": '''
            op.execute("""
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
                        CREATE TYPE mood AS ENUM ('sad', 'ok');
                    END IF;
                END $$;
            """)
            op.execute("CREATE TABLE t (m mood)")
            ''',
        }
    ),
    "results of queries of the catalog": Case(
        {
            "a": MAKE.format("users"),
            "b": """
            bind = op.get_bind()
            names = {row[0] for row in bind.execute(sa.text(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'users'"))}
            if "email" not in names:
                op.add_column("users", sa.Column("email", sa.Text()))
            exists = sa.text("SELECT EXISTS (SELECT 1 FROM information_schema.tables "
                             "WHERE table_schema = 'public' AND table_name = :name)")
            for name in ("users", "posts"):
                if not bind.execute(exists, {"name": name}).scalar():
                    op.create_table(name, sa.Column("id", sa.Integer()))
            if bind.execute(sa.text("SELECT count(*) FROM pg_indexes WHERE indexname = 'by_mail'")).scalar() == 0:
                op.create_index("by_mail", "users", ["email"])
            if bind.execute(sa.text("SELECT to_regclass('public.users')")).scalar() is not None:
                op.add_column("users", sa.Column("there", sa.Boolean()))
            """,
        }
    ),
    "results of queries of tables": Case(
        {
            "a": """
            op.create_table("roles", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))
            bind = op.get_bind()
            rows = bind.execute(sa.text("SELECT id, name FROM roles")).fetchall()
            for row in rows:
                bind.execute(sa.text("UPDATE roles SET name = :n WHERE id = :i"), {"n": row[1].upper(), "i": row[0]})
            if bind.execute(sa.text("SELECT count(*) FROM roles WHERE name IS NULL")).scalar() == 0:
                op.alter_column("roles", "name", nullable=False)
            """,
        }
    ),
    "an inspector": Case(
        {
            "a": """
            op.create_table(
                "t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.String(5)),
                sa.Column("b", sa.Integer()), sa.UniqueConstraint("a", name="once"))
            op.create_table("u", sa.Column("t_id", sa.Integer(), sa.ForeignKey("t.id", name="to_t")))
            op.create_index("by_b", "t", ["b"])
            """,
            "b": """
            inspector = sa.inspect(op.get_bind())
            assert set(inspector.get_table_names()) >= {"t", "u"}
            assert [c["name"] for c in inspector.get_columns("t")] == ["id", "a", "b"]
            assert isinstance(inspector.get_columns("t")[1]["type"], sa.VARCHAR)
            assert inspector.get_columns("t")[1]["type"].length == 5
            assert inspector.get_pk_constraint("t")["constrained_columns"] == ["id"]
            for index in inspector.get_indexes("t"):
                if index["name"] == "by_b":
                    op.drop_index("by_b", table_name="t")
            for key in inspector.get_foreign_keys("u"):
                op.drop_constraint(key["name"], "u", type_="foreignkey")
            for unique in inspector.get_unique_constraints("t"):
                op.drop_constraint(unique["name"], "t", type_="unique")
            assert not inspector.has_table("v")
            assert not sa.inspect(op.get_bind()).get_indexes("t")
            """,
        }
    ),
    "batch operations": Case(
        {
            "a": 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.String(5)))',
            "b": """
            with op.batch_alter_table("t", schema=None) as batch_op:
                batch_op.add_column(sa.Column("b", sa.Integer(), server_default="3", nullable=False))
                batch_op.alter_column("a", existing_type=sa.String(5), type_=sa.Text(), nullable=False)
                batch_op.create_index(batch_op.f("ix_t_b"), ["b"])
                batch_op.create_unique_constraint("once", ["a"])
            """,
        }
    ),
    "batch operations that make the table anew": Case(
        {
            "a": 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.String(5)))',
            "b": """
            with op.batch_alter_table("t", recreate="always") as batch_op:
                batch_op.add_column(sa.Column("b", sa.Integer()))
                batch_op.alter_column("a", nullable=False)
            """,
        }
    ),
    "enums": Case(
        {
            "a": """
            from sqlalchemy.dialects.postgresql import ENUM
            mood = ENUM("sad", "ok", name="mood", create_type=False)
            mood.create(op.get_bind(), checkfirst=True)
            op.create_table("t", sa.Column("m", mood), sa.Column("s", sa.Enum("x", "y", name="size")))
            mood.create(op.get_bind(), checkfirst=True)
            op.create_table("u", sa.Column("m", mood), sa.Column("s", ENUM(name="size", create_type=False)))
            sa.Enum(name="nothing").drop(op.get_bind(), checkfirst=True)
            """,
            "b": """
            with op.get_context().autocommit_block():
                op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy' AFTER 'ok'")
            op.execute("ALTER TYPE size RENAME VALUE 'x' TO 'z'")
            """,
        }
    ),
    "sessions and rows": Case(
        {
            "app_rows/__init__.py": "",
            "app_rows/models.py": """
                import sqlalchemy as sa
                from sqlalchemy.orm import declarative_base
                Base = declarative_base()
                class Role(Base):
                    __tablename__ = "roles"
                    id = sa.Column(sa.Integer, primary_key=True)
                    name = sa.Column(sa.String(20))
            """,
            "a": """
            from sqlalchemy.orm import Session
            from app_rows.models import Role
            Role.__table__.create(op.get_bind())
            roles = sa.table("roles", sa.column("id", sa.Integer), sa.column("name", sa.String))
            op.bulk_insert(roles, [{"id": 101, "name": "a"}, {"id": 102, "name": "b"}])
            session = Session(bind=op.get_bind())
            session.add(Role(name="c"))
            session.flush()
            for role in session.query(Role).filter(Role.name == "nobody"):
                role.name = "x"
            session.commit()
            op.add_column("roles", sa.Column("n", sa.Integer()))
            """,
        }
    ),
    "a dialect by its name": Case(
        {
            "a": """
            if op.get_bind().dialect.name == "postgresql":
                op.execute("CREATE TABLE t (a jsonb)")
            else:
                op.execute("CREATE TABLE t (a text)")
            if op.get_context().dialect.name != "postgresql":
                raise RuntimeError
            if op.get_bind().engine.name == "postgresql":
                op.execute("CREATE INDEX by_a ON t USING gin (a)")
            """,
        }
    ),
    "branches, merges and dependencies": Case(
        {
            "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n"
            "version_locations = %(here)s/migrations/versions %(here)s/more/versions\n",
            "migrations/versions/z.py": revision("z", None, MAKE.format("first"), "branch_labels = ('main',)"),
            "migrations/versions/y.py": revision("y", "z", MAKE.format("left_side")),
            "migrations/versions/x.py": revision("x", "z", MAKE.format("right_side")),
            "migrations/versions/w.py": revision("w", ("y", "x"), "op.drop_table('left_side')"),
            "more/versions/v.py": revision(
                "v", None, "op.add_column('right_side', sa.Column('n', sa.Integer()))", "depends_on = ('w',)"
            ),
        }
    ),
    "a file that is read": Case(
        {
            "migrations/sql/first.sql": "CREATE TABLE t (a integer);\nCREATE INDEX by_a ON t (a);\n",
            "a": """
            import pathlib
            op.execute((pathlib.Path(__file__).parents[1] / "sql" / "first.sql").read_text())
            """,
        }
    ),
    "a naming convention": Case(
        {
            "app_named/__init__.py": "",
            "app_named/models.py": """
                from sqlalchemy import MetaData
                from sqlalchemy.orm import declarative_base
                Base = declarative_base(metadata=MetaData(naming_convention={
                    "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
                    "ck": "ck_%(table_name)s_%(constraint_name)s", "pk": "pk_%(table_name)s",
                    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}))
            """,
            "migrations/env.py": env("from app_named.models import Base", "Base.metadata"),
            "a": """
            op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True),
                            sa.Column("a", sa.Integer(), unique=True, index=True))
            op.create_table("u", sa.Column("t_id", sa.Integer(), sa.ForeignKey("t.id")),
                            sa.CheckConstraint("t_id > 0", name="positive"))
            op.create_unique_constraint(None, "u", ["t_id"])
            op.create_check_constraint(op.f("as_it_is"), "u", "t_id < 9")
            """,
        }
    ),
    "schemas, by constants of env.py": Case(
        {
            "migrations/env.py": env(options=", include_schemas=True, version_table='v', version_table_schema='app'"),
            "a": """
            op.execute("CREATE SCHEMA IF NOT EXISTS app")
            op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), schema="app")
            op.create_table("u", sa.Column("t_id", sa.Integer(), sa.ForeignKey("app.t.id")), schema="app")
            op.create_index("by_t", "u", ["t_id"], schema="app")
            assert sa.inspect(op.get_bind()).has_table("t", schema="app")
            assert not sa.inspect(op.get_bind()).has_table("t")
            """,
        },
        prelude="CREATE SCHEMA app",
    ),
    "a schema_translate_map": Case(
        {
            "migrations/env.py": env(
                before="connection = connection.execution_options(schema_translate_map={'tenant': 'one'})"
            ),
            "a": """
            op.execute("CREATE SCHEMA one")
            op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), schema="tenant")
            """,
        }
    ),
    "an env.py that is run, with a search path": Case(
        {
            "migrations/env.py": env(
                "from sqlalchemy import text",
                before="connection.execute(text('CREATE SCHEMA one')); "
                "connection.execute(text('SET search_path TO one')); "
                "hasattr(connection, 'commit') and connection.commit()",
            ),
            "a": 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))',
        },
        run_env=True,
    ),
    "an asynchronous env.py": Case(
        {"migrations/env.py": ASYNC, "a": MAKE.format("t")}, asynchronous=True, needs="greenlet"
    ),
    "an asynchronous env.py that is run": Case(
        {"migrations/env.py": ASYNC, "a": MAKE.format("t")}, asynchronous=True, run_env=True, needs="greenlet"
    ),
    "entities of alembic_utils": Case(
        {
            "a": """
            from alembic_utils.pg_function import PGFunction
            from alembic_utils.pg_view import PGView
            op.create_table("t", sa.Column("a", sa.Integer()))
            op.create_entity(PGView(schema="public", signature="v", definition="SELECT a FROM t"))
            op.create_entity(PGFunction(schema="public", signature="one()",
                                        definition="RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$"))
            op.replace_entity(PGView(schema="public", signature="v", definition="SELECT a, 1 AS b FROM t"))
            """,
        },
        needs="alembic_utils",
    ),
    "operations of the project's own": Case(
        {
            "app_ops/__init__.py": """
                from alembic.operations import MigrateOperation, Operations
                @Operations.register_operation("create_pair")
                class CreatePair(MigrateOperation):
                    def __init__(self, name):
                        self.name = name
                    @classmethod
                    def create_pair(cls, operations, name, **kw):
                        return operations.invoke(cls(name))
                @Operations.implementation_for(CreatePair)
                def create_pair(operations, operation):
                    for suffix in ("a", "b"):
                        operations.execute(f"CREATE TABLE {operation.name}_{suffix} (id integer)")
            """,
            "a": "import app_ops\nop.create_pair('t')",
        }
    ),
    "partitions, sequences and an exclusion": Case(
        {
            "a": """
            from sqlalchemy.dialects import postgresql
            op.execute(sa.schema.CreateSequence(sa.Sequence("numbers", start=5)))
            op.create_table("events", sa.Column("id", sa.Integer(), server_default=sa.text("nextval('numbers')")),
                            sa.Column("at", sa.Date(), nullable=False), postgresql_partition_by="RANGE (at)")
            op.execute("CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
            op.create_table("stays", sa.Column("during", postgresql.TSRANGE()),
                            postgresql.ExcludeConstraint(("during", "&&"), name="alone"))
            """,
        }
    ),
    "savepoints and an engine of its own": Case(
        {
            "a": """
            bind = op.get_bind()
            with bind.begin_nested():
                bind.execute(sa.text("CREATE TABLE t (a integer)"))
            cursor = bind.connection.cursor()
            cursor.execute("CREATE TABLE u (a integer)")
            """,
        }
    ),
    "pyproject.toml": Case(
        {
            "alembic.ini": "[alembic]\nscript_location = nowhere\n",
            "pyproject.toml": "[tool.alembic]\nscript_location = '%(here)s/migrations'\nprepend_sys_path = ['.']\n",
            "a": MAKE.format("t"),
        },
        location="pyproject.toml",
        needs="alembic 1.16",
    ),
    "a folder of Flask-Migrate": Case(
        {
            "alembic.ini": None,  # type: ignore[dict-item] # there is none
            "migrations/alembic.ini": "[alembic]\n# no script_location\n",
            "migrations/env.py": env("from flask import current_app", "current_app.config.get('METADATA')"),
            "a": MAKE.format("t") + "\nfrom flask import current_app\nprint(current_app.config['WHATEVER'])",
        },
        location="migrations",
        flask=True,
        needs="flask",
    ),
    "names without .py order, and a second head": Case(
        {
            "migrations/versions/2026/zz_first.py": revision("k1", None, MAKE.format("a")),
            "migrations/versions/2025/aa_second.py": revision("k2", "k1", MAKE.format("b")),
            "migrations/versions/2026/mm_third.py": revision("k3", "k1", "op.drop_table('a')"),
            "alembic.ini": INI + "recursive_version_locations = true\n",
        },
        needs="alembic 1.10",
    ),
}
