"""What can go wrong in a line: each mutation changes one thing, and leaves all else as it is, letter by letter."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.scope import Span, spans

MODULE = "<module>"
"""Where a mutant stands that is in no function: constants, what a class holds."""


Key = tuple[str, str, str, str]
"""File, function, what was and what is now."""


@dataclass(frozen=True)
class Mutant:
    """One change: from `start` to `end` (bytes) of the file the text `was`, and becomes `now`."""

    file: str
    line: int
    function: str
    kind: str
    was: str
    now: str
    start: int
    end: int

    def applied(self, source: str) -> str:
        """Return the source with the change; of a file that was edited since, nothing can be said."""
        raw = source.encode()
        if raw[self.start : self.end].decode() != self.was:
            raise ValueError(f"{self.file} changed meanwhile")
        return (raw[: self.start] + self.now.encode() + raw[self.end :]).decode()

    def stands(self, source: str) -> bool:
        """Tell whether the changed source can be read at all."""
        try:
            ast.parse(self.applied(source))
        except SyntaxError:
            return False
        return True

    @property
    def key(self) -> Key:
        """Return what it is known by, wherever in its file it stands."""
        was, now = (" ".join(text.split()) for text in (self.was, self.now))
        return self.file, self.function, was, now

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.kind}: {self.key[2]} -> {self.key[3]}"


Change = tuple[str, ast.AST, str]
"""A kind, the node that goes, and what stands there instead."""
TWINS: dict[type[ast.AST], tuple[tuple[str, str, str], ...]] = {
    ast.Lt: (("boundary", "<", "<="), ("comparison", "<", ">")),
    ast.LtE: (("boundary", "<=", "<"), ("comparison", "<=", ">=")),
    ast.Gt: (("boundary", ">", ">="), ("comparison", ">", "<")),
    ast.GtE: (("boundary", ">=", ">"), ("comparison", ">=", "<=")),
    ast.Eq: (("comparison", "==", "!="),),
    ast.NotEq: (("comparison", "!=", "=="),),
    ast.In: (("comparison", "in", "not in"),),
    ast.NotIn: (("comparison", "not in", "in"),),
    ast.Is: (("comparison", "is", "is not"),),
    ast.IsNot: (("comparison", "is not", "is"),),
}
ARITHMETIC: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.FloorDiv: ast.Div(),
    ast.Mod: ast.FloorDiv(),
    ast.BitOr: ast.BitAnd(),
    ast.BitAnd: ast.BitOr(),
}
CALLED = {"max": "min", "min": "max", "any": "all", "all": "any", "or_": "and_", "and_": "or_"}
CONDITIONS = ("where", "filter", "having", "and_")
UNORDERED = ("isinstance", "max", "min", "and_", "or_", "where", "filter", "order_by")
CHAINED = (*CONDITIONS, "order_by", "distinct", "with_for_update", "limit", "group_by")
SLY = {"boundary", "off by one", "and/or", "condition dropped", "guard dropped", "part dropped", "argument dropped",
       "step dropped", "swapped"}  # fmt: skip
"""Kinds that a test notices only when it stands at the edge, or looks at what else happened."""


def mutants(path: Path, source: str) -> list[Mutant]:
    """Return all mutants of a file, in the order of its lines; `path` is from the root."""
    tree = ast.parse(source)
    places = spans(tree)
    starts = [0]
    for text in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(text))

    found = set()
    for kind, node, now in _changes(tree):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        was = source.encode()[start:end].decode()
        mutant = Mutant(path.as_posix(), node.lineno, _function(places, node.lineno), kind, was, now, start, end)
        if was != now:
            found.add(mutant)
    return sorted(found, key=lambda each: (each.start, each.end, each.kind, each.now))


def _function(places: list[Span], line: int) -> str:
    return next((place.name for place in places if place.first <= line <= place.last), MODULE)


def _changes(tree: ast.Module) -> Iterator[Change]:
    """Yield the changes of every node that decides or does something."""
    for node in _walk(tree):
        for kind, changes in CHANGES.items():
            if isinstance(node, kind):
                yield from changes(node)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs: no annotation, no docstring, no text with fields (its places are not known), no import."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr | ast.Import | ast.ImportFrom):
                continue
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                continue
            yield child
            yield from _walk(child)


def _compare(node: ast.Compare) -> Iterator[Change]:
    if len(node.ops) == 1:
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        for kind, _was, now in TWINS[type(node.ops[0])]:
            yield kind, node, f"{left} {now} {right}"


def _boolean(node: ast.BoolOp) -> Iterator[Change]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield "and/or", node, f"({ast.unparse(ast.BoolOp(other, node.values))})"
    for left_out in range(len(node.values)):
        rest = [f"({ast.unparse(value)})" for place, value in enumerate(node.values) if place != left_out]
        word = " and " if isinstance(node.op, ast.And) else " or "
        yield "part dropped", node, f"({word.join(rest)})"


def _arithmetic(node: ast.BinOp) -> Iterator[Change]:
    if type(node.op) in ARITHMETIC and not isinstance(node.left, ast.JoinedStr):
        changed = ast.BinOp(node.left, ARITHMETIC[type(node.op)], node.right)
        yield "arithmetic", node, ast.unparse(changed)


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield "constant", node, str(not node.value)
    elif isinstance(node.value, int | float):
        yield "off by one", node, repr(node.value + 1)
        if node.value > 1:
            yield "off by one", node, repr(node.value - 1)


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield "not dropped", node, f"({ast.unparse(node.operand)})"


def _choice(node: ast.IfExp) -> Iterator[Change]:
    yield "choice", node, f"({ast.unparse(node.body)})"
    yield "choice", node, f"({ast.unparse(node.orelse)})"


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[Change]:
    for loop in node.generators:
        for condition in loop.ifs:
            yield "condition dropped", condition, "True"


def _call(node: ast.Call) -> Iterator[Change]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in CALLED:
        yield "called another", node.func, ast.unparse(node.func)[: -len(name)] + CALLED[name]
    if isinstance(node.func, ast.Attribute) and name in CHAINED and ast.unparse(node.func.value) not in ("np", "sa"):
        yield "step dropped", node, f"({ast.unparse(node.func.value)})"
    if name in CONDITIONS and len(node.args) > 1:
        for left_out in range(len(node.args)):
            rest = [arg for place, arg in enumerate(node.args) if place != left_out]
            yield "condition dropped", node, ast.unparse(ast.Call(node.func, rest, node.keywords))
    for left_out, keyword in enumerate(node.keywords):
        if keyword.arg not in (None, "strict"):
            rest = [each for place, each in enumerate(node.keywords) if place != left_out]
            yield "argument dropped", node, ast.unparse(ast.Call(node.func, node.args, rest))
    first_two = [ast.unparse(each) for each in node.args[:2] if isinstance(each, ast.Name | ast.Attribute)]
    if len(first_two) == 2 and "session" not in first_two and name not in UNORDERED:
        swapped = [node.args[1], node.args[0], *node.args[2:]]
        yield "swapped", node, ast.unparse(ast.Call(node.func, swapped, node.keywords))


def _if(node: ast.If) -> Iterator[Change]:
    leaves = isinstance(node.body[-1], ast.Raise | ast.Return | ast.Continue | ast.Break)
    if leaves and not node.orelse:
        yield "guard dropped", node, "pass"
    elif not isinstance(node.test, ast.UnaryOp | ast.Compare):
        yield "condition turned", node.test, f"(not ({ast.unparse(node.test)}))"


def _statement(node: ast.Expr) -> Iterator[Change]:
    if isinstance(node.value, ast.Call):
        yield "statement dropped", node, "pass"


def _assignment(node: ast.Assign | ast.AugAssign) -> Iterator[Change]:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if isinstance(node, ast.AugAssign) or isinstance(target, ast.Attribute | ast.Subscript):
        yield "statement dropped", node, "pass"


def _return(node: ast.Return) -> Iterator[Change]:
    if node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None):
        return
    yield "returned another", node, "return None"
    if isinstance(node.value, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield "returned another", node, f"return not ({ast.unparse(node.value)})"


def _leaving(node: ast.Raise | ast.Continue | ast.Break) -> Iterator[Change]:
    yield "statement dropped", node, "pass"


CHANGES: dict[type[ast.AST] | tuple[type[ast.AST], ...], Callable[..., Iterator[Change]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.BinOp: _arithmetic,
    ast.Constant: _constant,
    ast.UnaryOp: _unary,
    ast.IfExp: _choice,
    (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp): _comprehension,
    ast.Call: _call,
    ast.If: _if,
    ast.Expr: _statement,
    (ast.Assign, ast.AugAssign): _assignment,
    ast.Return: _return,
    (ast.Raise, ast.Continue, ast.Break): _leaving,
}
