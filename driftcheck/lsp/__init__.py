"""The check in an editor: a server of the Language Server Protocol, on standard input and output.

The server reads no source itself. `checker` is a process of its own, which makes one check after the other and can be
ended whatever it is at; what comes back is an `Answer`. What the server does is to show answers: where the editor has
those places by now (`text`, `showing`), with what was good of earlier ones (`kept`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..check.readings import PythonChoice

__all__ = ["serve"]


def serve(interpreter: PythonChoice, *, anew: bool = False) -> int:
    """Serves whoever is at standard input until it says goodbye or goes. The exit status is the protocol's.

    `anew` reads every source at every check, changed or not.

    Raises UsageError where pygls is not installed.
    """
    from ..errors import UsageError

    try:
        import pygls
    except ImportError as error:
        raise UsageError(
            f"the language server needs pygls, which cannot be imported: {error}",
            hint="install it where driftcheck is: pip install 'driftcheck[lsp]'",
        ) from error
    del pygls
    from .server import run

    return run(interpreter, anew=anew)
