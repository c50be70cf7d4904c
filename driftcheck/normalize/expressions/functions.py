"""Calls: synonyms, what arguments are expected to be, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from ...model import ColumnType
from ...sql import parse_type
from ..builtin import choice
from ..known import Known
from ..types import canonical_type
from . import type_families as families
from .casts import NOW, cast, is_unknown, typed
from .coercion import settled, type_of
from .operations import powers
from .tree import Node

#: Names of one function.
_SYNONYMS = {
    "transaction_timestamp": "now", "char_length": "length", "character_length": "length",
    "user": "current_user", "current_role": "current_user", "current_user": "current_user",
    "session_user": "session_user",
}  # fmt: skip
#: CURRENT_DATE and its like: now() as another type.
_MOMENTS = {
    "current_timestamp": families.TIMESTAMPTZ, "localtimestamp": families.TIMESTAMP, "current_date": families.DATE,
    "current_time": ColumnType("time with time zone"), "localtime": ColumnType("time without time zone"),
}  # fmt: skip
#: Functions that exist for text alone, so that char(n), citext and name are cast to it unsaid.
_OF_TEXT = frozenset(
    """
    lower upper btrim ltrim rtrim initcap md5 left right replace split_part regexp_replace regexp_match regexp_matches
    regexp_split_to_array regexp_split_to_table strpos substr translate lpad rpad reverse repeat ascii
    string_to_array to_tsvector to_tsquery unaccent similarity word_similarity starts_with concat_ws
    """.split()
)
#: Functions of one double precision, if the argument is a whole number or real.
_OF_DOUBLE = frozenset("sqrt ln log exp ceil ceiling floor round trunc".split())
#: Functions that know double precision alone.
_OF_DOUBLE_ONLY = frozenset("cbrt degrees radians sin cos tan asin acos atan to_timestamp point".split())
#: Functions for which the type of a NULL makes no difference.
_NULL_SAFE = frozenset(
    """
    array_position array_positions array_append array_remove array_replace array_cat concat concat_ws format
    tstzrange tsrange daterange int4range int8range numrange jsonb_build_object jsonb_build_array json_build_object
    num_nulls num_nonnulls count max min
    """.split()
)
#: Functions of a timestamp with time zone, if the argument is a date.
_OF_MOMENT = frozenset({"date_trunc", "to_char", "timezone", "age"})
_UNITS = frozenset({"date_trunc", "date_part", "timezone", "extract"})


@cache
def _signature(text: str) -> tuple[ColumnType | None, ...]:
    return tuple(None if word == "-" else canonical_type(parse_type(word)) for word in text.split())


#: What string constants among the arguments are; "-" stands for "does not matter".
_PARAMETERS = {
    "nextval": "regclass", "currval": "regclass", "setval": "regclass - boolean",
    "jsonb_set": "jsonb text[] jsonb boolean", "jsonb_insert": "jsonb text[] jsonb boolean",
    "jsonb_path_exists": "jsonb jsonpath jsonb boolean", "jsonb_path_match": "jsonb jsonpath jsonb boolean",
    "jsonb_path_query": "jsonb jsonpath jsonb boolean", "jsonb_array_length": "jsonb", "jsonb_typeof": "jsonb",
    "jsonb_strip_nulls": "jsonb", "jsonb_array_elements": "jsonb", "jsonb_array_elements_text": "jsonb",
    "jsonb_each": "jsonb", "jsonb_each_text": "jsonb", "jsonb_object_keys": "jsonb",
    "json_array_length": "json", "json_typeof": "json", "json_array_elements": "json",
    "setweight": "tsvector \"char\"", "ts_rank": "tsvector tsquery", "date_bin": "interval",
    "json_array_elements_text": "json", "tstzrange": "timestamptz timestamptz", "tsrange": "timestamp timestamp",
    "daterange": "date date", "int4range": "integer integer", "numrange": "numeric numeric",
    "gen_random_bytes": "integer", "array_to_string": "- text text",
}  # fmt: skip
_CONFIGURED = frozenset(
    "to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_headline".split()
)


def _types(words: str, type_: ColumnType) -> dict[str, ColumnType]:
    return dict.fromkeys(words.split(), type_)


#: Results that do not depend on the arguments.
_RESULTS: Mapping[str, ColumnType] = {
    **_types(
        """
        lower upper btrim ltrim rtrim initcap md5 left right replace split_part regexp_replace substr concat concat_ws
        to_char format translate lpad rpad reverse repeat array_to_string jsonb_typeof json_typeof
        jsonb_extract_path_text json_extract_path_text quote_ident quote_literal current_setting encode chr
        jsonb_array_elements_text json_array_elements_text string_agg
        """,
        families.TEXT,
    ),
    **_types(
        """
        length octet_length bit_length strpos position array_length array_upper array_lower cardinality array_ndims
        jsonb_array_length json_array_length num_nonnulls num_nulls ascii
        """,
        families.INTEGER,
    ),
    **_types("count nextval currval lastval setval pg_column_size row_number rank dense_rank", families.BIGINT),
    **_types("date_part random similarity ts_rank st_distance sqrt ln exp", families.DOUBLE),
    **_types("extract", families.NUMERIC),
    **_types("now clock_timestamp statement_timestamp to_timestamp", families.TIMESTAMPTZ),
    **_types("age make_interval justify_days justify_hours", families.INTERVAL),
    **_types("to_date date", families.DATE),
    **_types("gen_random_uuid uuid_generate_v4 uuid_generate_v1 uuid_generate_v7 uuidv7 auth.uid", ColumnType("uuid")),
    **_types("to_tsvector setweight", ColumnType("tsvector")),
    **_types("to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery", ColumnType("tsquery")),
    **_types(
        """
        starts_with st_within st_contains st_intersects st_dwithin st_isvalid jsonb_path_exists overlaps isempty
        pg_has_role has_table_privilege bool_and bool_or every jsonb_path_match isfinite
        """,
        families.BOOLEAN,
    ),
    **_types("jsonb_build_object jsonb_build_array to_jsonb jsonb_agg jsonb_object_agg jsonb_set jsonb_insert "
             "jsonb_strip_nulls jsonb_extract_path jsonb_array_elements auth.jwt", families.JSONB),
    **_types("json_build_object json_build_array to_json row_to_json json_agg json_object_agg", families.JSON),
    **_types("string_to_array regexp_split_to_array regexp_match", ColumnType("text", dimensions=1)),
    **_types("current_user session_user", ColumnType("name")),
    **_types("auth.role auth.email", families.TEXT),
}  # fmt: skip
#: Functions whose result has the type of their (first known) argument.
_LIKE_ARGUMENT = frozenset(
    """
    generate_series abs max min array_append array_remove array_cat any_value mod lag lead first_value last_value
    """.split()
)
_COMMON = frozenset({"coalesce", "greatest", "least", "nullif"})


def call(name: str, arguments: tuple[Node, ...], known: Known) -> Node:
    """The call of `name`, its arguments analysed."""
    name = known.extract if name == "extract" else _SYNONYMS.get(name.strip('"'), name)
    if name in _MOMENTS:
        return _moment(name, arguments)
    if name in _COMMON:
        return _common(name, arguments, known)
    if name == "string_agg" and len(arguments) == 2:
        arguments = arguments[0], typed(arguments[1], arguments[0].type)
    if name in known.parameters:
        arguments = _of_own_function(name, arguments, known)
    elif (found := settled(arguments, partial(choice.function, name.strip('"')), known)) is not None:
        return Node("call", name, _in_words(name, found[0]), type_of(found[1].result))
    elif name in ("power", "pow") and len(arguments) == 2:
        return Node("call", name, powers(*arguments), families.DOUBLE)
    elif name not in _RESULTS:
        arguments = _of_own_function(name, arguments, known)
    values = tuple(_argument(name, index, argument, len(arguments)) for index, argument in enumerate(arguments))
    return Node("call", name, values, _result(name, values, known.returns))


def ordered(
    name: str, arguments: tuple[Node, ...], keys: tuple[Node, ...], known: Known
) -> tuple[tuple[Node, ...], Node]:
    """An ordered-set aggregate: what it sorts by, and the call itself. Both are its arguments."""
    found = settled((*arguments, *keys), partial(choice.function, name), known)
    if found is None:
        return keys, call(name, arguments, known)
    nodes, chosen = found
    direct = len(arguments)
    return nodes[direct:], Node("call", name, nodes[:direct], type_of(chosen.result))


def _of_own_function(name: str, arguments: tuple[Node, ...], known: Known) -> tuple[Node, ...]:
    """Arguments of a function that the schema may define, without casts to what the function takes anyway.

    A source that does not define the function cannot know; so a constant of one of the schema's own types is left as
    its text, unless functions of the same name take different things.
    """
    if name in known.parameters and known.parameters[name] is None:
        return arguments
    inputs = known.parameters.get(name) or ()

    def plain(argument: Node, input_: ColumnType | None) -> Node:
        if argument.kind == "cast" and argument.type == input_:
            return argument.children[0]
        argument = typed(argument, input_)
        own = argument.kind == "literal" and argument.type is not None and argument.type.name in known.types
        return Node("literal", argument.text) if own else argument

    padded = (*inputs, *(None for _ in arguments))
    return tuple(plain(argument, input_) for argument, input_ in zip(arguments, padded, strict=False))


def _moment(name: str, arguments: tuple[Node, ...]) -> Node:
    target = _MOMENTS[name]
    if arguments:
        target = ColumnType(target.name, (arguments[0].text,))
    return cast(NOW, target)


def _common(name: str, arguments: tuple[Node, ...], known: Known) -> Node:
    if name == "nullif":
        found = settled(arguments, partial(choice.operator, "="), known)
        if found is not None:
            return Node("call", name, found[0], type_of(found[1].parameters[0]))
    values, type_ = together(arguments, known)
    return Node("call", name, values, type_)


def together(values: tuple[Node, ...], known: Known) -> tuple[tuple[Node, ...], ColumnType | None]:
    """Values that must have one type (COALESCE, the results of CASE), and that type if it is known."""
    found = None if all(map(is_unknown, values)) else settled(values, choice.alike, known)
    if found is not None:
        return found[0], type_of(found[1].result)
    numbers = [_widest(value) for value in values if families.rank(value.type)]
    if numbers and all(families.rank(value.type) or is_unknown(value) or value.kind == "null" for value in values):
        return _numbers(values, max(numbers, key=families.rank))
    types = [value.type for value in values if value.type is not None]
    if not types:
        return values, families.TEXT if values and all(map(is_unknown, values)) else None
    type_ = families.TEXT if families.is_text(types[0]) else families.bare(types[0])
    return tuple(typed(value, type_) for value in values), type_


def _widest(value: Node) -> ColumnType:
    return families.bare(value.type) if value.type is not None else families.INTEGER


def _numbers(values: tuple[Node, ...], type_: ColumnType) -> tuple[tuple[Node, ...], ColumnType]:
    """Numbers of a common type: narrower constants take it, and PostgreSQL's own casts of narrower columns go."""
    natural = [value for value in values if not (value.kind == "cast" or value.kind == "literal")]
    own = max((families.rank(value.type) for value in natural), default=0)

    def one(value: Node) -> Node:
        if value.kind == "literal" and (value.type is None or not value.type.modifiers):
            return cast(value, type_)
        if value.kind == "cast" and value.type == type_ and families.rank(type_) <= own:
            operand = value.children[0]
            return operand if 0 < families.rank(operand.type) < families.rank(type_) else value
        return value

    return tuple(map(one, values)), type_


