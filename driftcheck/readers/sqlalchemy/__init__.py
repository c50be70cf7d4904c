"""SQLAlchemy models, read by the project's own SQLAlchemy in the project's own interpreter.

What mixins, `declared_attr`, naming conventions and type decorators come to, only SQLAlchemy knows; so a worker builds
the metadata as the project does and sends it back. Importing a project runs its code: the guards of the worker stop
accidents, they are no sandbox.
"""

from ...worker.options import Options
from .pending import Models, read, start

__all__ = ["Models", "Options", "read", "start"]
