"""Rules about what a schema defines beside tables: types, sequences, extensions, schemas."""

from __future__ import annotations

from .family import ERROR, NOTE, WARNING, exempt, fields, rows

RULES = rows(
    ("DR601", "enum-missing", ERROR, "The truth declares an enum that this source does not have."),
    ("DR602", "enum-extra", WARNING, "This source has an enum that the truth does not declare."),
    ("DR603", "enum-values", ERROR, "The labels of an enum differ."),
    ("DR604", "enum-order", WARNING, "An enum has the same labels in another order."),
    ("DR611", "domain-missing", ERROR, "The truth declares a domain that this source does not have."),
    ("DR612", "domain-extra", WARNING, "This source has a domain that the truth does not declare."),
    ("DR613", "domain-definition", ERROR, "The type, default, nullability or checks of a domain differ."),
    ("DR621", "sequence-missing", ERROR, "The truth declares a sequence that this source does not have."),
    ("DR622", "sequence-extra", WARNING, "This source has a sequence that the truth does not declare."),
    ("DR623", "sequence-options", ERROR, "The options or the owner of a sequence differ."),
    ("DR631", "type-missing", ERROR, "The truth declares a composite or range type that this source does not have."),
    ("DR632", "type-extra", WARNING, "This source has a composite or range type that the truth does not declare."),
    ("DR633", "type-definition", ERROR, "The definition of a composite or range type differs."),
    ("DR641", "extension-missing", ERROR, "The truth declares an extension that this source does not have."),
    ("DR642", "extension-extra", NOTE, "This source has an extension that the truth does not declare."),
    ("DR643", "extension-schema", NOTE, "An extension is installed into a different schema."),
    ("DR651", "schema-missing", WARNING, "The truth creates a schema that this source does not."),
    ("DR652", "schema-extra", NOTE, "This source creates a schema that the truth does not."),
)

_PAIRED = "identity: paired by it; another name is one missing and one extra object"

FIELDS = {
    **exempt("enum", _PAIRED, ("schema", "name")),
    **fields("enum", "DR603", values="labels"),
    **exempt("domain", _PAIRED, ("schema", "name")),
    **fields(
        "domain",
        "DR613",
        type="type",
        nullable="nullability",
        default="default",
        collation="collation",
        checks="checks",
    ),
    **exempt("composite", _PAIRED, ("schema", "name")),
    **fields("composite", "DR633", attributes="attributes"),
    **exempt("range", _PAIRED, ("schema", "name")),
    **fields("range", "DR633", subtype="subtype", options="options"),
    **exempt("sequence", _PAIRED, ("schema", "name")),
    **fields(
        "sequence",
        "DR623",
        type="type",
        start="start",
        increment="increment",
        minimum="minimum",
        maximum="maximum",
        cache="cache",
        cycle="cycle",
        owned_by="owner",
    ),
    **exempt("extension", _PAIRED, ("name",)),
    **fields("extension", "DR643", schema="schema"),
    **exempt("schema", _PAIRED, ("name",)),
}
