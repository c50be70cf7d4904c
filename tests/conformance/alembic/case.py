"""What a small project of migrations is.

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
