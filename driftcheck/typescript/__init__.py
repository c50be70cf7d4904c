"""TypeScript, evaluated without running it.

`Program(root, hosts).load(path)` gives a `Module` with the values of all that it declares and exports. Files are read
and nothing else happens: no Node, no network, no environment. What only a run would tell is an `Unknown` that says why
and where. Packages take part as `HostModule`s, written in Python.
"""

from .interpreter import Interpreter, Problem
from .limits import Limits, deeply
from .modules import Module
from .program import Program
from .values import is_function

__all__ = ["Interpreter", "Limits", "Module", "Problem", "Program", "deeply", "is_function"]
