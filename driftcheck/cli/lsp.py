"""`driftcheck lsp`: the check in an editor."""

from __future__ import annotations

import click

from .options import Interpreter, interpreter_options


@click.command(
    short_help="Serve an editor: drift as diagnostics, fixes as code actions.",
    epilog="""\b
An editor starts it; docs/editors.md says how, for VS Code, Neovim, Helix, Zed and JetBrains.
""",
)
@click.option("--stdio", is_flag=True, help="Talk on standard input and output, as always; no port is ever opened.")
@interpreter_options
def lsp(stdio: bool, interpreter: Interpreter) -> int:
    """Serve an editor by the Language Server Protocol.

    A project is checked when one of its files is opened and whenever one is saved, as `driftcheck diff` would in its
    folder: that runs the project's Python, unless --no-exec says otherwise. Open only what you trust. It needs
    `pip install 'driftcheck[lsp]'`.
    """
    from ..lsp import serve

    del stdio
    return serve(interpreter.choice(), anew=interpreter.no_cache)
