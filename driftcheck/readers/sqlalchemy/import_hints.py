"""What to do about an import that failed, from what the error says of its cause."""

from __future__ import annotations

import re
from pathlib import Path

from ...project import Project
from ...project.nearby import nearby
from ...regex import lazy
from ...worker.answer import RefusedAnswer, TroubleFacts
from ...worker.interpreter import Interpreter
from ...worker.layout import Layout, elsewhere
from ...worker.missing import with_packages, with_python
from ...worker.newer import allows, parsing, wanted_by
from ...worker.options import Options
from .model import relative

#: A field that pydantic misses in a project's settings.
_REQUIRED = lazy(r"^(\w+)\n\s+Field required", re.MULTILINE | re.IGNORECASE)
#: A variable's name in a message.
_VARIABLE = lazy(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b")
#: Words of an error that say that a setting is missing rather than that code is wrong.
_SETTING = lazy(r"environ|env var|validation error|Field required|not set|settings|(?-i:\bSECRET\b)", re.IGNORECASE)
_INSTALLED = lazy(r"(?:site|dist)-packages/(\w+)")
_MARK = "driftcheck-stand-in"


class ImportHints:
    """Hints for the failed imports of one run."""

    def __init__(self, layout: Layout, project: Project, interpreter: Interpreter, options: Options) -> None:
        self._layout, self._project, self._interpreter, self._options = layout, project, interpreter, options
        self._root = project.root

    def of(self, refusal: RefusedAnswer) -> str:
        """What to do next; never empty."""
        error = refusal.error
        if (missing := error.missing) and error.type == "ModuleNotFoundError":
            return self._missing_module(missing, in_namespace=error.in_namespace)
        return (
            self._of_another_python(refusal)
            or self._of_a_package(error)
            or self._of_a_setting(error)
            or self._of_stand_ins(refusal)
            or f"driftcheck needs to import the models, as `python -c 'import {self._layout.module}'` does"
        )

    @property
    def interpreter(self) -> str:
        """Why that interpreter, and how to get on without the packages that it lacks."""
        return f"driftcheck used that interpreter: {self._interpreter.reason}. {self._others}"

    @property
    def without_stubs(self) -> str:
        """How to get on where stand-ins do not do."""
        return "install the project's packages and name its interpreter with --python, or use a snapshot (--no-exec)"

    @property
    def _others(self) -> str:
        install = (
            "Install the project's packages, or name the interpreter that has them (--python, `python` in the config)"
        )
        if self._options.stub_missing:
            return f"{install}, or use a snapshot (--no-exec)"
        return f"{install}; without them, --stub-missing puts stand-ins in their place, and --no-exec uses a snapshot"

    def _missing_module(self, missing: str, *, in_namespace: bool) -> str:
        top = missing.split(".")[0]
        if self._layout.file is None and self._layout.module.split(".")[0] == top:
            searched = ", ".join(relative(str(path), self._root) for path in self._layout.path)
            wanted = self._layout.module
            near = nearby(self._project, wanted.replace(".", "/"), ("", ".py"))
            meant = f"did you mean {near.replace('/', '.')}? Else " if near else ""
            return f"there is no module '{missing}' in {searched}; {meant}say where the project begins with -C"
        if (folder := elsewhere(missing, self._layout, self._project)) is not None:
            place = relative(str(folder), self._root)
            return (
                f"'{missing}' is in {place}, which is not on that Python's path: install it there "
                f'(pip install -e {place}), or put that folder on the path: env = {{ PYTHONPATH = "…/{place}" }}'
            )
        if self._is_project_module(top):
            built = "; if building or installing the project writes it, do that first" if "." in missing else ""
            return f"'{missing}' is not in the project's folder '{top}'{built}"
        if "." in missing and not in_namespace:
            return (
                f"'{top}' is installed there, but has no module '{missing}': the project seems to ask for another "
                f"version of it. {self._others}"
            )
        if self._options.stub_missing:
            return (
                f"'{missing}' is not installed there, and no stand-in takes its place, as it makes tables or columns, "
                f"or an installed package needs it{self._with(top)}{self.interpreter}"
            )
        return f"'{missing}' is not installed there; {self.interpreter}"

    def _with(self, package: str) -> str:
        """The command that makes the check with one package more, where nothing but driftcheck's own is at hand."""
        command = with_packages(self._interpreter, package)
        return "; " if command is None else f"\nwith uv: {command}\n"

    def _of_another_python(self, refusal: RefusedAnswer) -> str | None:
        """The project's own word on the version of Python that it needs, if the one that was used is another."""
        version = refusal.python
        for folder in _upwards(self._layout.project, self._root):
            wanted = wanted_by(folder)
            if wanted and not allows(wanted[1], version):
                place = relative(str(folder / wanted[0]), self._root)
                command = with_python(self._interpreter, wanted[1])
                return (
                    f"{place} requires Python {wanted[1]}, and that is {version}: name such an interpreter (--python)"
                ) + ("" if command is None else f"\nwith uv: {command}")
        return None

    def _of_a_package(self, error: TroubleFacts) -> str | None:
        """An installed package that is not of the version that the project expects, or not installed as one."""
        if error.type == "SyntaxError":
            return self._of_syntax(error.message)
        if error.type == "PackageNotFoundError":
            return (
                "the import needs the installed version of that package: if it is the project itself, install it "
                "there (pip install -e .)"
            )
        if "partially initialized module" in error.message:
            return (
                "the project's modules import each other in a circle, and this one cannot be the first: name the "
                "module that the application, or Alembic's env.py, imports"
            )
        if "reflection" in error.message:
            return "models that are read from a database declare nothing to compare; compare SQL dumped from it instead"
        imported = _INSTALLED.search(_refusing(error).replace("\\", "/"))
        if imported:
            return (
                f"the '{imported[1]}' that is installed there has no such name: the project seems to ask for another "
                f"version of it. {self._others}"
            )
        return None

    def _of_syntax(self, message: str) -> str:
        since = parsing(message)
        if since == "2":
            return (
                "this is Python 2, which driftcheck cannot run: compare SQL that was dumped from the database instead"
            )
        newer = f"Python {since}" if since else "a newer one"
        command = with_python(self._interpreter, since) if since else None
        return f"that Python cannot parse this line; if {newer} can, name its interpreter with --python" + (
            "" if command is None else f"\nwith uv: {command}"
        )

    def _of_a_setting(self, error: TroubleFacts) -> str | None:
        speaks_of_one = not error.type.endswith("ImportError") and (
            _SETTING.search(f"{error.type} {error.message}") or _VARIABLE.search(error.message)
        )
        if self._options.stub_missing and _MARK in error.message:
            if not _VARIABLE.search(error.message):
                return f"the import needs more than a stand-in there; {self.without_stubs}"
            said = "a placeholder was used for a variable that is not set"
        elif speaks_of_one or error.key_of_environment:
            said = "a setting seems to be missing; driftcheck gives the import a clean environment"
        else:
            return None
        settings = ", ".join(f'{name} = "…"' for name in _settings(error))
        return f"{said}. Set it in the config: env = {{ {settings} }}"

    def _of_stand_ins(self, refusal: RefusedAnswer) -> str | None:
        stubbed = refusal.stubbed
        if not stubbed:
            return None
        more = f" and {len(stubbed) - 4} more" if len(stubbed) > 4 else ""
        names = ", ".join(stubbed[:4]) + more
        return f"stand-ins took the place of {names}: it may need the real ones; {self.without_stubs}"

    def _is_project_module(self, name: str) -> bool:
        return any((folder / name).is_dir() or (folder / f"{name}.py").is_file() for folder in self._layout.path)


def _refusing(error: TroubleFacts) -> str:
    """The file of the package that has no such name, be it that the package says so itself (PydanticImportError)."""
    raised_inside = error.frames and error.type != "ImportError" and error.type.endswith("ImportError")
    return str(error.imported_from or (error.frames[-1][0] if raised_inside else ""))


def _settings(error: TroubleFacts) -> list[str]:
    """The variables that an error speaks of: a mapping's key, pydantic's missing fields, names in capitals."""
    key = error.key or ""
    found = [key] if key.isidentifier() else []
    found += [name.upper() for name in _REQUIRED.findall(error.message)] or _VARIABLE.findall(error.message)
    return list(dict.fromkeys(found))[:8] or ["NAME"]


def _upwards(folder: Path, root: Path) -> list[Path]:
    above = [folder, *folder.parents]
    return above[: above.index(root) + 1] if root in above else [folder]
