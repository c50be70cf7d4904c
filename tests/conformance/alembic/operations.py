"""Projects about operations, and SQL."""

from __future__ import annotations

from .case import Case

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
    "batches of all kinds": Case(
        {
            "a": """
        op.create_table("p", sa.Column("id", sa.Integer(), primary_key=True))
        op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.String(5)),
                        sa.Column("p_id", sa.Integer()), sa.Column("gone", sa.Integer()), sa.Column("n", sa.String(3)),
                        sa.UniqueConstraint("a", name="once"))
        """,
            "b": """
        with op.batch_alter_table("t") as batch:
            batch.drop_column("gone")
            batch.alter_column("a", new_column_name="b", existing_type=sa.String(5))
            batch.create_foreign_key("to_p", "p", ["p_id"], ["id"], ondelete="SET NULL")
            batch.drop_constraint("once", type_="unique")
            batch.alter_column("n", type_=sa.Integer(), postgresql_using="n::integer", existing_type=sa.String(3))
            batch.create_check_constraint("positive", "n > 0")
            batch.create_index("by_n", ["n"], postgresql_where=sa.text("n > 3"))
        with op.batch_alter_table("t", recreate="auto", table_args=(sa.CheckConstraint("1 = 1"),)) as batch:
            batch.add_column(sa.Column("c", sa.Text(), server_default="z"))
            batch.create_table_comment("made in a batch")
        """,
        }
    ),
    "elements of SQLAlchemy's DDL": Case(
        {
            "a": """
        t = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.String(3)))
        op.execute(sa.schema.CreateTable(t))
        op.execute(sa.schema.CreateIndex(sa.Index("by_a", t.c.a)))
        op.execute(sa.DDL("ALTER TABLE t ADD COLUMN b integer"))
        op.get_bind().execute(sa.DDL("ALTER TABLE t ADD COLUMN c integer"))
        op.execute(sa.text("UPDATE t SET a = :v").bindparams(v="x"))
        op.execute(t.update().values(a="y").where(t.c.id == 4))
        op.execute(t.insert().values(a="o'c"))
        op.execute("COMMENT ON COLUMN t.b IS 'it''s'")
        op.execute("COMMENT ON TABLE t IS '100%% sure' ".replace("%%", "%"))
        op.execute("ALTER TABLE t ADD COLUMN d text DEFAULT '50%'")
        op.execute(sa.schema.CreateSequence(sa.Sequence("s", start=4)))
        op.execute(sa.schema.DropSequence(sa.Sequence("s")))
        """
        }
    ),
    "an enum in another way": Case(
        {
            "a": """
        op.create_table("t", sa.Column("m", sa.Enum("a", "b", name="mood"), server_default="a", nullable=False),
                        sa.Column("ms", sa.ARRAY(sa.Enum("q", "r", name="many"))))
        """,
            "b": """
        op.execute("ALTER TYPE mood RENAME TO mood_old")
        new = sa.Enum("a", "b", "c", name="mood")
        new.create(op.get_bind(), checkfirst=False)
        op.alter_column("t", "m", server_default=None)
        op.alter_column("t", "m", type_=new, postgresql_using="m::text::mood", existing_type=sa.Enum(name="mood_old"))
        op.alter_column("t", "m", server_default="c")
        sa.Enum(name="mood_old").drop(op.get_bind())
        """,
            "c": """
        for value in ("d", "e"):
            op.execute(f"ALTER TYPE mood ADD VALUE IF NOT EXISTS '{value}'")
        with op.get_context().autocommit_block():
            op.execute("ALTER TYPE many ADD VALUE 's' BEFORE 'q'")
            op.create_index("by_m", "t", ["m"], postgresql_concurrently=True)
        """,
        }
    ),
    "if it is there, or not": Case(
        {
            "a": """
        op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Integer()))
        op.create_index("by_a", "t", ["a"], if_not_exists=True)
        op.create_index("by_a", "t", ["a"], if_not_exists=True)
        op.drop_index("nothing", table_name="t", if_exists=True)
        op.create_table("t", sa.Column("other", sa.Integer()), if_not_exists=True)
        op.drop_table("nothing", if_exists=True)
        op.execute("ALTER TABLE t ADD COLUMN IF NOT EXISTS a text, ADD COLUMN IF NOT EXISTS c text")
        op.execute("ALTER TABLE IF EXISTS nothing ADD COLUMN x integer")
        """
        },
        needs="alembic 1.14",
    ),
    "alterations of columns": Case(
        {
            "a": """
            op.create_table(
                "t",
                sa.Column("id", sa.Integer(), sa.Identity(), primary_key=True),
                sa.Column("a", sa.Integer(), nullable=False),
                sa.Column("b", sa.DateTime(), server_default=sa.text("now()")),
                sa.Column("j", sa.JSON()),
                sa.Column("n", sa.Integer()),
            )
            op.create_table("serial", sa.Column("id", sa.Integer(), primary_key=True))
            """,
            "b": """
            from sqlalchemy.dialects import postgresql

            op.alter_column("t", "a", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)
            op.alter_column(
                "t",
                "b",
                type_=sa.DateTime(timezone=True),
                postgresql_using="b AT TIME ZONE 'UTC'",
                existing_server_default=sa.text("now()"),
            )
            op.alter_column("t", "j", type_=postgresql.JSONB(), postgresql_using="j::jsonb")
            op.alter_column(
                "t", "id", server_default=sa.Identity(always=True, start=5), existing_server_default=sa.Identity()
            )
            op.alter_column("t", "n", server_default=sa.text("42"), nullable=False, comment="forty-two")
            op.alter_column("t", "n", server_default=None, comment=None)
            op.alter_column("serial", "id", type_=sa.BigInteger())
            op.rename_table("serial", "counted")
            op.alter_column("counted", "id", new_column_name="number")
            op.drop_constraint("serial_pkey", "counted", type_="primary")
            op.create_primary_key("counted_key", "counted", ["number"])
            op.create_unique_constraint(None, "t", ["a", "n"])
            op.create_foreign_key(
                None, "t", "counted", ["a"], ["number"], onupdate="CASCADE", deferrable=True, initially="DEFERRED"
            )
            op.add_column(
                "t", sa.Column("c", sa.Integer(), sa.ForeignKey("counted.number"), unique=True, index=True)
            )
            """,
        }
    ),
}
