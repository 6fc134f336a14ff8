"""What the code holds: syntax nodes, decisions and lines of every function of the package.

A node is anything the parser makes of a function's body, its docstring left out: `total = a + b` holds nine (the
assignment, three names and what is done with each, the sum and its operator). A body line is a line of such a body
that is neither blank nor a comment. Imports, tables and fields stand outside functions, and are not counted.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.house import ROOT

MOST_NODES = 250
MOST_DECISIONS = 10
MOST_NODES_A_LINE = 8.0
LONGEST_FILE = 300

PACKAGE = ROOT / "mentorship"
ROOF = "roof"
"""The room of the files that stand in the package itself: the application, the worker, the server."""

Define = ast.FunctionDef | ast.AsyncFunctionDef
PLACED = ast.stmt | ast.expr
DECIDES = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.IfExp,
    ast.match_case,
)
FOLDED = (
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.IfExp,
)
KEPT_FROM_FORMATTER = re.compile(r"# fmt: (skip|off)\b")


@dataclass(frozen=True)
class Function:
    """A function or method, with everything inside it, also the functions it defines."""

    name: str
    path: Path
    line: int
    lines: int
    body_lines: int
    nodes: int
    decisions: int
    folded: int
    """Comprehensions and ternaries."""

    @property
    def nodes_a_line(self) -> float:
        return self.nodes / max(self.body_lines, 1)

    @property
    def beyond(self) -> float:
        """The nodes over what its lines should hold."""
        return self.nodes - MOST_NODES_A_LINE * self.body_lines

    @property
    def too_full(self) -> bool:
        return self.nodes > MOST_NODES or self.decisions > MOST_DECISIONS

    @property
    def fullness(self) -> float:
        """How much of either limit it takes, the worst counting."""
        return max(self.nodes / MOST_NODES, self.decisions / MOST_DECISIONS)

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"


class Module:
    """One file of the package."""

    def __init__(self, path: Path, text: str):
        self.path = path
        self.text = text

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def room(self) -> str:
        inside = self.path.parts[1:-1]
        return inside[0] if inside else ROOF

    @property
    def sub_room(self) -> str:
        """The sub-room with its room before it; empty for what stands in the room itself."""
        inside = self.path.parts[1:-1]
        return "/".join(inside) if len(inside) > 1 else ""

    @cached_property
    def functions(self) -> list[Function]:
        found = []
        for name, node in outermost_functions(self.tree):
            function = measure(name, node, self.path, self.text)
            found.append(function)
        return found

    @property
    def kept_from_formatter(self) -> int:
        """How many statements the formatter may not touch."""
        return len(kept_from_formatter(self.text))

    @cached_property
    def commits(self) -> list[int]:
        """The lines that call commit()."""
        return commit_lines(self.tree)

    @cached_property
    def ids_or_zero(self) -> list[int]:
        """The lines that turn a lacking id into row 0."""
        return id_or_zero_lines(self.tree)

    @cached_property
    def public(self) -> list[bool]:
        """For everything public, the module itself first: whether it has a docstring."""
        return [ast.get_docstring(node) is not None for node in public_things(self.tree)]


def package_modules() -> list[Module]:
    """Return every module of the package; migrations that have run are frozen, and left out."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "versions" not in path.parts:
            name = path.relative_to(ROOT)
            module = Module(name, path.read_text())
            found.append(module)
    return found


def kept_from_formatter(text: str) -> list[int]:
    """Return the lines that tell the formatter to keep off."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if KEPT_FROM_FORMATTER.search(line):
            found.append(number)
    return found


def outermost_functions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, Define]]:
    """Yield functions and methods with their names; not those defined inside another, which count with it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Define):
            yield prefix + child.name, child
        elif isinstance(child, ast.ClassDef):
            yield from outermost_functions(child, f"{prefix}{child.name}.")
        else:
            yield from outermost_functions(child, prefix)


def measure(name: str, node: Define, path: Path, text: str) -> Function:
    """Return what one function holds."""
    body = without_docstring(node.body)
    inside = [each for statement in body for each in ast.walk(statement)]
    last = node.end_lineno or node.lineno
    return Function(
        name=name,
        path=path,
        line=node.lineno,
        lines=last - node.lineno + 1,
        body_lines=len(code_lines(inside, text)),
        nodes=len(inside),
        decisions=sum(map(decisions, inside)),
        folded=sum(isinstance(each, FOLDED) for each in inside),
    )


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return the statements after the docstring."""
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest]:
            return rest
    return body


def code_lines(nodes: list[ast.AST], text: str) -> list[str]:
    """Return the lines from the first of these nodes to the last, without blank lines and comments."""
    first, last = extent(nodes)
    held = []
    for line in text.splitlines()[first - 1 : last]:
        written = line.strip()
        if written and not written.startswith("#"):
            held.append(line)
    return held


def extent(nodes: list[ast.AST]) -> tuple[int, int]:
    """Return the numbers of their first and last line; 1 and 0, so none, where there are no nodes."""
    first_lines = []
    last_lines = []
    for node in nodes:
        if isinstance(node, PLACED):
            first_lines.append(node.lineno)
            last_lines.append(node.end_lineno or node.lineno)
    return (
        min(first_lines, default=1),
        max(last_lines, default=0),
    )


def decisions(node: ast.AST) -> int:
    """Return how many ways apart this one node makes: a filter in a comprehension is an `if`, its `for` is a loop."""
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return int(isinstance(node, DECIDES))


def public_things(tree: ast.Module) -> Iterator[ast.Module | ast.ClassDef | Define]:
    """Yield the module and the classes, functions and methods that others may use."""
    yield tree
    waiting: list[ast.Module | ast.ClassDef] = [tree]
    while waiting:
        for node in waiting.pop().body:
            if not isinstance(node, ast.ClassDef | Define) or node.name.startswith("_"):
                continue
            yield node
            if isinstance(node, ast.ClassDef):
                waiting.append(node)


def commit_lines(tree: ast.Module) -> list[int]:
    """Return the lines that call a session's commit()."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="commit"), args=[]):
                found.append(node.lineno)
    return found


def id_or_zero_lines(tree: ast.Module) -> list[int]:
    """Return the lines that say `id or 0` or `thing.some_id or 0`, once for each time."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.BoolOp(op=ast.Or(), values=[ast.Name(name) | ast.Attribute(attr=name), ast.Constant(0)]):
                if name == "id" or name.endswith("_id"):
                    found.append(node.lineno)
    return found
