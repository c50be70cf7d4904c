"""Projects about env.py, configs, and the order of revisions."""

from __future__ import annotations

from .case import ASYNC, INI, MAKE, Case, env, revision

CASES: dict[str, Case] = {
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
    "a section of its own": Case(
        {
            "alembic.ini": "[alembic]\nscript_location = nowhere\n"
            "[other]\nscript_location = migrations\nfile_template = %%(rev)s\n",
            "a": MAKE.format("t"),
        },
        location="alembic.ini#other",
    ),
    "revisions of another branch": Case(
        {
            "migrations/versions/z.py": revision("z", None, MAKE.format("first"), "branch_labels = ('main',)"),
            "migrations/versions/b1.py": revision(
                "b1", None, MAKE.format("other_root"), "branch_labels = 'side'\ndepends_on = 'z'"
            ),
            "migrations/versions/b2.py": revision(
                "b2", "side", "op.add_column('other_root', sa.Column('n', sa.Integer()))"
            )
            if False
            else revision("b2", "b1", "op.add_column('other_root', sa.Column('n', sa.Integer()))"),
            "migrations/versions/m.py": revision("m", ("z", "b2"), "pass"),
        }
    ),
}
