"""What the texts of the model claim to be, said beside each field: `name: Identifier`, `bound: PartitionBound`.

Nothing here is checked: a source may hold anything. `writers/sql/gate.py` holds each text to its claim before it
goes into a statement, and a test demands a claim of every text that the model has.
"""

from __future__ import annotations

from typing import Annotated

from .expressions import Expression

#: A name, without quotes.
Identifier = Annotated[str, "identifier"]
#: A name that may have a schema before a dot, neither of them quoted.
Path = Annotated[str, "path"]
#: The name of a collation, which may have a dot of its own; with a schema, the parts are quoted where they need it.
CollationName = Annotated[str, "collation"]
#: Characters, as they are.
Text = Annotated[str, "text"]
#: A label of an enum: characters, at most 63 bytes of them.
Label = Annotated[str, "label"]
#: A word of the grammar in lower case.
Word = Annotated[str, "word"]
#: An operator without its schema.
OperatorName = Annotated[str, "operator"]
#: A type, written out.
TypeName = Annotated[str, "type"]
#: What a function returns: a type, SETOF one, or TABLE (…).
Result = Annotated[str, "result"]
#: What is between the parentheses behind a function's name.
Arguments = Annotated[str, "arguments"]
#: The text of a function, as its language and kind take it.
Body = Annotated[str, "body"]
#: A number, written out.
Number = Annotated[str, "number"]
#: `FOR VALUES …` or `DEFAULT`.
PartitionBound = Annotated[str, "bound"]
#: `range (…)`, `list (…)` or `hash (…)`.
PartitionKey = Annotated[str, "partition key"]
#: Names and values of a WITH clause.
Parameters = Annotated[tuple[tuple[str, str], ...], "parameters"]
#: Names and values of a function's SET clauses.
Settings = Annotated[tuple[tuple[str, str], ...], "settings"]
#: Names and values of what is beside SUBTYPE.
RangeOptions = Annotated[tuple[tuple[str, str], ...], "range options"]
#: A query; every other Expression is a value or a condition.
Query = Annotated[Expression, "query"]
#: For people, or for comparing: it is in no statement.
Unwritten = Annotated[str, "unwritten"]
