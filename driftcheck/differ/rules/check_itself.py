"""Rules about the check itself: what it could not see, and what it was configured to overlook."""

from __future__ import annotations

from .family import ERROR, NOTE, WARNING, Fields, rows

_GAPS = rows(
    ("DR901", "gap", WARNING, "Something in a source was not understood, and so was not compared."),
    ("DR906", "syntax-error", ERROR, "A TypeScript file does not parse, so what it declares is in doubt."),
    ("DR907", "left-out", WARNING, "A look around left out something that describes the same tables."),
    gap=True,
)

RULES = _GAPS + rows(
    ("DR902", "not-exported", NOTE, "Drizzle declares it and does not export it, so drizzle-kit would not create it."),
    ("DR903", "stale-baseline", WARNING, "The baseline accepts a finding that no longer occurs."),
    ("DR904", "unused-ignore", WARNING, "An ignore matches no finding."),
    ("DR905", "expired-ignore", WARNING, "An ignore is past its date, and its findings are back."),
)

FIELDS: Fields = {}
