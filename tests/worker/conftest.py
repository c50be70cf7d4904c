"""The fixtures of the SQLAlchemy reader's tests: projects that are read by the interpreter that runs the tests."""

from ..readers.sqlalchemy.conftest import models, no_virtual_environment, project, refused, warm, warm_servers

__all__ = ["models", "no_virtual_environment", "project", "refused", "warm", "warm_servers"]
