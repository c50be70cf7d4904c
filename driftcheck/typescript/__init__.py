"""TypeScript, evaluated without running it.

`Program(root, hosts).load(path)` gives a `Module` with the values of all that it declares and exports. Files are read
and nothing else happens: no Node, no network, no environment. What only a run would show is an `Unknown` that says why
and where. Packages take part as `HostModule`s, written in Python.
"""

from .modules.module import Module
from .program import Program
from .runtime.evaluator import Diagnostic, Evaluator
from .runtime.stack import deeply
from .runtime.values import is_function

__all__ = ["Diagnostic", "Evaluator", "Module", "Program", "deeply", "is_function"]
