"""`--stub-missing`: models import without their packages, and a stand-in is never taken for a fact."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from driftcheck.errors import SourceError
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
    assert any("no_such_logger, no_such_settings, no_such_queue" in note for note in reading.notes)


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
        ("from no_such import audited\n@audited\nclass User(Base):", "it is decorated by a stand-in"),
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
        (BASE + "from no_such import d\n" + USER + "    x = Column(Integer, server_default=d)", "server_default"),
        ("from sqlmodel_missing import SQLModel\nfrom no_sqlalchemy_mixins import x", "no_sqlalchemy_mixins"),
        ("from .sibling import x", "failed"),
    ],
    ids=["class", "table", "name", "variable", "branch", "loop", "default", "never stubbed", "own"],
)
def test_never_a_wrong_answer(refused: Refused, text: str, message: str) -> None:
    assert message in refused(text, stub_missing=True).message + str(refused(text, stub_missing=True).detail)


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
