"""What a PostgreSQL schema is: frozen facts, each with its place.

Equality means schema, not place: two objects are `==` exactly when all their facts are.
"""

from ..location import Location
from .columns import Column, Generated, Identity
from .constraints import Action, Check, Exclusion, ExclusionElement, ForeignKey, PrimaryKey, Unique
from .expressions import Expression
from .identifiers import DEFAULT_SCHEMA, fold, qualified, quote, truncate
from .indexes import Index, IndexKey
from .kinds import KINDS
from .located import Located
from .programs import Function, Trigger, View
from .schema import Comment, Extension, Namespace, Opaque, Schema
from .security import Policy, Role
from .sequences import Sequence
from .tables import Partition, Table
from .types import ColumnType
from .user_types import Attribute, Collation, CompositeType, Domain, Enum, RangeType

__all__ = [
    "DEFAULT_SCHEMA",
    "KINDS",
    "Action",
    "Attribute",
    "Check",
    "Collation",
    "Column",
    "ColumnType",
    "Comment",
    "CompositeType",
    "Domain",
    "Enum",
    "Exclusion",
    "ExclusionElement",
    "Expression",
    "Extension",
    "ForeignKey",
    "Function",
    "Generated",
    "Identity",
    "Index",
    "IndexKey",
    "Located",
    "Location",
    "Namespace",
    "Opaque",
    "Partition",
    "Policy",
    "PrimaryKey",
    "RangeType",
    "Role",
    "Schema",
    "Sequence",
    "Table",
    "Trigger",
    "Unique",
    "View",
    "fold",
    "qualified",
    "quote",
    "truncate",
]
