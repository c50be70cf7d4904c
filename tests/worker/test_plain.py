"""Which revisions can ask neither the clock nor chance, and are run without a look at each of their calls."""

from __future__ import annotations

import pytest

from driftcheck.worker.inside.revisions.plain import is_plain

HEAD = "import sqlalchemy as sa\nfrom alembic import op\nfrom typing import Sequence, Union\n"
PLAIN = {
    "a table": "def upgrade() -> None:\n op.create_table('t', sa.Column('id', sa.Integer()), sa.Column('at', "
    "sa.DateTime(), server_default=sa.func.now()))",
    "dialects": "from sqlalchemy.dialects import postgresql\ndef upgrade(): op.execute(postgresql.UUID())",
    "a helper": "def name(word): return f'ix_{word}'\ndef upgrade(): op.create_index(name('a'), 't', ['a'])",
    "a class": "class Names:\n first = 'a'",
}
ASKING = {
    "a module": "import uuid\ndef upgrade(): op.execute(str(uuid.uuid4()))",
    "one module of several": "def upgrade():\n from datetime import datetime as d\n op.execute(str(d.now()))",
    "the project's": "from app.words import NAME\ndef upgrade(): op.execute(NAME)",
    "what is imported by name": "def upgrade(): op.execute(str(__import__('time').time()))",
    "an attribute by its name": "def upgrade(): op.execute(getattr(sa, 'ut' + 'il'))",
    "an address": "def upgrade(): op.execute(str(id(op)))",
    "a module of SQLAlchemy's": "def upgrade(): op.execute(sa.util.compat.sys.modules['time'].time())",
    "an extension of SQLAlchemy": "from sqlalchemy.ext.asyncio import create_async_engine as made\nmade('x')",
    "text that is run": "exec('import time')",
    "in a class": "class Names:\n import random\ndef upgrade(): op.execute(Names.random.choice('ab'))",
    "in a lambda": "def upgrade(): (lambda: op.execute(open('x').read()))()",
    "globals": "def upgrade(): globals()['a']",
    "dunder names": "def upgrade(): op.execute(str(sa.__loader__))",
    "something behind 255 names": "def upgrade():\n "
    + "\n ".join(f"op.f{number}" for number in range(300))
    + "\n import os",
}


@pytest.mark.parametrize("code", PLAIN.values(), ids=PLAIN)
def test_plain(code: str) -> None:
    assert is_plain(compile(HEAD + code, "1.py", "exec"))


@pytest.mark.parametrize("code", ASKING.values(), ids=ASKING)
def test_not_plain(code: str) -> None:
    assert not is_plain(compile(HEAD + code, "1.py", "exec"))
