"""Projects whose revisions are programs: they ask the database, and do by the answer."""

from __future__ import annotations

from .case import MAKE, Case

CASES: dict[str, Case] = {
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
    "a file that is read": Case(
        {
            "migrations/sql/first.sql": "CREATE TABLE t (a integer);\nCREATE INDEX by_a ON t (a);\n",
            "a": """
            import pathlib
            op.execute((pathlib.Path(__file__).parents[1] / "sql" / "first.sql").read_text())
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
    "rows of catalogs, in many ways": Case(
        {
            "a": """
            op.create_table(
                "t",
                sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("a", sa.String(5), nullable=False),
                sa.Column("b", sa.Integer(), server_default="4"),
                sa.CheckConstraint("b > 1", name="large"),
                sa.UniqueConstraint("a", name="once"),
            )
            op.create_table(
                "u", sa.Column("t_id", sa.Integer(), sa.ForeignKey("t.id", name="to_t", ondelete="CASCADE"))
            )
            op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
            op.execute("CREATE VIEW v AS SELECT id FROM t")
            op.create_index("by_b", "t", ["b"], unique=True)
            """,
            "b": """
            bind = op.get_bind()
            one = bind.execute(
                sa.text("SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'c'")
            ).scalar()
            if one == "large":
                op.drop_constraint(one, "t")
            found = bind.execute(
                sa.text(
                    "SELECT constraint_name FROM information_schema.table_constraints "
                    "WHERE table_name = 'u' AND constraint_type = 'FOREIGN KEY'"
                )
            ).fetchone()
            if found:
                op.drop_constraint(found[0], "u", type_="foreignkey")
            labels = [
                r[0]
                for r in bind.execute(
                    sa.text(
                        "SELECT e.enumlabel FROM pg_enum e JOIN pg_type t ON e.enumtypid = t.oid "
                        "WHERE t.typname = 'mood' ORDER BY e.enumsortorder"
                    )
                )
            ]
            if labels == ["sad", "ok"]:
                op.add_column("t", sa.Column("labels_seen", sa.Integer()))
            if bind.exec_driver_sql("SELECT 1 FROM pg_class WHERE relname = 'v' AND relkind = 'v'").first():
                op.execute("DROP VIEW v")
            null = bind.execute(
                sa.text(
                    "SELECT is_nullable FROM information_schema.columns WHERE table_name='t' AND column_name='a'"
                )
            ).scalar_one()
            if null == "NO":
                op.alter_column("t", "a", nullable=True)
            names = bind.execute(sa.text("SELECT indexname FROM pg_indexes WHERE tablename = 't'")).scalars().all()
            if "by_b" in names:
                op.drop_index("by_b")
            rows = (
                bind.execute(
                    sa.text(
                        "SELECT column_name AS name, data_type AS kind FROM information_schema.columns "
                        "WHERE table_name = 't' ORDER BY ordinal_position"
                    )
                )
                .mappings()
                .all()
            )
            if [row["name"] for row in rows][:2] == ["id", "a"] and rows[0]["kind"] == "integer":
                op.add_column("t", sa.Column("mapped", sa.Integer()))
            if (
                bind.scalar(
                    sa.text(
                        "SELECT count(*) FROM information_schema.tables "
                        "WHERE table_schema = current_schema() AND table_name IN ('t', 'u')"
                    )
                )
                == 2
            ):
                op.add_column("t", sa.Column("two", sa.Integer()))
            if not bind.execute(
                sa.text("SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'zzz')")
            ).scalar():
                op.add_column("t", sa.Column("none", sa.Integer()))
            if bind.execute(
                sa.select(sa.text("1")).select_from(sa.text("pg_type")).where(sa.text("typname = 'mood'"))
            ).first():
                op.add_column("t", sa.Column("mood", sa.dialects.postgresql.ENUM(name="mood", create_type=False)))
            """,
        }
    ),
    "reflection": Case(
        {
            "a": """
            op.create_table(
                "t",
                sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("a", sa.String(5), nullable=False),
                sa.Column("b", sa.Numeric(8, 2), server_default="4"),
                sa.CheckConstraint("b > 1", name="large"),
            )
            op.create_table(
                "u", sa.Column("t_id", sa.Integer(), sa.ForeignKey("t.id", name="to_t", ondelete="CASCADE"))
            )
            op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
            """,
            "b": """
        bind = op.get_bind()
        meta = sa.MetaData()
        meta.reflect(bind=bind)
        assert {"t", "u"} <= set(meta.tables)
        t = sa.Table("t", sa.MetaData(), autoload_with=bind)
        assert list(t.c.keys()) == ["id", "a", "b"] and not t.c.a.nullable and t.c.id.primary_key
        u = sa.Table("u", sa.MetaData(), autoload_with=bind)
        for key in u.foreign_keys:
            assert key.column.table.name == "t"
            op.drop_constraint(key.constraint.name, "u", type_="foreignkey")
        inspector = sa.inspect(bind)
        assert [one["name"] for one in inspector.get_check_constraints("t")] == ["large"]
        assert [one["name"] for one in inspector.get_enums()] == ["mood"]
        assert inspector.get_enums()[0]["labels"] == ["sad", "ok"]
        column = next(one for one in inspector.get_columns("t") if one["name"] == "b")
        assert column["default"] is not None and column["nullable"]
        assert (column["type"].precision, column["type"].scale) == (8, 2)
        op.create_table("copy", *[sa.Column(one["name"], one["type"]) for one in inspector.get_columns("t")])
        assert sa.inspect(bind).has_table("copy")
        if hasattr(inspector, "has_index"):
            assert not inspector.has_index("t", "nothing")
        if hasattr(inspector, "clear_cache"):
            inspector.clear_cache()
        """,
        }
    ),
    "sessions in many ways": Case(
        {
            "app_more/__init__.py": """
            import sqlalchemy as sa
            from sqlalchemy.orm import declarative_base
            Base = declarative_base()
            class Kept(Base):
                __tablename__ = "kept"
                id = sa.Column(sa.Integer, primary_key=True)
                name = sa.Column(sa.String(20), unique=True)
            class Other(Base):
                __tablename__ = "other"
                id = sa.Column(sa.Integer, primary_key=True)
                kept_id = sa.Column(sa.ForeignKey("kept.id"))
            """,
            "a": """
        from app_more import Base, Kept
        from sqlalchemy.orm import Session, sessionmaker
        Base.metadata.create_all(op.get_bind())
        Base.metadata.create_all(bind=op.get_bind(), tables=[Kept.__table__])
        make = sessionmaker(bind=op.get_bind())
        session = make()
        session.execute(sa.text("ALTER TABLE kept ADD COLUMN n integer"))
        assert session.query(Kept).first() is None
        assert session.query(Kept).filter_by(name="x").count() == 0
        session.bulk_save_objects([Kept(name="a"), Kept(name="b")])
        session.add_all([Kept(name="c")])
        session.flush()
        for kept in session.query(Kept).all():
            kept.name = kept.name.upper()
        session.execute(sa.update(Kept).values(name="z").where(Kept.id == 77))
        session.commit()
        session.close()
        with Session(op.get_bind()) as inner:
            inner.execute(sa.text("CREATE INDEX by_name ON kept (name)"))
            inner.commit()
        Base.metadata.tables["other"].drop(op.get_bind(), checkfirst=True)
        op.execute(sa.insert(Kept.__table__).values(name="q"))
        """,
        }
    ),
    "tried in savepoints": Case(
        {
            "a": """
        op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Integer()))
        """,
            "b": """
        bind = op.get_bind()
        try:
            with bind.begin_nested():
                op.drop_constraint("is_not_there", "t", type_="unique")
        except Exception:
            op.add_column("t", sa.Column("caught", sa.Integer()))
        try:
            with bind.begin_nested():
                op.add_column("t", sa.Column("a", sa.Integer()))
                op.add_column("t", sa.Column("never", sa.Integer()))
        except sa.exc.ProgrammingError:
            pass
        try:
            with bind.begin_nested():
                op.create_index("by_a", "t", ["a"])
                raise ValueError
        except ValueError:
            op.add_column("t", sa.Column("back", sa.Integer()))
        op.execute("SAVEPOINT one")
        op.execute("CREATE TABLE gone (a integer)")
        op.execute("ROLLBACK TO SAVEPOINT one")
        """,
        }
    ),
    "what a context knows": Case(
        {
            "a": """
        from alembic import context
        assert context.get_context() is op.get_context()
        assert not context.is_offline_mode()
        assert not op.get_context().as_sql
        assert context.config.get_main_option("script_location").endswith("migrations")
        assert context.get_x_argument(as_dictionary=True) == {}
        if context.get_x_argument(as_dictionary=True).get("data"):
            raise RuntimeError
        assert op.get_bind().engine.dialect.server_version_info >= (12,)
        assert op.get_context().bind.dialect.name == "postgresql"
        assert op.get_context().dialect.identifier_preparer.quote("Odd") == '"Odd"'
        op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))
        quote = op.get_bind().dialect.identifier_preparer.quote
        op.execute(f"ALTER TABLE t ADD COLUMN {quote('Odd Name')} integer")
        schema = op.get_bind().execute(sa.text("SELECT current_schema()")).scalar()
        op.execute(f"CREATE TABLE {schema}.u (a integer)")
        """
        }
    ),
    "helpers beside the revisions": Case(
        {
            "migrations/helpers.py": """
            from alembic import op
            import sqlalchemy as sa
            def stamps(table):
                for name in ("created", "updated"):
                    op.add_column(table, sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now()))
            class Adder:
                def __enter__(self):
                    return self
                def __exit__(self, *_):
                    op.execute("CREATE TABLE at_the_end (a integer)")
            """,
            "a": """
            import importlib.util, os

            spec = importlib.util.spec_from_file_location(
                "helpers_of_migrations", os.path.join(os.path.dirname(__file__), "..", "helpers.py")
            )
            helpers = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(helpers)
            op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))
            helpers.stamps("t")
            with helpers.Adder():
                pass
            tables = {"x": "integer", "y": "text"}
            for name, kind in tables.items():
                op.execute(f'''CREATE TABLE "{name}" (a {kind}, "{name}_b" {kind} DEFAULT NULL)''')
            op.execute(
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql "
                "AS $$ BEGIN NEW.a := now(); RETURN NEW; END $$"
            )
            for name in tables:
                op.execute(
                    "CREATE TRIGGER touched BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION touch()" % name
                )
            """,
        }
    ),
}
