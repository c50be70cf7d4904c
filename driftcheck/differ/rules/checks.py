"""Rules about check constraints."""

from __future__ import annotations

from .family import ERROR, NOTE, WARNING, fields, rows

RULES = rows(
    ("DR401", "check-missing", ERROR, "The truth declares a check constraint that this source does not have."),
    ("DR402", "check-extra", WARNING, "This source has a check constraint that the truth does not declare."),
    ("DR403", "check-expression", ERROR, "The condition of a check constraint differs."),
    ("DR404", "check-options", WARNING, "A check is NO INHERIT, NOT VALID or NOT ENFORCED on one side only."),
    ("DR409", "check-name", NOTE, "A check constraint is the same but for its name."),
)

FIELDS = {
    **fields("check", "DR409", name="name"),
    **fields("check", "DR403", expression="condition"),
    **fields("check", "DR404", no_inherit="NO INHERIT", validated="validation", enforced="enforcement"),
}
