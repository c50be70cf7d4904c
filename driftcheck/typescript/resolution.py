"""Which file an import means."""

from __future__ import annotations

from pathlib import Path

from .syntax import EXTENSIONS

SWAPS = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}


class Resolver:
    def __init__(self, root: Path) -> None:
        self.root = root

    def resolve(self, specifier: str, importer: Path) -> Path | None:
        if specifier.startswith("."):
            return find_file(importer.parent / specifier)
        return None

    def is_of_project(self, specifier: str) -> bool:
        return specifier.startswith(".")


def find_file(path: Path) -> Path | None:
    if path.suffix in SWAPS:
        for ending in SWAPS[path.suffix]:
            if path.with_suffix(ending).is_file():
                return path.with_suffix(ending).resolve()
    if path.is_file():
        return path.resolve()
    for ending in (*EXTENSIONS, ".json", ".d.ts"):
        candidate = path.with_name(path.name + ending)
        if candidate.is_file():
            return candidate.resolve()
    for ending in EXTENSIONS:
        candidate = path / f"index{ending}"
        if candidate.is_file():
            return candidate.resolve()
    return None
