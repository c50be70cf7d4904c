"""The two lines of Drizzle in use, and which of them a project has installed."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Any

from ...regex import lazy
from ...typescript.modules.documents import Documents


class Line(Enum):
    """STABLE is drizzle-orm 0.x with drizzle-kit 0.x, NEXT the betas and release candidates of 1.0 and after."""

    STABLE = "0.x"
    NEXT = "1.x"


_KEYS = ("dependencies", "devDependencies", "peerDependencies")


def line_of(start: Path, documents: Documents) -> Line:
    """The line that the package around `start` uses; STABLE if nothing says otherwise."""
    version = _version(start, documents)
    return Line.STABLE if version is None else _line(version)


def honours_casing(start: Path, documents: Documents) -> bool:
    """Whether drizzle-kit names columns by the config's `casing`: until the betas of 1.0; its candidates do not."""
    version = _version(start, documents)
    return version is None or _line(version) is Line.STABLE or "beta" in version


def _version(start: Path, documents: Documents) -> str | None:
    """What is installed, else what package.json requires: from the folder `start` upwards, as far as the root."""
    cataloged = False
    for folder in [start, *start.parents]:
        installed = documents.object(folder / "node_modules/drizzle-orm/package.json").get("version")
        wanted = installed if isinstance(installed, str) else _dependency(documents.object(folder / "package.json"))
        if wanted is not None and wanted.startswith("catalog:"):
            cataloged = True
        elif wanted is not None and not wanted.startswith("workspace:"):
            return wanted
        if cataloged and (version := _catalogued(folder, documents)) is not None:
            return version
        if folder == documents.project.root:
            break
    return None


#: An entry of a catalog in pnpm-workspace.yaml, or in the package.json of a workspace of Bun's.
_CATALOG_ENTRY = lazy(
    r"""^[ \t]+["']?drizzle-orm["']?[ \t]*:[ \t]*["']?([~^>=v]*\d[\w.+-]*|beta|rc|next)""", re.MULTILINE
)


def _catalogued(folder: Path, documents: Documents) -> str | None:
    """The version that a workspace's catalog in `folder` gives drizzle-orm."""
    found = _CATALOG_ENTRY.search(documents.text(folder / "pnpm-workspace.yaml"))
    return found[1] if found else _in_catalog(documents.object(folder / "package.json"))


def _in_catalog(document: object) -> str | None:
    if not isinstance(document, dict):
        return None
    for key in ("catalog", "catalogs", "workspaces"):
        part = document.get(key)
        for entries in (part, *part.values()) if isinstance(part, dict) else ():
            version = entries.get("drizzle-orm") if isinstance(entries, dict) else None
            if isinstance(version, str):
                return version
    part = document.get("workspaces")
    return _in_catalog(part) if isinstance(part, dict) else None


def _line(version: str) -> Line:
    if "1.0.0-beta.1-" in version:  # a snapshot of a branch, with the drizzle-kit of its day
        return Line.STABLE
    if re.search(r"(?<![\d.])[1-9]\d*\.\d", version) or version in ("beta", "rc", "next"):
        return Line.NEXT
    return Line.STABLE


def _dependency(document: dict[str, Any]) -> str | None:
    for key in _KEYS:
        packages = document.get(key)
        if isinstance(packages, dict) and isinstance(packages.get("drizzle-orm"), str):
            return str(packages["drizzle-orm"])
    return None
