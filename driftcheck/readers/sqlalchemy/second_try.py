"""Whether an import that failed is worth another try: with the repository's own packages, with stand-ins for others."""

from __future__ import annotations

from dataclasses import replace

from ...errors import SourceError
from ...project import Project
from ...worker.answer import Description, RefusedAnswer
from ...worker.layout import Layout, elsewhere
from ...worker.options import Options

#: What Python raises where a package is not there, or is not installed as one.
_MISSING = ("ModuleNotFoundError", "PackageNotFoundError")


def second_try(
    answer: Description | RefusedAnswer, options: Options, layout: Layout, project: Project, *, own: bool
) -> Options | None:
    """The options of a second run, where the first one missed a module; None if it would come to the same.

    Packages of the repository are looked for in any case. Stand-ins are used only where no interpreter is named: to
    name one is to ask for its packages. `own` says that it is driftcheck's own, which may be too old for the project.
    """
    if not isinstance(answer, RefusedAnswer) or options.stub_missing:
        return None
    if own and is_newer(answer) and options.stub_missing is None:
        return replace(options, stub_missing=True)
    missing = answer.error.missing
    if missing is None or answer.error.type not in _MISSING:
        return None
    if layout.file is None and layout.module.partition(".")[0] == missing.partition(".")[0]:
        return None
    if options.stub_missing is None and options.python is None:
        return replace(options, stub_missing=True)
    return options if elsewhere(missing, layout, project) is not None else None


def is_newer(answer: Description | RefusedAnswer) -> bool:
    """Whether that Python could not parse the project."""
    return isinstance(answer, RefusedAnswer) and answer.error.type == "SyntaxError"


def third_try(answer: Description | RefusedAnswer) -> bool:
    """Whether what failed with stand-ins may do where whatever raises is passed over, and variables have placeholders.

    That is the last resort: what it loses is named, statement by statement.
    """
    return isinstance(answer, RefusedAnswer) and answer.error.kind in ("import", "exit")


def worst(first: SourceError, second: SourceError) -> SourceError:
    """The error to report where both tries failed: a package that nothing can stand in for, else the first one.

    What stopped the second is said with it: that would be next.
    """
    if "ModuleNotFoundError" in second.message:
        return second
    hints = (first.hint, f"with stand-ins it fails, too: {second.message}", second.hint)
    first.hint = "\n".join(hint for hint in hints if hint)
    return first
