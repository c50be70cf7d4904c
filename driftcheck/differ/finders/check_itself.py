"""What a source could not say, reported as findings of that source."""

from __future__ import annotations

from ...findings import Finding, Fix, ObjectRef, Side
from ...model import DEFAULT_SCHEMA
from ...reading import Gap, Source, Unexported
from ..rules import rule


def gap_findings(source: Source) -> list[Finding]:
    """DR901 or DR906 for every gap of `source`, and DR902 for everything it declares and does not export."""
    return [
        *(_gap(source, gap) for gap in source.reading.gaps),
        *(_unexported(source, u) for u in source.reading.unexported),
    ]


def _gap(source: Source, gap: Gap) -> Finding:
    which = rule(gap.kind)
    schema, _, rest = (gap.object or "").partition(".")
    table, _, column = rest.partition(".")
    about = ObjectRef("gap", DEFAULT_SCHEMA, gap.what)
    if column:
        about = ObjectRef("column", schema, column, table)
    elif table:
        about = ObjectRef("table", schema, table)
    return Finding(
        which,
        which.severity,
        source.name,
        about,
        Side(None),
        Side(gap.what, gap.location),
        f"{source.name}: {gap.what} was not understood, so it is not compared: {gap.why}",
        cause=gap.why,
    )


def _unexported(source: Source, declared: Unexported) -> Finding:
    which = rule("not-exported")
    about = ObjectRef(declared.kind, declared.schema, declared.name)
    return Finding(
        which,
        which.severity,
        source.name,
        about,
        Side("exported"),
        Side("not exported", declared.location),
        f"{declared.kind} {about} is declared in {source.name} and not exported: drizzle-kit would not create it",
        fix=Fix("typescript", f"export const … // the {declared.kind} '{declared.name}'"),
    )
