"""`--stub-missing`: models import without their packages, and a stand-in is never taken for a fact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.readers.sqlalchemy import Options, read
from driftcheck.reading import Reading

from .conftest import BASE, USER

pytestmark = pytest.mark.usefixtures("warm")

Models = Callable[..., Reading]
Refused = Callable[..., SourceError]


def test_missing_packages_are_named(models: Models) -> None:
    reading = models(
        f"""
        import no_such_logger
        from no_such_settings import BaseSettings, Field
        from no_such_queue.tasks import Queue

        log = no_such_logger.get(__name__)
        queue = Queue("x")

        class Settings(BaseSettings):
            url: str = Field(...)

        engine = create_engine(Settings().url)

        @queue.task(bind=True)
        def work(self): pass

        {USER.replace(chr(10), chr(10) + "        ")}
        """,
        stub_missing=True,
    )
    assert [table.name for table in reading.schema.tables] == ["users"]
    assert not reading.gaps
    assert any("no_such_logger, no_such_settings, no_such_queue" in note for note in reading.cautions)


def test_without_it_they_are_errors(refused: Refused) -> None:
    assert "--stub-missing" in (refused("import no_such_logger").hint or "")


def test_type_of_a_missing_package_is_unknown(models: Models) -> None:
    reading = models(
        "from no_such_types import Weird\n"
        + USER
        + "    a = Column(Weird)\n    b = Column(Weird(3), nullable=False)\n",
        stub_missing=True,
    )
    a, b = reading.schema.tables[0].columns[1:]
    assert a.unknown == b.unknown == {"type"}
    assert (a.nullable, b.nullable) == (True, False)
    assert [gap.object for gap in reading.gaps] == ["users.a", "users.b"]
    assert "no_such_types.Weird" in reading.gaps[0].why


def test_function_of_a_missing_package_keeps_its_name(models: Models) -> None:
    reading = models(
        "from no_such import cuid\n" + USER + "    key = Column(String, default=cuid)\n", stub_missing=True
    )
    assert reading.schema.tables[0].columns[1].application_default == "cuid"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("from no_such import Stamped\nclass User(Stamped, Base):", "it inherits no_such.Stamped"),
        ("from no_such import audited\n@audited\nclass User(Base):", "it is decorated, or made, by a stand-in"),
        ("from no_such import moment\nclass User(Base):\n    at = moment()", "its attribute at is no_such.moment()"),
    ],
)
def test_class_that_may_have_more_columns(models: Models, text: str, why: str) -> None:
    reading = models(
        text + "\n    __tablename__ = 'users'\n    id = Column(Integer, primary_key=True)\n", stub_missing=True
    )
    assert "columns" in reading.schema.tables[0].unknown
    assert why in reading.gaps[0].why


def test_harmless_base(models: Models) -> None:
    reading = models(
        "from flask_login import UserMixin\n" + USER.replace("(Base)", "(UserMixin, Base)"), stub_missing=True
    )
    assert not reading.gaps
    assert not reading.schema.tables[0].unknown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            BASE + USER + "\nfrom no_such import Model\nclass Lost(Model):\n    __tablename__ = 'lost'",
            "'Lost' was lost",
        ),
        (BASE + USER + "\nfrom no_such import Table\nlost = Table('lost', Base.metadata)", "'lost' was lost"),
        (BASE + "from no_such import PREFIX\n" + USER.replace("'users'", "f'{PREFIX}users'"), "no_such.PREFIX"),
        (BASE + "import os\n" + USER.replace("'users'", "os.environ['PREFIX'] + 'users'"), "comes from"),
        (BASE + "from no_such import on\n" + USER + "if on:\n    User.more = Column(Integer)", "depends on no_such.on"),
        (
            BASE + "from no_such import names\n" + USER + "    for n in names: locals()[n] = Column(Integer)",
            "no_such.names",
        ),
        (BASE + "from no_such import d\n" + USER + "    x = Column(Integer, server_default=d)", "ArgumentError"),
    ],
    ids=["class", "table", "name", "variable", "branch", "loop", "default"],
)
def test_never_a_wrong_answer(project: Callable[..., Path], text: str, message: str) -> None:
    """What a stand-in got into is lost, and said, whatever else there is."""
    more = (
        "from models import *\nfrom sqlalchemy import *\nother = Table('other', Base.metadata, Column('id', Integer))\n"
    )
    reading = read("more:Base", project(**{"models.py": text, "more.py": more}), Options(stub_missing=True))
    assert any(message in f"{gap.what} {gap.why}" for gap in reading.gaps)
    unread = {one.name for one in reading.schema.opaque} | set(reading.schema.unknown)
    of_column = any(column.unknown for table in reading.schema.tables for column in table.columns)
    assert unread & {"lost", "users", "tables"} or of_column


def test_a_base_that_is_missing_alone(models: Models) -> None:
    """What its classes declare themselves is read; what it may bring is in doubt."""
    text = (
        "from no_such.db import Base\nclass User(Base):\n    __tablename__ = 'users'\n"
        "    id = Column(Integer, primary_key=True)\n    name = Column(String(9), nullable=False)\n"
    )
    (table,) = models(text, stub_missing=True).schema.tables
    assert [str(column.type) for column in table.columns] == ["integer", "varchar(9)"]
    assert "columns" in table.unknown


@pytest.mark.parametrize("package", ["no_sqlalchemy_plugin", "flask_security", "sqlalchemy_continuum"])
def test_a_package_that_makes_tables(models: Models, package: str) -> None:
    reading = models(f"import {package}\n{package}.make()\n" + USER, stub_missing=True)
    assert "tables" in reading.schema.unknown
    assert [gap.what for gap in reading.gaps] == [package]


def test_own_modules_are_never_stubbed(refused: Refused) -> None:
    assert "No module named 'models_of_mine'" in refused("x = 1", "models_of_mine", stub_missing=True).message


def test_column_default_from_the_environment_is_unknown(models: Models) -> None:
    reading = models(
        "import os\n" + USER + "    x = Column(String, server_default=os.environ['X'])\n", stub_missing=True
    )
    assert reading.schema.tables[0].columns[1].unknown == {"default"}


def test_unset_variables(models: Models) -> None:
    """`os.environ[…]` of the project does not fail; what asks whether one is set is told the truth."""
    text = (
        "import os\nengine = create_engine(os.environ['DATABASE_URL'])\n"
        "assert os.getenv('X') is None\nassert 'X' not in os.environ\n"
    )
    assert models(text + USER, stub_missing=True).schema.tables


@pytest.mark.parametrize("caught", ["KeyError", "(ValueError, LookupError)", "Exception", ""])
def test_unset_variables_that_the_project_expects(models: Models, caught: str) -> None:
    text = f"import os\nsize = 5\ntry:\n    size = int(os.environ['SIZE'])\nexcept {caught}:\n    pass\n"
    reading = models(text + USER + "    x = Column(String(size))\n", stub_missing=True)
    assert str(reading.schema.tables[0].columns[1].type) == "varchar(5)"


def test_placeholders_of_variables_are_named(refused: Refused) -> None:
    error = refused("import os\nif not os.environ['POOL_SIZE'].isdigit():\n"
                    "    raise ValueError('POOL_SIZE=' + os.environ['POOL_SIZE'])", stub_missing=True)  # fmt: skip
    assert 'env = { POOL_SIZE = "…" }' in (error.hint or "")


def test_stand_ins_that_do_not_do_are_named(refused: Refused) -> None:
    hint = refused("from no_such_grammar import *\nfor word in Lexer(): pass", stub_missing=True).hint or ""
    assert "stand-ins took the place of no_such_grammar" in hint
    assert "--stub-missing" not in hint


@pytest.mark.parametrize(
    "text",
    [
        "import os, no_such\nos.environ['BUCKET'] = no_such.bucket\nos.environ['BUCKET'].upper()",
        "import pathlib, no_such\npathlib.Path(no_such.folder) / 'x'",
        "import no_such\ndel no_such.plugins['x']",
        "from no_such import __, _\nname = __('Name') + _('x')",
        "from authlib.jose import JsonWebToken\nJsonWebToken('RS256').decode",
        "import no_such\nmajor = no_such.__version__.split('.') + no_such._internal.__author__",
        "from no_such import pair\nfirst, second, third = pair\nfirst.x, second.y",
        "import no_such\nclass Made(metaclass=no_such.Meta):\n    x = 1\nassert Made.x == 1 and isinstance(Made, type)",
        "import no_such, types\nassert types.new_class('Made', (), {'metaclass': no_such.Meta}).__name__ == 'Made'",
        "import importlib.metadata as m\nassert m.version('no-such-thing') == m.metadata('nor-this')['version']",
        "import no_such\nclass Proxy(no_such.Proxy):\n    def __init__(self): pass\n"
        "    def __getattr__(self, name): return getattr(self.__wrapped__, name)\nProxy().x",
    ],
    ids=[
        *("variable", "path", "item", "translation", "module", "dunder"),
        *("unpacked", "metaclass", "new_class", "version", "proxy"),
    ],
)
def test_stand_ins_in_use(models: Models, text: str) -> None:
    assert models(text + "\n" + USER, stub_missing=True).schema.tables


def test_version_that_the_project_expects_to_miss(models: Models) -> None:
    text = (
        "import importlib.metadata as m\nsize = 3\ntry:\n    m.version('no-such-thing')\n    size = 7\n"
        "except m.PackageNotFoundError:\n    size = 5\n"
    )
    reading = models(text + USER + "    x = Column(String(size))\n", stub_missing=True)
    assert str(reading.schema.tables[0].columns[1].type) == "varchar(5)"


def test_the_missing_part_of_a_namespace(project: Callable[..., Path]) -> None:
    """Several distributions share a namespace package: one that is there says nothing of another version."""
    text = "import sys\nsys.path.append('there/site-packages')\nimport ns.a\nimport ns.b.c\n"
    root = project(**{"there/site-packages/ns/a.py": "x = 1\n", "app/models.py": text + BASE + USER})
    with pytest.raises(SourceError) as error:
        read("app.models:Base", root, Options(stub_missing=False))
    assert "'ns.b' is not installed there" in (error.value.hint or "")
    reading = read("app.models:Base", root, Options(stub_missing=True))
    assert any("not installed: ns.b" in note for note in reading.cautions)
    assert read("app.models:Base", root, Options()).cautions == reading.cautions


def test_a_folder_of_the_project_is_no_namespace_of_others(project: Callable[..., Path]) -> None:
    root = project(**{"shop/tool.py": "", "api/models.py": "import shop.parts\n" + BASE + USER})
    reading = read("models:Base", root, Options(stub_missing=True))
    assert "No module named 'shop.parts'" in reading.gaps[0].why
    assert "tables" in reading.schema.unknown


def test_what_a_build_of_the_project_writes(project: Callable[..., Path]) -> None:
    """Its version: as a module, and as an installed package."""
    text = "import importlib.metadata\nfrom ._version import version\nimportlib.metadata.version('my-shop')\n"
    root = project(
        **{"pyproject.toml": '[project]\nname = "My-Shop"\n', "shop/__init__.py": text, "shop/models.py": BASE + USER}
    )
    assert read("shop.models:Base", root, Options(stub_missing=True)).schema.tables
    (root / "shop" / "__init__.py").write_text("from .versions import version")
    reading = read("shop.models:Base", root, Options(stub_missing=True))
    assert "No module named 'shop.versions'" in reading.gaps[0].why


def test_shims_of_known_types(models: Models) -> None:
    reading = models(
        "from pgvector.sqlalchemy import Vector\nfrom geoalchemy2 import Geometry\n"
        "from sqlalchemy_utils import EmailType\n"
        + USER
        + "    v = Column(Vector(3))\n    g = Column(Geometry('POINT', srid=4326))\n    e = Column(EmailType)\n",
        stub_missing=True,
    )
    table = reading.schema.tables[0]
    assert [str(column.type) for column in table.columns[1:]] == ["vector(3)", "geometry(POINT,4326)", "varchar(255)"]
    assert [(index.name, index.method) for index in table.indexes] == [("idx_users_g", "gist")]


@pytest.mark.parametrize(
    ("package", "asks", "requires", "missing"),
    [
        ("app/celery/__init__.py", "from celery import Celery", {"requirements.txt": "celery[redis]==5.4\n"}, True),
        ("app/celery/__init__.py", "import celery", {"pyproject.toml": 'dependencies = [\n  "celery>=5",\n]'}, True),
        ("app/celery/__init__.py", "import celery", {"requirements/base.txt": "# celery\ncelery-stubs\n"}, False),
        ("app/celery/__init__.py", "import celery", {}, False),
        ("roots/celery/__init__.py", "import celery", {"requirements.txt": "celery\n"}, False),
    ],
    ids=["in requirements", "in pyproject", "only mentioned", "not required", "in a folder for the path"],
)
def test_a_module_that_is_called_as_a_library(
    project: Callable[..., Path], package: str, asks: str, requires: dict[str, str], missing: bool
) -> None:
    """`app.celery` is not the celery that the project requires, unless its folder is one for the path."""
    root = project(
        **{package: "", "app/__init__.py": f"{asks}\nimport no_such\n", "app/models.py": BASE + USER, **requires}
    )
    reading = read("app.models:Base", root, Options())
    assert any("not installed: celery, no_such" in note for note in reading.cautions) == missing
    assert (package in reading.files) == (not missing)


def test_no_module_imports_itself(project: Callable[..., Path]) -> None:
    root = project(
        **{"app/tools/ulid.py": "from ulid import ULID\n", "app/models.py": f"import app.tools.ulid\n{BASE}{USER}"}
    )
    assert any("not installed: ulid" in note for note in read("app.models:Base", root, Options()).cautions)


@pytest.mark.parametrize(
    ("asks", "variables"),
    [
        ("if not os.getenv('DB_URL'): raise ValueError('DB_URL is not set')", "DB_URL"),
        ("os.environ.get('NAME').lower()\nint(os.getenv('PORT'))", "NAME, PORT"),
    ],
)
def test_variables_that_nothing_does_without(models: Models, asks: str, variables: str) -> None:
    """Only where the import fails otherwise: a project that asks for a variable may well do without."""
    for options in ({}, {"stub_missing": True}):
        reading = models(f"import os, no_such\n{asks}\n{USER}", **options)
        assert any(note.endswith(f"variables that are not set: {variables}") for note in reading.cautions)
    calm = models(f"import os, no_such\nos.getenv('OTHER'), os.getenv('DB_URL', 'x').lower()\n{USER}")
    assert not any("variables" in note for note in calm.cautions)


def test_a_package_whose_metadata_is_missing(models: Models) -> None:
    reading = models(f"from importlib.metadata import version\nversion('my-service')\n{USER}")
    assert [table.name for table in reading.schema.tables] == ["users"]


def test_a_version_of_python_is_brought_along(project: Callable[..., Path]) -> None:
    root = project(**{"pyproject.toml": "[project]\nrequires-python = '>=3.98,<4'", "models.py": "raise ValueError"})
    with pytest.raises(SourceError) as error:
        read("models", root, Options())
    assert "\nwith uv: uv run --no-project --python '>=3.98,<4' --with driftcheck" in (error.value.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        "import datetime, no_such\nDAY = datetime.timedelta(seconds=no_such.parse('1d'))\nlater = DAY * 2",
        "import no_such\nPORT: int = int(str(no_such.port))",
        "import json, no_such\nfirst, (second, *_) = json.loads(no_such.read())",
        "import no_such\nopen(no_such.path)",
        "import no_such\ndef made(x):\n    return open(x)\n@made\ndef f(): pass",
        "from __future__ import annotations\nimport no_such\nlen(no_such.x)\ndef f(a: NoSuchName): pass",
        "import no_such\nclass Settings:\n    size = int(str(no_such.size))\nSettings().size",
    ],
    ids=["value", "annotated", "unpacked", "statement", "decorator", "future", "class"],
)
def test_what_fails_for_want_of_a_package_is_passed_over_and_said(project: Callable[..., Path], text: str) -> None:
    files = {"settings.py": text, "models.py": BASE + USER + "import settings\n"}
    reading = read("models:Base", project(**files), Options(stub_missing=True))
    assert [table.name for table in reading.schema.tables] == ["users"]
    assert any("were passed over: settings.py:" in note for note in reading.cautions)


@pytest.mark.parametrize(
    "text",
    [
        "from sqlalchemy import Table, Column\nimport no_such\nt = Table('t', Base.metadata, Column(int(no_such.x)))",
        "import no_such\nclass Order(Base):\n    __tablename__ = 'orders' + str(open(no_such.x))",
        "import no_such\ndef more(base): raise ValueError\nmore(Base)",
        "import no_such\nfor x in (1, 2): len(no_such.x)",
        "class Order(Base):\n    __tablename__ = 'orders'\n    x = Column(Integer)",
    ],
    ids=["table", "class", "base", "loop", "no key"],
)
def test_what_may_make_a_table_is_a_gap_where_it_is_passed_over(models: Models, text: str) -> None:
    reading = models(BASE + USER + text, stub_missing=True)
    users, *more = reading.schema.tables
    assert not users.unknown
    assert all("columns" in table.unknown for table in more)
    assert more or reading.schema.opaque or "tables" in reading.schema.unknown
    assert reading.gaps[0].location.path == "models.py"


@pytest.mark.parametrize(
    ("broken", "lost"),
    [
        ("class Two(Base:\n", "SyntaxError"),
        ("raise SystemExit(3)\n", None),
        ("from .none import x\n", "ModuleNotFoundError"),
        ("import os\nif not os.environ.get('KEY'): raise RuntimeError('set KEY')\n", None),
    ],
    ids=["syntax", "exit", "module", "setting"],
)
def test_a_module_that_fails_costs_itself(project: Callable[..., Path], broken: str, lost: str | None) -> None:
    files = {
        "app/base.py": BASE,
        "app/a.py": broken + "from .base import *\n" + USER.replace("users", "a_users"),
        "app/b.py": "from .base import *\nimport no_such\n" + USER.replace("users", "b_users"),
        "app/__init__.py": "from .a import User\nfrom .b import User as Other\n",
    }
    reading = read("app.*:Base", project(**files), Options(stub_missing=True))
    names = {table.name for table in reading.schema.tables}
    assert "b_users" in names
    assert "a_users" in names or "tables" in reading.schema.unknown
    assert lost is None or any(lost in gap.why for gap in reading.gaps)


def test_nobody_hears_events_of_a_stand_in(models: Models) -> None:
    listens = (
        "from sqlalchemy import event\nfrom no_such import session\nevent.listen(session, 'before_commit', print)\n"
    )
    listens += "@event.listens_for(session, 'after_commit')\ndef heard(session): pass\n"
    reading = models(listens + USER, stub_missing=True)
    assert reading.schema.tables
    assert not any("passed over" in note for note in reading.cautions)
