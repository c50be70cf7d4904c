"""What the config demands of every source, whatever the truth says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..config import Config
from ..differ.rules import rule
from ..findings import Finding, Fix, ObjectRef, Side
from ..kinds import KINDS
from ..model import Location, Table
from ..reading import Source


def required_findings(sources: Sequence[Source], config: Config, found: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """DR704 for every table without row level security, in every source whose language can enable it.

    A table of which `found` says already that the truth enables it and the source does not (DR701) is skipped.
    """
    if "row-level-security" not in config.required:
        return ()
    demand = config.required["row-level-security"]
    known = {(finding.source, finding.object) for finding in found if finding.rule.code == "DR701"}
    found = (
        _rls_required(source, table, demand)
        for source in sources
        if source.reading.capabilities.can("table", "row_security")
        for table in source.schema.tables
        if not table.row_security and "row_security" not in table.unknown
    )
    return tuple(finding for finding in found if (finding.source, finding.object) not in known)


def _rls_required(source: Source, table: Table, demand: Location | None) -> Finding:
    needed = rule("DR704")
    ref = ObjectRef("table", table.schema, table.name)
    return Finding(
        rule=needed,
        severity=needed.severity,
        source=source.name,
        object=ref,
        expected=Side("enabled", demand),
        actual=Side("disabled", table.place("row_security")),
        message=f"{ref} has no row level security in {source.name}; the config requires it on every table",
        fact="row_security",
        fix=_fix(source, table),
    )


def _fix(source: Source, table: Table) -> Fix | None:
    secure = KINDS[source.kind].secure
    return secure.load()(table) if secure is not None else None
