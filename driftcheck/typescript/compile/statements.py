"""Statements: blocks and what they hoist, declarations, conditions, `switch`, `try`, and the ways to leave."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from ..runtime.coercion import observed, same_type_equal, truth
from ..runtime.environment import UNINITIALISED, Environment
from ..runtime.signals import Completion, Ending, Thrown
from ..runtime.values import UNDEFINED, Unknown, Value
from .effects import always_throws, havoc
from .functions import Closure, FunctionCode, hoisted
from .keys import naming
from .patterns import Bind, declaring, declaring_in_function, pattern_names
from .unit import Code, Run, Statements, Unit, field, named

FUNCTION_DECLARATIONS = ("function_declaration", "generator_function_declaration")
CLASS_DECLARATIONS = ("class_declaration", "abstract_class_declaration")


# -- Blocks -----------------------------------------------------------------------------------------------------


def declared_names(unit: Unit, node: Node) -> list[Node]:
    """The names that a statement declares in its own block (not `var`, not functions)."""
    kind = node.type
    if kind == "lexical_declaration":
        return variable_names(unit, node)
    if kind in (*CLASS_DECLARATIONS, "enum_declaration"):
        name = node.child_by_field_name("name")
        return [] if name is None else [name]
    return []


def variable_names(unit: Unit, node: Node) -> list[Node]:
    """The names that a `const`, `let` or `var` statement declares."""
    found: list[Node] = []
    for child in node.named_children:
        name = child.child_by_field_name("name") if child.type == "variable_declarator" else None
        if name is not None:
            found.extend(pattern_names(unit, name))
    return found


def compile_block(unit: Unit, node: Node) -> Run:
    return compile_statements(unit, named(node), own_scope=True)


def compile_body(unit: Unit, node: Node) -> Run:
    """The block of a function, which has an environment already."""
    return compile_statements(unit, named(node), own_scope=False)


def compile_statements(unit: Unit, nodes: list[Node], *, own_scope: bool) -> Run:
    """Statements in a row, with what they declare known from the start."""
    parts: list[tuple[Run, Node]] = []
    names: list[str] = []
    functions: list[tuple[str, FunctionCode]] = []
    for node in nodes:
        if node.type in FUNCTION_DECLARATIONS:
            functions.append(hoisted(unit, node))
            continue
        names.extend(unit.text(name) for name in declared_names(unit, node))
        run = unit.statement(node)
        if run is not None:
            parts.append((run, node))
    own_scope = own_scope and bool(names or functions)

    def run_all(scope: Environment) -> Completion | None:
        if own_scope:
            scope = Environment(scope)
        for name in names:
            scope.names.setdefault(name, UNINITIALISED)
        for name, code in functions:
            scope.names[name] = Closure(code, scope)
        return run_parts(unit, parts, scope)

    return run_all


def run_parts(unit: Unit, parts: list[tuple[Run, Node]], scope: Environment) -> Completion | None:
    for index, (run, _) in enumerate(parts):
        completion = run(scope)
        if completion is None:
            continue
        if completion.kind is Ending.PERHAPS:
            for _, rest in parts[index + 1 :]:
                havoc(unit, rest, scope, completion.value)
        return completion
    return None


def compile_statement_block(unit: Unit, node: Node) -> Run:
    return compile_block(unit, node)


def compile_expression_statement(unit: Unit, node: Node) -> Run:
    inner = named(node)
    if not inner:
        return lambda scope: None
    if inner[0].type in ("internal_module", "module"):
        return unit.statement(inner[0]) or (lambda scope: None)
    code = unit.expression(inner[0])

    def run(scope: Environment) -> None:
        code(scope)

    return run


def compile_function_declaration(unit: Unit, node: Node) -> Run:
    """Where it is no direct part of a block: `if (x) function f() {}`."""
    name, code = hoisted(unit, node)

    def run(scope: Environment) -> None:
        scope.function.names[name] = Closure(code, scope)

    return run


def compile_lexical(unit: Unit, node: Node) -> Run:
    return _compile_declarators(unit, node, declaring, undefined=True)


def compile_var(unit: Unit, node: Node) -> Run:
    return _compile_declarators(unit, node, declaring_in_function, undefined=False)


def _compile_declarators(unit: Unit, node: Node, binder: Callable[[Unit, Node], Bind], *, undefined: bool) -> Run:
    parts = [
        _compile_declarator(unit, child, binder, undefined=undefined)
        for child in node.named_children
        if child.type == "variable_declarator"
    ]
    if len(parts) == 1:
        return parts[0]

    def run(scope: Environment) -> None:
        for part in parts:
            part(scope)

    return run


def _compile_declarator(unit: Unit, node: Node, binder: Callable[[Unit, Node], Bind], *, undefined: bool) -> Run:
    target, value = field(node, "name"), node.child_by_field_name("value")
    bind = binder(unit, target)
    if value is not None:
        code = naming(value, unit.expression(value), unit.text(target))
        return lambda scope: bind(scope, code(scope))
    if undefined:
        return lambda scope: bind(scope, UNDEFINED)
    names = [unit.text(name) for name in pattern_names(unit, target)]

    def run(scope: Environment) -> None:
        for name in names:
            scope.function.names.setdefault(name, UNDEFINED)

    return run


# -- Conditions -------------------------------------------------------------------------------------------------


def compile_if(unit: Unit, node: Node) -> Run:
    condition = unit.expression(field(node, "condition"))
    consequence = field(node, "consequence")
    clause = node.child_by_field_name("alternative")
    alternative = named(clause)[0] if clause is not None and named(clause) else None
    first = unit.statement(consequence)
    second = unit.statement(alternative) if alternative is not None else None

    def run(scope: Environment) -> Completion | None:
        test = truth(condition(scope))
        if isinstance(test, Unknown):
            if always_throws(unit, consequence):
                return second(scope) if second is not None else None
            if alternative is not None and always_throws(unit, alternative):
                return first(scope) if first is not None else None
            return havoc(unit, node, scope, test)
        chosen = first if test else second
        return None if chosen is None else chosen(scope)

    return run


def compile_switch(unit: Unit, node: Node) -> Run:
    subject = unit.expression(field(node, "value"))
    body = field(node, "body")
    cases = [child for child in named(body) if child.type in ("switch_case", "switch_default")]
    tests = [_case_test(unit, case) for case in cases]
    bodies = [_case_body(unit, case) for case in cases]
    names = [unit.text(n) for case in cases for part in named(case) for n in declared_names(unit, part)]

    def run(scope: Environment) -> Completion | None:
        inner = Environment(scope)
        inner.names.update(dict.fromkeys(names, UNINITIALISED))
        start = _find_case(tests, subject(scope), inner)
        if isinstance(start, Unknown):
            return without_break(havoc(unit, node, scope, start))
        for index in range(start, len(bodies)):
            completion = bodies[index](inner)
            if completion is not None:
                if completion.kind is Ending.PERHAPS:
                    for case in cases[index + 1 :]:
                        havoc(unit, case, inner, completion.value)
                return without_break(completion)
        return None

    return run


def _case_test(unit: Unit, case: Node) -> Code | None:
    value = case.child_by_field_name("value")
    return None if value is None else unit.expression(value)


def _case_body(unit: Unit, case: Node) -> Run:
    value = case.child_by_field_name("value")
    return compile_statements(unit, [child for child in named(case) if child != value], own_scope=False)


def _find_case(tests: list[Code | None], value: Value, scope: Environment) -> int | Unknown:
    """The index of the case to start from: past the last if there is none."""
    value = observed(value)
    if isinstance(value, Unknown):
        return value
    for index, test in enumerate(tests):
        if test is None:
            continue
        other = observed(test(scope))
        if isinstance(other, Unknown):
            return other
        if same_type_equal(value, other):
            return index
    return tests.index(None) if None in tests else len(tests)


def without_break(completion: Completion | None) -> Completion | None:
    """After a `switch` or a loop: its own `break` is no business of what is around it."""
    if completion is None or (completion.kind is Ending.BREAK and completion.label is None):
        return None
    if completion.kind is Ending.PERHAPS and not completion.leaves:
        return None
    return completion


# -- Leaving ----------------------------------------------------------------------------------------------------


def compile_return(unit: Unit, node: Node) -> Run:
    inner = named(node)
    if not inner:
        return lambda scope: Completion(Ending.RETURN)
    code = unit.expression(inner[0])
    return lambda scope: Completion(Ending.RETURN, code(scope))


def compile_break(unit: Unit, node: Node) -> Run:
    label = node.child_by_field_name("label")
    kind = Ending.BREAK if node.type == "break_statement" else Ending.CONTINUE
    completion = Completion(kind, label=unit.text(label) if label is not None else None)
    return lambda scope: completion


def compile_throw(unit: Unit, node: Node) -> Run:
    inner, place = named(node), unit.place(node)
    code = unit.expression(inner[0]) if inner else unit.unknown(node, "there is a syntax error here")

    def run(scope: Environment) -> Completion | None:
        raise Thrown(code(scope), place.location)

    return run


def compile_try(unit: Unit, node: Node) -> Run:
    """Where it leaves off is not known, so it may have run or not, in part."""
    place = unit.place(node)
    return lambda scope: havoc(unit, node, scope, place.unknown("a try statement is not evaluated"))


def compile_labeled(unit: Unit, node: Node) -> Run:
    label, body = unit.text(field(node, "label")), field(node, "body")
    unit.labels.append(label)
    run_body = unit.statement(body)
    unit.labels.clear()

    def run(scope: Environment) -> Completion | None:
        completion = None if run_body is None else run_body(scope)
        if completion is not None and completion.kind is Ending.BREAK and completion.label == label:
            return None
        return completion

    return run


STATEMENTS: Statements = {
    "statement_block": compile_statement_block,
    "expression_statement": compile_expression_statement,
    **dict.fromkeys(FUNCTION_DECLARATIONS, compile_function_declaration),
    "lexical_declaration": compile_lexical,
    "variable_declaration": compile_var,
    "if_statement": compile_if,
    "switch_statement": compile_switch,
    "return_statement": compile_return,
    "break_statement": compile_break,
    "continue_statement": compile_break,
    "throw_statement": compile_throw,
    "try_statement": compile_try,
    "labeled_statement": compile_labeled,
}
