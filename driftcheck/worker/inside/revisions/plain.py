"""Revisions that can ask neither the clock nor chance: most are calls of Alembic with constants, and nothing else.

Where every call has to be watched (Python before 3.12), that takes as long as the calls do. These need no watch.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable
from types import CodeType
from typing import Any

from ..loading import is_project_file

#: What a plain revision may import: nothing that knows the time or makes things up.
_ROOTS = frozenset("alembic sqlalchemy typing __future__ collections enum".split())
#: Names by which the packages above, or Python without any, lead further.
_AWAY = frozenset(
    """id getattr setattr delattr eval exec compile open input globals locals vars dir memoryview breakpoint object
    util sys os io rev_id modules time random uuid testing listens_for run_async invoke
    compiles ext register_operation implementation_for""".split()
)
#: Dunder names that code has by itself.
_OWN = frozenset("__name__ __module__ __qualname__ __doc__ __annotations__ __file__".split())
#: In the text of a module: it may have code of its own run by SQLAlchemy or Alembic, whoever calls them.
_HOOKS = (b"listen", b"compiles", b"alembic", b"register_operation", b"implementation_for")
_IMPORT, _FURTHER = dis.opmap["IMPORT_NAME"], dis.opmap["EXTENDED_ARG"]


def is_plain(code: CodeType) -> bool:
    """Whether a module, and all that it defines, calls only what it may import here, and harmless builtins."""
    names = code.co_names
    if not _AWAY.isdisjoint(names) or any(name[:2] == "__" and name not in _OWN for name in names):
        return False
    modules = [name.split(".") for name in _imported(code)]
    if not all(parts[0] in _ROOTS and _AWAY.isdisjoint(parts) for parts in modules):
        return False
    return all(is_plain(inner) for inner in code.co_consts if isinstance(inner, CodeType))


def _imported(code: CodeType) -> list[str]:
    operations, arguments = code.co_code[::2], code.co_code[1::2]
    found, at = [], operations.find(_IMPORT)
    while at >= 0:
        # A number that takes two operations: there are more names than a plain revision has.
        further = at > 0 and operations[at - 1] == _FURTHER
        found.append("?" if further else code.co_names[arguments[at]])
        at = operations.find(_IMPORT, at + 1)
    return found


def may_hook(source: bytes) -> bool:
    """Whether what is in a file may be called by SQLAlchemy or Alembic from any other."""
    return any(word in source for word in _HOOKS)


def hooked(metadata: Any, roots: list[str], text: Callable[[str], bytes]) -> bool:
    """Whether modules of the project that were imported may be called within a plain revision."""
    convention = getattr(metadata, "naming_convention", None) or {}
    if not all(isinstance(form, str) for form in convention.values()):
        return True
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    return any(may_hook(text(file)) for file in files if isinstance(file, str) and is_project_file(file, roots))
