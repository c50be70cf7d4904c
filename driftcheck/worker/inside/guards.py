"""Stops accidents while a project's modules are imported: connections, engines, escapes from the process group.

No sandbox: importing a project runs its code.
"""

from __future__ import annotations

import os
import sys
from typing import Any

#: What reaches another process or the network, or asks for a name there (the audit events of PEP 578).
_REACHING = frozenset(
    """socket.connect socket.bind socket.sendto socket.sendmsg socket.getaddrinfo socket.gethostbyname
    socket.gethostbyaddr socket.getnameinfo socket.sethostname""".split()
)
_ADDRESSED = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})


def refuse_sockets() -> None:
    """Lets no socket be made, no name be looked up. Pairs of local sockets still work: event loops need them.

    Listening raises no event, so it is the making of a socket that is refused. Windows has no pairs: there a loop
    connects to itself.
    """
    import _socket

    local = getattr(_socket, "AF_UNIX", None)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.__new__":
            if arguments[1] != local and os.name != "nt":
                refuse(f"a socket of family {arguments[1]}")
        elif event in _REACHING:
            where: Any = arguments[1 if event in _ADDRESSED else 0]
            if event == "socket.sendmsg" and where is None:
                return  # to the other end of a pair
            if os.name == "nt" and event in ("socket.connect", "socket.bind") and where[0] == "127.0.0.1":
                return
            refuse(f"to {where!r}")
        elif event == "cpython.PyInterpreterState_New":
            refuse("another interpreter would have no such guard")

    def refuse(what: str) -> None:
        raise ConnectionRefusedError(f"driftcheck lets no connection out while it imports models ({what})")

    sys.addaudithook(hook)
    if sys.platform != "linux" and hasattr(os, "setsid"):
        # A daemon would leave the process group, which is all that can be ended there.
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
