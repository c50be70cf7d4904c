"""The project's revisions as its own Alembic orders them; one that cannot be loaded costs itself."""

from __future__ import annotations

import ast
import contextlib
import importlib
import os
import re
from collections.abc import Callable
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from .. import restless
from ..trouble import Trouble
from . import plain
from .talk import Talk

#: What a revision says of its place among the others.
_LINKS = ("revision", "down_revision", "branch_labels", "depends_on")


#: Packages that are imported with whatever of them a revision may name.
_WHOLE = frozenset({"sqlalchemy", "alembic"})


class Broken(Exception):
    """A revision whose module could not be loaded; `cause` is what loading it raised."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(str(cause))
        self.cause = cause


class History:
    """`config` and `script` are Alembic's own objects; `missing` are the modules that revisions asked for in vain."""

    def __init__(self, request: dict[str, Any], talk: Talk) -> None:
        from alembic import util
        from alembic.script import ScriptDirectory

        self.missing: dict[str, None] = {}
        #: The files of revisions that need no watch, and whether others have code that may be called within them.
        self.plain: set[str] = set()
        self.hooks = False
        self.config = _config(request)
        more: dict[str, Any] = {"recursive_version_locations": True} if request.get("recursive") else {}
        self.script: Any = ScriptDirectory(
            request["script"], version_locations=request["versions"] or None,
            sourceless=bool(request.get("sourceless")), **more,
        )  # fmt: skip
        original = util.load_python_file

        def load(folder: Any, filename: Any) -> Any:
            path = os.path.join(str(folder), str(filename))
            try:
                source = _source(path)
                with talk.time.part():
                    module = self._module(path, source) if source is not None else _watched(original, folder, filename)
            except BaseException as error:  # noqa: BLE001 # whatever a revision does when it is loaded
                if isinstance(error, ModuleNotFoundError) and error.name:
                    self.missing[error.name] = None
                return _placeholder(path, error)
            if source is not None:
                talk.sources[os.path.abspath(path)] = source
            if not hasattr(module, "upgrade"):
                vars(module)["upgrade"] = _raising(AttributeError("it has no function upgrade()"))
            return module

        vars(util)["load_python_file"] = load

    def _module(self, path: str, source: bytes) -> ModuleType:
        code = compile(source, path, "exec", dont_inherit=True)
        if restless.watches_calls() and plain.is_plain(code):
            self.plain.add(os.path.abspath(path))
            return _executed(path, code)
        self.hooks |= plain.may_hook(source.replace(b"alembic", b""))
        return _watched(_executed, path, code)

    def steps(self, revision: str) -> list[Any]:
        """What `alembic upgrade REVISION` runs on an empty database, in its order. Raises Trouble."""
        try:
            return list(self.script._upgrade_revs(revision, ()))
        except Exception as error:
            raise Trouble("history", " ".join(str(error).split()), type=type(error).__name__) from error


def _source(path: str) -> bytes | None:
    """What is in a file of Python; None where Alembic has to find out what is meant."""
    if not path.endswith(".py"):
        return None
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return None


def _watched(load: Callable[..., ModuleType], *arguments: Any) -> ModuleType:
    with restless.project_code():
        module = load(*arguments)
        _complete(module)
    return module


def _executed(path: str, code: CodeType) -> ModuleType:
    """A module as importlib makes it of a file, without looking for compiled files first: of a thousand that counts."""
    name = re.sub(r"\W", "_", os.path.basename(path))
    module = ModuleType(name)
    module.__file__, module.__loader__ = path, SourceFileLoader(name, path)
    module.__spec__ = ModuleSpec(name, module.__loader__, origin=path)
    exec(code, vars(module))  # noqa: S102 # as an import does
    return module


def _complete(module: ModuleType) -> None:
    """Imports the parts of packages that `upgrade()` takes to be there: in an upgrade env.py's imports bring them."""
    code = getattr(getattr(module, "upgrade", None), "__code__", None)
    if code is None:
        return
    wanted = [
        name
        for name, value in vars(module).items()
        if type(value) is ModuleType and name in code.co_names and value.__name__.partition(".")[0] not in _WHOLE
    ]
    for name in wanted:
        part = vars(module)[name]
        for word in code.co_names:
            if not hasattr(part, "__path__"):
                break
            if not hasattr(part, word):
                with contextlib.suppress(Exception):
                    importlib.import_module(f"{part.__name__}.{word}")
            # `package.part.thing` names its parts one behind the other.
            inner = getattr(part, word, None)
            part = inner if type(inner) is ModuleType else part


def _config(request: dict[str, Any]) -> Any:
    """Alembic's config of the file that was named, as `context.config` gives it to revisions."""
    from alembic.config import Config

    path = request.get("config")
    try:
        if path and path.endswith(".toml"):
            made = Config(toml_file=path)
        elif path:
            made = Config(path, ini_section=request["section"])
        else:
            made = Config()
        made.set_main_option("script_location", request["script"].replace("%", "%%"))
    except Exception:  # noqa: BLE001 # an Alembic without pyproject.toml; a file that its parser refuses
        made = Config()
        made.set_main_option("script_location", request["script"].replace("%", "%%"))
    return made


def _raising(error: BaseException) -> Any:
    def upgrade(*_: Any, **__: Any) -> None:
        raise Broken(error)

    return upgrade


def _placeholder(path: str, error: BaseException) -> ModuleType:
    """A module with the links of the revision in `path`, and nothing else. Raises `error` where it says none."""
    module = ModuleType("revision")
    module.__file__ = path
    try:
        with open(path, "rb") as stream:
            source = stream.read()
    except OSError:
        raise error from None
    for name, value in _links(source).items():
        setattr(module, name, value)
    if not hasattr(module, "revision") or not hasattr(module, "down_revision"):
        raise error
    vars(module)["upgrade"] = _raising(error)
    return module


def _links(source: bytes) -> dict[str, Any]:
    """The constants that link a revision to others; line by line where the file as a whole is no Python."""
    try:
        parts: list[ast.stmt] = list(ast.parse(source).body)
    except (SyntaxError, ValueError):
        parts = []
        for line in source.decode("utf-8", "replace").splitlines():
            if line.startswith(_LINKS):
                try:
                    parts += ast.parse(line).body
                except (SyntaxError, ValueError):
                    continue
    found: dict[str, Any] = {}
    for part in parts:
        for target, value in _assigned(part):
            if isinstance(target, ast.Name) and target.id in _LINKS:
                with contextlib.suppress(ValueError, TypeError):
                    found[target.id] = ast.literal_eval(value)
    return found


def _assigned(part: ast.stmt) -> list[tuple[ast.expr, ast.expr]]:
    """What is assigned to what, names of a tuple one by one."""
    target: Any = part.targets[0] if isinstance(part, ast.Assign) else getattr(part, "target", None)
    value: Any = getattr(part, "value", None)
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts))  # noqa: B905 # Python 3.9 has no `strict`
    return [(target, value)] if target is not None and value is not None else []
