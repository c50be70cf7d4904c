"""Stops accidents while a project's modules are imported: connections, engines, escapes from the process group.

No sandbox: importing a project runs its code.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"})


def refuse_sockets() -> None:
    """Lets no connection out, no name be looked up and no port be listened on. Pairs of local sockets still work."""
    import socket

    families = {socket.AF_INET, socket.AF_INET6, getattr(socket, "AF_UNIX", socket.AF_INET)}
    refused = _CONNECTING if os.name == "nt" else _CONNECTING | {"socket.bind"}

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in refused:
            return
        if event in ("socket.connect", "socket.bind", "socket.sendto"):
            family = getattr(arguments[0], "family", None)
            if family not in families or (os.name == "nt" and str(arguments[1]).startswith("('127.0.0.1'")):
                return
        where = arguments[1] if event in ("socket.connect", "socket.bind", "socket.sendto") else arguments[0]
        raise ConnectionRefusedError(f"driftcheck lets no connection out while it imports models (to {where!r})")

    sys.addaudithook(hook)
    if hasattr(os, "setsid"):
        # A daemon would leave the process group, and so outlive the time limit.
        os.setsid = lambda: None


def replace_engines() -> None:
    """Every engine that the project makes has PostgreSQL's dialect and never connects."""
    if "sqlalchemy" not in sys.modules:
        return
    import sqlalchemy
    from sqlalchemy.engine import create as home

    from . import engines

    for module in (sqlalchemy, sqlalchemy.engine, home):
        for name in ("create_engine", "engine_from_config", "create_mock_engine"):
            if name in vars(module):
                setattr(module, name, getattr(engines, name))
    sys.meta_path.insert(0, engines.AsyncEngines())
