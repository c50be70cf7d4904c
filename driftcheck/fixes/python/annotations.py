"""What the annotation of an attribute says of its column: whether it may be NULL, and which Python type it has."""

from __future__ import annotations

import ast

from ...findings import Edit
from ...frozen import dataclass
from .lists import PythonFile
from .names import Names


@dataclass(frozen=True, slots=True)
class Annotation:
    """`core` is what is left of `whole` without None; both are the same where None is not allowed."""

    file: PythonFile
    names: Names
    whole: ast.expr
    core: ast.expr

    @property
    def nullable(self) -> bool:
        return self.core is not self.whole

    def with_none(self) -> list[Edit]:
        """The edits after which it allows None, in the style of the file."""
        file = self.file
        if isinstance(self.whole, ast.Constant):
            return [file.replace(self.whole, file.quoted(f"{self.whole.value!s} | None"))]
        start, end = file.span(self.whole)
        if self._writes_optional():
            word = self.names.word("typing", "Optional")
            return [*word.edits, file.edit(start, start, f"{word.text}["), file.edit(end, end, "]")]
        return [file.edit(end, end, " | None")]

    def _writes_optional(self) -> bool:
        return "Optional[" in self.file.text and "| None" not in self.file.text

    def without_none(self) -> list[Edit]:
        """The edits after which it does not."""
        file = self.file
        if isinstance(self.whole, ast.Constant):
            text = str(self.whole.value).replace(" | None", "").replace("None | ", "")
            inner = text.removeprefix("Optional[").removesuffix("]") if text.startswith("Optional[") else text
            return [file.replace(self.whole, file.quoted(inner))]
        (start, end), (first, last) = file.span(self.whole), file.span(self.core)
        return [file.edit(start, first, ""), *([file.edit(last, end, "")] if last < end else [])]


def annotation(file: PythonFile, names: Names, whole: ast.expr) -> Annotation | None:
    """What `whole` says; None for a union that cannot be taken apart by cutting."""
    if isinstance(whole, ast.Subscript) and names.original(whole.value) == "Annotated":
        inner = whole.slice.elts[0] if isinstance(whole.slice, ast.Tuple) and whole.slice.elts else None
        return annotation(file, names, inner) if inner is not None else None
    core = _core(names, whole)
    return Annotation(file, names, whole, core) if core is not None else None


def _core(names: Names, whole: ast.expr) -> ast.expr | None:
    if isinstance(whole, ast.Subscript) and names.original(whole.value) == "Optional":
        return whole.slice
    if isinstance(whole, ast.BinOp) and isinstance(whole.op, ast.BitOr):
        if _is_none(whole.right):
            return whole.left
        if _is_none(whole.left):
            return whole.right
        return whole if not any(_is_none(one) for one in ast.walk(whole)) else None
    if isinstance(whole, ast.Subscript) and names.original(whole.value) == "Union":
        given = whole.slice.elts if isinstance(whole.slice, ast.Tuple) else [whole.slice]
        if not any(map(_is_none, given)):
            return whole
        others = [one for one in given if not _is_none(one)]
        return others[0] if len(others) == 1 else None
    if isinstance(whole, ast.Constant) and isinstance(whole.value, str):
        text = whole.value.replace(" ", "")
        is_optional = "|None" in text or text.startswith(("None|", "Optional["))
        return ast.copy_location(ast.Constant(whole.value), whole) if is_optional else whole
    return whole


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
