"""Drizzle schemas."""

from __future__ import annotations

from .kind import Lazy, SourceKind

DRIZZLE = SourceKind(
    name="drizzle",
    spoken="Drizzle",
    example="drizzle:src/db/schema.ts",
    location="a `.ts` file, a folder, a glob, or a `drizzle.config.ts`; evaluated, never executed",
    suffixes=(".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx"),
    offered=(".ts", ".mts", ".cts"),
    names=("drizzle.config.",),
    comments=Lazy("driftcheck.triage.comments:typescript"),
    describe=Lazy("driftcheck.readers.drizzle.jsdoc:describe"),
    read=Lazy("driftcheck.readers.drizzle:read"),
    find=Lazy("driftcheck.discovery.drizzle:search"),
    edit=Lazy("driftcheck.fixes.typescript:edit"),
    language="typescript",
    tells="code",
    tidy=Lazy("driftcheck.fixes.typescript.tidy:tidy"),
    secure=Lazy("driftcheck.fixes.typescript.text:enabling"),
)
