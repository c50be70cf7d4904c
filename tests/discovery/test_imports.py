"""Imports are read by lines: only those that run when the module does."""

from __future__ import annotations

import pytest

from driftcheck.discovery.imports import Import, imports_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a, b.c as d  # e", [Import("a"), Import("b.c")]),
        ("from a.b import c as d, e", [Import("a.b", ("c", "e"))]),
        ("from . import a", [Import("", ("a",), 1)]),
        ("from ..a import b\nfrom...c import d", [Import("a", ("b",), 2), Import("c", ("d",), 3)]),
        ("from a import (\n    b,  # the first\n    c as d,\n)\nimport e", [Import("a", ("b", "c")), Import("e")]),
        ("from a import b, \\\n    c", [Import("a", ("b", "c"))]),
        ("from a import *", [Import("a", ("*",))]),
        ("import a; x = 1", [Import("a")]),
        ("def f():\n    import a\n    if x:\n        import b\nimport c", [Import("c")]),
        ("async def f():\n    import a\nclass A:\n    import b\n    def f(self):\n        import c", [Import("b")]),
        ("try:\n    import a\nexcept ImportError:\n    import b\nelse:\n    import c", [Import(n) for n in "abc"]),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    import b", [Import("b")]),
        ("if typing.TYPE_CHECKING:\n    if x:\n        import a\nimport b", [Import("b")]),
        ("if __name__ == '__main__':\n    import a", []),
        ("\"\"\"\nimport a\n\"\"\"\ndef f():\n    '''\nfor\n'''\n    import b", []),
        ("x = [\n    a\n    for a in b\n]\nimport c", [Import("c")]),
        ("importlib.reload(a)\nfrom_a = 1\nimported = 2", []),
        ('x = """never closed\nimport a', []),
    ],
)
def test_imports(text: str, expected: list[Import]) -> None:
    assert list(imports_of(text)) == expected