def _argument(name: str, index: int, argument: Node, count: int) -> Node:
    if argument.kind == "null" and argument.type is not None and name not in _NULL_SAFE:
        return Node("cast", children=(Node("null"),), type=argument.type)
    if name in _CONFIGURED and index == 0 and count > 1:
        argument = _configuration(argument)
    elif index < len(expected := _signature(_PARAMETERS.get(name, ""))):
        argument = typed(argument, expected[index])
    if name in _UNITS and index == 0 and argument.kind == "literal":
        argument = Node("literal", argument.text.lower(), type=families.TEXT)
    return _without_implicit_cast(name, argument, count)


def _in_words(name: str, arguments: tuple[Node, ...]) -> tuple[Node, ...]:
    """The unit of `date_trunc('Day', …)` in lower case."""
    if name in _UNITS and arguments and arguments[0].kind == "literal":
        return Node("literal", arguments[0].text.lower(), type=families.TEXT), *arguments[1:]
    return arguments


def _configuration(argument: Node) -> Node:
    """The text search configuration that a constant names."""
    if argument.kind == "literal" and (argument.type is None or argument.type.name == "regconfig"):
        return Node("literal", argument.text.removeprefix("pg_catalog."), type=ColumnType("regconfig"))
    return argument


def _without_implicit_cast(name: str, argument: Node, count: int) -> Node:
    if name in _OF_DOUBLE_ONLY or (name in _OF_DOUBLE and count == 1 and families.is_whole(argument.type)):
        argument = _as_double(argument)
    if argument.kind != "cast" or argument.type is None:
        return argument
    operand = argument.children[0]
    return operand if _is_implicit(name, operand.type, argument.type, count) else argument


