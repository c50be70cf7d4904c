"""Rules about who may see which rows: row-level security, policies, roles."""

from __future__ import annotations

from .family import ERROR, NOTE, WARNING, exempt, fields, rows

RULES = rows(
    ("DR661", "role-missing", WARNING, "The truth creates a role that this source does not."),
    ("DR662", "role-extra", NOTE, "This source creates a role that the truth does not."),
    ("DR663", "role-options", WARNING, "The options of a role differ."),
    ("DR701", "rls-disabled", ERROR, "The truth enables row-level security on a table; this source does not."),
    ("DR702", "rls-enabled", WARNING, "This source enables row-level security on a table; the truth does not."),
    ("DR703", "rls-forced", WARNING, "Row-level security binds the table's owner on one side only."),
    ("DR704", "rls-required", ERROR, "The config requires row-level security, and this table is without it."),
    ("DR711", "policy-missing", ERROR, "The truth declares a policy that this source does not have."),
    ("DR712", "policy-extra", WARNING, "This source has a policy that the truth does not declare."),
    ("DR713", "policy-command", ERROR, "A policy is for a different command."),
    ("DR714", "policy-roles", ERROR, "A policy applies to different roles."),
    ("DR715", "policy-using", ERROR, "The USING of a policy differs: which rows can be seen, changed or deleted."),
    ("DR716", "policy-check", ERROR, "The WITH CHECK of a policy differs: which rows can be written."),
    ("DR717", "policy-permissive", ERROR, "A policy is permissive on one side and restrictive on the other."),
    ("DR719", "policy-name", NOTE, "A policy is the same but for its name."),
)

FIELDS = {
    **exempt("policy", "identity: policies are paired within their table", ("schema", "table")),
    **fields("policy", "DR719", name="name"),
    **fields("policy", "DR713", command="command"),
    **fields("policy", "DR714", roles="roles"),
    **fields("policy", "DR715", using="USING"),
    **fields("policy", "DR716", check="WITH CHECK"),
    **fields("policy", "DR717", permissive=""),
    **exempt("role", "identity: roles are paired by it", ("name",)),
    **fields("role", "DR663", create_database="CREATEDB", create_role="CREATEROLE", inherit="INHERIT"),
}
