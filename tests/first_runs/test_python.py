"""The first `driftcheck diff` in a project with SQLAlchemy models, where only SQLAlchemy itself is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.check.readings import PythonChoice

from .building import Layout, config, kit, models, sql, ts
from .test_sources import check

TS, SQL, MODELS = ts("crate"), sql("crate"), models("crate")
DRIFTS = sql("crate", label="varchar(9)")
NO_DRIFT = "✓ no drift: compared 1 table"
IN_PLACE = "stand-ins took the place of packages that are not installed: no_such_metrics"

LAYOUTS = {
    "all three": Layout(
        {"web/drizzle.config.ts": config(out="./drizzle"), "web/schema.ts": TS, "api/app/models.py": MODELS}
        | kit("web/drizzle", {"0000_a": SQL}),
        0,
        ("web/schema.ts", "web/drizzle/0000_a.sql", "api/app/models.py"),
        says=(NO_DRIFT,),
    ),
    "one of three cannot be imported": Layout(
        {"schema.ts": TS, "schema.sql": DRIFTS, "app/models.py": "raise RuntimeError('no settings file')\n" + MODELS},
        2,
        ("schema.ts", "schema.sql"),
        says=("DR203",),
        top=("sqlalchemy could not be read", "no settings file", "hint:"),
        never=("✓ no drift",),
    ),
    "the truth cannot be read": Layout(
        {"schema.sql": SQL, "dump/all.sql": DRIFTS, "models.py": "import os\nos._exit(3)\n" + MODELS},
        2,
        ("schema.sql", "dump/all.sql"),
        says=("DR203",),
        top=("sqlalchemy could not be read",),
    ),
    "a package is missing": Layout(
        {"schema.ts": TS, "app/__init__.py": "", "app/models.py": "import no_such_metrics\n" + MODELS},
        0,
        ("schema.ts", "app/models.py"),
        says=(NO_DRIFT,),
        top=(IN_PLACE,),
    ),
    "a base is missing": Layout(
        {
            "schema.ts": ts("crate", "pallet"),
            "app/base.py": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass",
            "app/models.py": models("crate", base="from .base import Base")
            + models("pallet", base="from no_such_orm import Stamped").replace("(Base)", "(Stamped, Base)"),
        },
        1,
        ("schema.ts", "app/models.py"),
        says=("it inherits no_such_orm.Stamped", "Pallet  app/models.py:", "compared 2 tables"),
        top=("a gap says what is in doubt; to read it, too: uv run --no-project --with driftcheck",),
        never=("DR2", "✓ no drift"),
    ),
    "a module fails": Layout(
        {
            "schema.ts": ts("crate", "pallet"),
            "app/__init__.py": "",
            "app/base.py": "import no_such_metrics\nfrom sqlalchemy.orm import DeclarativeBase\n"
            "class Base(DeclarativeBase): pass",
            "app/crates.py": models("crate", base="from .base import Base"),
            "app/pallets.py": "def\n" + models("pallet", base="from .base import Base"),
            "app/models.py": "from .base import Base\nfrom .crates import Crate\nfrom .pallets import Pallet\n",
        },
        1,
        ("schema.ts", "app/crates.py"),
        says=("it cannot be imported: SyntaxError", "app/pallets.py:1", "compared 1 table"),
        never=("DR101", "✓ no drift"),
    ),
    "a package is missing, and that is refused": Layout(
        {"schema.ts": TS, "app/models.py": "import no_such_metrics\n" + MODELS},
        2,
        says=("No module named 'no_such_metrics'", "Install the project's packages"),
        never=(IN_PLACE,),
        choice=PythonChoice(stub_missing=False),
    ),
    "a package is missing, and the config refuses stand-ins": Layout(
        {
            "driftcheck.toml": '[sources]\na = "drizzle:schema.ts"\n'
            'b = { kind = "sqlalchemy", location = "models:Base", stub-missing = false }\n',
            "schema.ts": TS,
            "models.py": "import no_such_metrics\n" + MODELS,
        },
        2,
        says=("No module named 'no_such_metrics'",),
        never=(IN_PLACE,),
    ),
    "a maker of columns is missing": Layout(
        {
            "schema.ts": TS,
            "models.py": models("crate", base="from no_such_alchemy import Base"),
        },
        1,
        ("schema.ts", "models.py"),
        says=("it inherits no_such_alchemy.Base", "compared 1 table"),
        top=("to read it, too: uv run --no-project --with driftcheck ", " --with no-such-alchemy driftcheck diff"),
        never=("✓ no drift",),
    ),
    "a root inside a package": Layout(
        {
            "schema.ts": TS,
            "svc/__init__.py": "",
            "svc/models/__init__.py": "from .crate import Crate\n",
            "svc/models/crate.py": models("crate", base="from core.db import Base"),
            "svc/core/__init__.py": "",
            "svc/core/db.py": models(),
        },
        0,
        ("schema.ts", "svc/models/crate.py"),
        says=(NO_DRIFT,),
        never=("stand-ins",),
    ),
    "two services of one name": Layout(
        {
            "schema.ts": TS,
            "mail-service/requirements.txt": "",
            "mail-service/app/__init__.py": "",
            "mail-service/app/models.py": models("letter"),
            "stock-service/requirements.txt": "",
            "stock-service/app/__init__.py": "",
            "stock-service/app/models.py": MODELS,
        },
        0,
        ("schema.ts", "stock-service/app/models.py"),
        ("mail-service/app/models.py",),
        (NO_DRIFT, "took sqlalchemy:stock-service/app.models:Base"),
    ),
    "a base beside the one that most models have": Layout(
        {
            "schema.ts": ts("crate", "pallet", "bale"),
            "app/models/bale.py": models("bale"),
            "app/models/crate.py": models("crate", base="from app.base import Base"),
            "app/models/pallet.py": models("pallet", base="from app.base import Base"),
            "app/base.py": models(),
        },
        0,
        ("app/models/bale.py", "app/models/crate.py", "app/models/pallet.py"),
        says=("✓ no drift: compared 3 tables", "the tables of 2 MetaData objects are taken together"),
    ),
    "a number in a variable": Layout(
        {
            "schema.ts": TS,
            "models.py": "import os, no_such_metrics\nPORT = int(os.environ['PORT'])\n" + MODELS,
        },
        0,
        ("models.py",),
        says=(NO_DRIFT,),
        top=("a placeholder stood for variables that are not set: PORT",),
        never=("invalid literal",),
    ),
    "a setting that fails for want of a package": Layout(
        {
            "schema.ts": TS,
            "settings.py": "import datetime, no_such_metrics as m\nDAY = datetime.timedelta(seconds=m.parse('1d'))\n",
            "models.py": "import settings\n" + MODELS,
        },
        0,
        ("schema.ts", "models.py"),
        says=(NO_DRIFT,),
        top=(IN_PLACE, "these lines raise, and were passed over: settings.py:2 (TypeError)"),
    ),
    "a variable that decides": Layout(
        {
            "schema.ts": TS,
            "models.py": "import os\nif os.environ['DB_KIND'] != 'pg':\n    raise ValueError('DB_KIND')\n" + MODELS,
        },
        2,
        says=("Set it in the config: env = { DB_KIND",),
    ),
    "a schema that has nothing to do with the models and their SQL": Layout(
        {
            "editor/drizzle.config.ts": config(out="./drizzle"),
            "editor/schema.ts": ts("draft").replace("weight", "due").replace("packed", "sent"),
            "db/schema.sql": sql("crate", "pallet"),
            "app/models.py": models("crate", "pallet"),
        },
        0,
        ("db/schema.sql", "app/models.py"),
        ("editor/schema.ts",),
        top=("left out editor/drizzle.config.ts: it has no table in common",),
    ),
    "a part that cannot be read may be what belongs together": Layout(
        {"schema.ts": ts("crate"), "other.sql": sql("job").replace("weight", "due"), "models.py": "1 / 0\n" + MODELS},
        2,
        says=("ZeroDivisionError",),
        never=("two databases",),
    ),
    "models of another program": Layout(
        {"schema.ts": TS, "schema.sql": SQL, "jobs/models.py": models("job").replace("weight", "due")},
        0,
        ("schema.ts", "schema.sql"),
        ("jobs/models.py",),
        top=("left out models:Base: it has no table in common with schema.ts",),
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_first_run(tmp_path: Path, layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VIRTUAL_ENV", "PORT", "DB_KIND"):
        monkeypatch.delenv(name, raising=False)
    check(layout, tmp_path)
