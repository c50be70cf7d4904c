"""Which module brings in the SQLAlchemy models."""

from __future__ import annotations

from pathlib import Path

import pytest

from .building import BASE, ENV, model, project, specs

PACKAGE = {"app/__init__.py": "", "app/models/base.py": BASE, "app/models/user.py": model("users")}

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "alembic names the base": (
        {
            **PACKAGE,
            "app/models/__init__.py": "from .base import Base\nfrom .user import Users\n",
            "alembic/env.py": ENV.format("app.models", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.models:Base"],
    ),
    "alembic names a base that knows no model": (
        {
            **PACKAGE,
            "app/models/__init__.py": "from . import user\nfrom .base import Base as Base\n",
            "migrations/env.py": "from app import models\n" + ENV.format("app.models.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.models.base:Base"],
    ),
    "alembic imports the models beside a base that knows none": (
        {
            "app/__init__.py": "",
            "app/base.py": BASE,
            "app/user.py": model("users"),
            "app/everything.py": "from app.base import Base\nimport app.user\n",
            "migrations/env.py": "import app.everything\n" + ENV.format("app.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.everything:Base"],
    ),
    "a base that comes with a star": (
        {
            "app/__init__.py": "",
            "app/base.py": BASE,
            "app/user.py": model("users"),
            "app/everything.py": "from .user import *\nfrom .more import *\n",
            "app/more.py": "from .base import *\n",
            "migrations/env.py": "import app.everything\n" + ENV.format("app.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.everything:Base"],
    ),
    "alembic with a MetaData, an alias and a list": (
        {
            "app/db.py": "from sqlalchemy import MetaData, Table\nmeta = MetaData()\nt = Table('t', meta)\n",
            "alembic/env.py": "import app.db as database\nm = database.meta\ntarget_metadata = [m]\n",
        },
        ["sqlalchemy:app.db:meta"],
    ),
    "alembic with a dotted import": (
        {
            "app/__init__.py": "",
            "app/db.py": BASE + "class A(Base):\n    __tablename__ = 'a'\n",
            "alembic/env.py": "import app.db\ntarget_metadata: object = app.db.Base.metadata\n",
        },
        ["sqlalchemy:app.db:Base"],
    ),
    "alembic in a folder of a monorepo, models in another of its own": (
        {
            "services/api/src/shop/__init__.py": "",
            "services/api/src/shop/models.py": model("a", BASE),
            "services/api/alembic/env.py": ENV.format("shop.models", "Base", "Base.metadata"),
        },
        ["sqlalchemy:shop.models:Base"],
    ),
    "packages without __init__": (
        {
            "shop/db/user.py": model("users", "from shop.db.base import Base"),
            "shop/db/base.py": BASE,
            "shop/migrations/env.py": "from shop.db.user import *\n"
            + ENV.format("shop.db.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:shop.db.user:Base"],
    ),
    "SQLModel": (
        {
            "app/__init__.py": "",
            "app/models.py": "from sqlmodel import SQLModel\nclass A(SQLModel, table=True):\n    id: int\n",
            "app/alembic/env.py": "from app.models import SQLModel\ntarget_metadata = SQLModel.metadata\n",
        },
        ["sqlalchemy:app.models:SQLModel"],
    ),
    "SQLModel, imported from itself": (
        {
            "app/__init__.py": "",
            "app/models.py": "from sqlmodel import SQLModel\nclass A(SQLModel, table=True):\n    id: int\n",
            "alembic/env.py": "from sqlmodel import SQLModel\nfrom app.models import *\n"
            "target_metadata = SQLModel.metadata\n",
        },
        ["sqlalchemy:app.models:SQLModel"],
    ),
    "Flask": (
        {
            "shop/__init__.py": "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nfrom shop import models\n",
            "shop/models.py": "from shop import db\nclass A(db.Model):\n    id = db.Column(db.Integer)\n",
            "migrations/env.py": "from flask import current_app\n"
            "target_metadata = current_app.extensions['migrate'].db.metadata\n",
        },
        ["sqlalchemy:shop:db"],
    ),
    "no alembic: the package that imports the models": (
        {
            **PACKAGE,
            "app/models/order.py": model("orders"),
            "app/models/__init__.py": "from .base import Base\nfrom .order import Orders\nfrom .user import Users\n",
            "app/main.py": "import app.models\n",
        },
        ["sqlalchemy:app.models:Base"],
    ),
    "no alembic: a package that looks for its models": (
        {
            **PACKAGE,
            "app/models/__init__.py": "import pkgutil\nfrom .base import Base\n"
            "for m in pkgutil.iter_modules(__path__):\n  ...\n",
        },
        ["sqlalchemy:app.models:Base"],
    ),
    "no alembic: one module": (
        {
            "models.py": "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
            "class A(Base):\n    __tablename__='a'\n"
        },
        ["sqlalchemy:models:Base"],
    ),
    "Django is something else": (
        {"shop/models.py": "from django.db import models\nclass A(models.Model):\n    pass\n"},
        [],
    ),
    "Alembic's own migrations define nothing": (
        {"alembic/versions/1.py": "import sqlalchemy as sa\ndown_revision = None\nt = sa.Table('x')\n"},
        [],
    ),
    "broken Python": (
        {"models.py": "from sqlalchemy import *\nclass A(:\n    __tablename__ = 'a'\n"},
        ["sqlalchemy:models"],
    ),
    "alembic imports each module, and no module brings in all": (
        {
            **PACKAGE,
            "app/models/order.py": model("orders"),
            "alembic/env.py": "from app.models import order, user\n"
            + ENV.format("app.models.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.models.*:Base"],
    ),
    "alembic imports a star of a package that lists its files": (
        {
            **PACKAGE,
            "app/models/order.py": model("orders"),
            "app/models/__init__.py": "import glob\n__all__ = [f[:-3] for f in glob.glob('*.py')]\n",
            "alembic/env.py": "from app.models import *\n" + ENV.format("app.models.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.models.*:Base"],
    ),
    "alembic says it to configure alone, inside a function": (
        {
            **PACKAGE,
            "app/models/base.py": BASE + "def get_metadata():\n    from . import user\n    return Base.metadata\n",
            "migrations/env.py": "def run():\n    from app.models.base import get_metadata\n"
            "    context.configure(target_metadata=get_metadata())\n",
            "app/models/__init__.py": "from . import user\n",
        },
        ["sqlalchemy:app.models.base:get_metadata"],
    ),
    "alembic asks an object of the project's own": (
        {
            **PACKAGE,
            "app/models/__init__.py": "from .base import Base\nfrom . import user\n",
            "app/settings.py": "from app import models\n",
            "app/migrations/env.py": "from app.settings import settings\ntarget_metadata = settings.db.metadata\n",
        },
        ["sqlalchemy:app.settings:settings.db"],
    ),
    "a package that would look for its models if it were asked to": (
        {
            **PACKAGE,
            "app/models/order.py": model("orders"),
            "app/models/__init__.py": "from pkgutil import walk_packages\nfrom .base import Base\n"
            "def load():\n    for m in walk_packages(__path__): __import__(m.name)\n",
        },
        ["sqlalchemy:app.models.*:Base"],
    ),
    "a package that asks itself to look for its models": (
        {
            **PACKAGE,
            "app/models/order.py": model("orders"),
            "app/models/__init__.py": "from pkgutil import walk_packages\nfrom .base import Base\n"
            "def load():\n    for m in walk_packages(__path__): __import__(m.name)\nload()\n",
        },
        ["sqlalchemy:app.models:Base"],
    ),
    "alembic with two MetaData, each with tables of its own": (
        {
            **PACKAGE,
            "app/models/__init__.py": "from .base import Base\nfrom . import user\n",
            "app/models/staging.py": "from sqlalchemy import *\nmeta = MetaData()\nt = Table('t', meta)\n",
            "alembic/env.py": "from app.models import Base\nfrom app.models.staging import meta\n"
            "target_metadata = [Base.metadata, meta]\n",
        },
        ["sqlalchemy:app.models.*"],
    ),
    "alembic with two MetaData of one module": (
        {
            "app/__init__.py": "",
            "app/db.py": "from sqlalchemy import *\na = MetaData()\nb = MetaData()\n"
            "t = Table('t', a)\nu = Table('u', b)\n",
            "alembic/env.py": "from app.db import a, b\ntarget_metadata = [a, b]\n",
        },
        ["sqlalchemy:app.db"],
    ),
    "alembic with a library's MetaData beside the project's": (
        {
            **PACKAGE,
            "app/models/__init__.py": "from .base import Base\nfrom . import user\n",
            "alembic/env.py": "from celery.models import ResultBase\nfrom app.models import Base\n"
            "target_metadata = [ResultBase.metadata, Base.metadata]\n",
        },
        ["sqlalchemy:app.models:Base"],
    ),
    "modules that nobody imports": (
        {**PACKAGE, "app/models/order.py": model("orders"), "app/models/item.py": model("items")},
        ["sqlalchemy:app.models.*:Base"],
    ),
    "a program that imports everything is not the models": (
        {
            **PACKAGE,
            "app/models/order.py": model("orders"),
            "app/scripts/load.py": "from app.models import order, user\nfrom app.models.base import Base\n",
            "app/main.py": "from app.models import order, user\nfrom app.models.base import Base\n",
        },
        ["sqlalchemy:app.models.*:Base"],
    ),
    "a package before the modules that it imports": (
        {
            **PACKAGE,
            "app/models/order.py": model("orders"),
            "app/models/__init__.py": "from .user import Users\nfrom .order import Orders\n",
        },
        ["sqlalchemy:app.models"],
    ),
    "a module before the empty package around it": (
        {"app/__init__.py": "from app import models\n", "app/models.py": model("a", BASE)},
        ["sqlalchemy:app.models:Base"],
    ),
    "no packages at all: as somebody else imports them": (
        {
            "src/models/base.py": BASE,
            "src/models/user.py": model("users"),
            "src/models/order.py": model("orders"),
            "src/bot/start.py": "def f():\n    pass\nfrom src.models.user import Users\n",
        },
        ["sqlalchemy:src.models.*:Base"],
    ),
    "src is a package itself": (
        {
            "src/__init__.py": "",
            "src/db.py": BASE,
            "src/models.py": model("users", "from src.db import Base"),
        },
        ["sqlalchemy:src.models:Base"],
    ),
    "a package that is called as a library is": (
        {
            "db/__init__.py": "",
            "db/sqlalchemy/__init__.py": "from .base import Base\nfrom .user import Users\nfrom .order import Orders\n",
            "db/sqlalchemy/base.py": BASE,
            "db/sqlalchemy/user.py": model("users"),
            "db/sqlalchemy/order.py": model("orders"),
            "db/select.py": "from sqlalchemy import select\n",
        },
        ["sqlalchemy:db.sqlalchemy:Base"],
    ),
    "a program beside the models that has the base, too": (
        {
            "api/db.py": "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n",
            "api/models/a.py": "from api.db import db\nclass A(db.Model):\n    pass\n",
            "api/models/b.py": "from api.db import db\nclass B(db.Model):\n    pass\n",
            "users.py": "from api.db import db\nfrom api.models.a import A\nfrom api.models.b import B\n",
        },
        ["sqlalchemy:api.models.*:db"],
    ),
    "a template's folders have no names": ({"{{app}}/__init__.py": "", "{{app}}/models.py": model("a", BASE)}, []),
    "mixins, abstract classes and other tools' tables are none": (
        {
            "app/mixins.py": "from sqlalchemy import Column\nclass Stamped:\n    at = Column()\n",
            "app/base.py": BASE + "class Model(Base):\n    __abstract__ = True\n    __tablename__ = 'x'\n",
            "app/show.py": "import sqlalchemy\nfrom rich.table import Table\ntable = Table('a', title='b')\n",
            "app/load.py": "import sqlalchemy as sa\ndef f():\n    return sa.Table('a', sa.MetaData())\n",
            "app/parse.py": "import sqlalchemy\nfrom app import ast\nclass A(ast.B):\n    c = ast.Column('c')\n",
        },
        [],
    ),
    "classes whose tables get their names elsewhere": (
        {
            "app/base.py": BASE,
            "app/user.py": "import sqlalchemy as sa\nfrom app.base import Base\nclass A(Base):\n    id = sa.Column()\n",
        },
        ["sqlalchemy:app.user:Base"],
    ),
    "tables by a function that a module hands on": (
        {
            "app/util.py": "from sqlalchemy import *\n",
            "app/model.py": "import sqlalchemy\nfrom app import util\n"
            "class Model:\n    metadata = sqlalchemy.MetaData()\n    t = util.Table('t', metadata)\n",
        },
        ["sqlalchemy:app.model"],
    ),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_finds(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert specs(project(tmp_path, files)) == expected


@pytest.mark.filterwarnings("error")
def test_what_python_would_remark_on_the_code_is_not_said(tmp_path: Path) -> None:
    odd = model("a", BASE) + "    pattern = '\\d' is 1\n"
    assert specs(project(tmp_path, {"app/models.py": odd})) == ["sqlalchemy:models:Base"]
