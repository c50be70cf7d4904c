"""Python's sockets are refused while models are imported; what event loops need within a process is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.reading import Reading

from ..readers.sqlalchemy.conftest import USER

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pairs of local sockets")

REFUSED = {
    "connect": "socket.create_connection(('127.0.0.1', 9))",
    "connect_ex": "socket.socket(socket.AF_UNIX).connect_ex('/var/run/docker.sock')",
    "connect to a local socket": "socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')",
    "udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "sendmsg": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, ('127.0.0.1', 9))",
    "a local sendmsg": "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, '/dev/log')",
    "listen": "socket.socket().listen()",
    "listen, version 6": "socket.socket(socket.AF_INET6).listen()",
    "create_server": "socket.create_server(('127.0.0.1', 0))",
    "bind": "socket.socket(socket.AF_UNIX).bind('here')",
    "the module below": "__import__('_socket').socket().listen()",
    "a raw socket": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "getaddrinfo": "socket.getaddrinfo('localhost', 80)",
    "gethostbyname": "socket.gethostbyname('localhost')",
    "gethostbyname_ex": "socket.gethostbyname_ex('localhost')",
    "gethostbyaddr": "socket.gethostbyaddr('127.0.0.1')",
    "getnameinfo": "socket.getnameinfo(('127.0.0.1', 80), 0)",
    "a copy of a descriptor": "socket.socket(fileno=os.dup(0))",
    "urllib": "urllib.request.urlopen('http://127.0.0.1:9', timeout=1)",
    "http.client": "http.client.HTTPConnection('127.0.0.1', 9, timeout=1).request('GET', '/')",
    "asyncio": "asyncio.run(asyncio.open_connection('127.0.0.1', 9))",
    "an asyncio server": "asyncio.run(listening())",
    "ssl": "ssl.get_server_certificate(('127.0.0.1', 9), timeout=1)",
    "a thread": "in_thread(lambda: socket.socket())",
    "a fork": "in_fork(lambda: socket.socket())",
    "another interpreter": "in_interpreter('import socket; socket.socket()')",
}
HEAD = """\
import asyncio, http.client, os, socket, ssl, threading, urllib.request
async def listening():
    server = await asyncio.start_server(print, '127.0.0.1', 0)
    if not server.sockets:
        raise OSError
def in_thread(act):
    found = []
    def run():
        try:
            act()
        except OSError as error:
            found.append(error)
    thread = threading.Thread(target=run); thread.start(); thread.join()
    if found:
        raise found[0]
def in_fork(act):
    child = os.fork()
    if child == 0:
        try:
            act()
        except OSError:
            os._exit(7)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7:
        raise OSError
def in_interpreter(code):
    try:
        import _xxsubinterpreters as interpreters
    except ImportError:
        import _interpreters as interpreters
    interpreters.run_string(interpreters.create(), code)
try:
    ATTEMPT
except Exception as error:
    assert isinstance(error, (OSError, RuntimeError)), repr(error)
else:
    open('done', 'w').close()
"""


if sys.version_info < (3, 12):  # there such interpreters share the modules of this one, so nothing is to be refused
    REFUSED = {name: attempt for name, attempt in REFUSED.items() if not attempt.startswith("in_interpreter")}


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_refused(models: Callable[..., Reading], tmp_path: Path, attempt: str) -> None:
    assert models(HEAD.replace("ATTEMPT", attempt) + USER).schema.tables
    assert not (tmp_path / "done").exists()


@pytest.mark.parametrize(
    "code",
    [
        "import socket\na, b = socket.socketpair(); a.send(b'x'); assert b.recv(1) == b'x'",
        "import socket\na, b = socket.socketpair(); a.sendmsg([b'x']); assert b.recv(1) == b'x'",
        "import asyncio\nassert asyncio.run(asyncio.sleep(0, 5)) == 5",
        "import socket\nassert socket.gethostname() and socket.getfqdn()",
        "import multiprocessing\na, b = multiprocessing.Pipe(); a.send(5); assert b.recv() == 5",
        "import socket\nassert socket.has_dualstack_ipv6() is False",
    ],
    ids=["a pair", "a message in a pair", "a loop", "the own name", "a pipe", "looking for IPv6"],
)
def test_allowed(models: Callable[..., Reading], code: str) -> None:
    assert models(f"{code}\n{USER}").schema.tables