def _as_double(argument: Node) -> Node:
    """A numeric constant where double precision is wanted."""
    if argument.kind == "literal" and argument.type is not None and families.rank(argument.type):
        return cast(argument, families.DOUBLE)
    return argument


def _is_implicit(name: str, source: ColumnType | None, target: ColumnType, count: int) -> bool:
    """Whether PostgreSQL itself would cast a `source` to `target` for the function `name`."""
    if source is None:
        return False
    if target == families.TEXT:
        foreign = families.is_foreign_text(source)
        return foreign and (name in _OF_TEXT or (name == "length" and not families.is_blank_padded(source)))
    if target == families.DOUBLE:
        whole = name in _OF_DOUBLE and count == 1 and families.is_whole(source)
        return whole or (name in _OF_DOUBLE_ONLY and families.rank(source) > 0)
    if target == families.NUMERIC:
        return name in ("round", "trunc") and count == 2 and families.is_whole(source)
    return target == families.TIMESTAMPTZ and name in _OF_MOMENT and source == families.DATE


def _result(name: str, arguments: tuple[Node, ...], returns: Mapping[str, ColumnType]) -> ColumnType | None:
    if name == "timezone" and len(arguments) == 2:
        return {2: families.TIMESTAMPTZ, 1: families.TIMESTAMP, 3: families.TIMESTAMP}.get(
            families.date_rank(arguments[1].type)
        )
    if name == "date_trunc" and len(arguments) > 1:
        moment = arguments[1].type
        return families.TIMESTAMPTZ if moment == families.DATE else families.bare(moment) if moment else None
    if name in ("round", "trunc", "ceil", "ceiling", "floor", "sum", "avg"):
        return _rounded(name, arguments)
    if name == "substring":
        return (
            families.TEXT if arguments and (families.is_text(arguments[0].type) or is_unknown(arguments[0])) else None
        )
    if name in _LIKE_ARGUMENT:
        found = next((argument.type for argument in arguments if argument.type is not None), None)
        return families.bare(found) if found else None
    if name == "unnest" and len(arguments) == 1 and arguments[0].type is not None and arguments[0].type.dimensions:
        return families.bare(arguments[0].type.element)
    return returns.get(name) or _RESULTS.get(name)


def _rounded(name: str, arguments: tuple[Node, ...]) -> ColumnType | None:
    size = families.rank(arguments[0].type) if arguments else 0
    if not size:
        return families.INTERVAL if arguments and families.is_named(arguments[0].type, "interval") else None
    if name == "sum":
        return {1: families.BIGINT, 2: families.BIGINT, 5: ColumnType("real"), 6: families.DOUBLE}.get(
            size, families.NUMERIC
        )
    if name == "avg" or len(arguments) == 2:
        return families.DOUBLE if size >= 5 and name == "avg" else families.NUMERIC
    return families.NUMERIC if size == 4 else families.DOUBLE
