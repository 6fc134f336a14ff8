"""Every decision that the code records: by which verb and about what, however the call comes by them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import mentorship
from mentorship.rounds.models import FORBID, LOCK

Function = ast.FunctionDef | None
PLACES = {"audit.record": 3, "About": 0}
"""Where in a call the verb stands, and what it is about after it: what is recorded, and what is so when undone."""
UNDO = "base/undo.py"
"""Calls what it records by what is undone, which is known by itself."""

FROM_OUTSIDE = {
    ("step", "wanted"): {"pause", "resume", "end"},
    ("decide", "kind"): {LOCK, FORBID},
    ("withdraw", "verb"): {"withdraw proposal", "object to pair"},
}
"""What a function is given by doors, which no call of its own file tells."""


class Unknown(Exception):
    """An expression whose value cannot be told from the code; teach `_Code.values` of it."""


def decisions() -> set[tuple[str, str]]:
    """Return each verb that is recorded, and about what."""
    code = _Code(Path(mentorship.__file__).parent)
    found = set()
    for module, tree in code.trees.items():
        if module == UNDO:
            continue
        for function, call in _calls(tree):
            first = PLACES.get(ast.unparse(call.func))
            if first is not None:
                verb, subject = call.args[first : first + 2]
                verbs = code.values(verb, module, function)
                found |= set(product(verbs, code.values(subject, module, function)))
    return found


def _calls(tree: ast.AST, function: Function = None) -> Iterator[tuple[Function, ast.Call]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield function, node
        yield from _calls(node, node if isinstance(node, ast.FunctionDef) else function)


class _Code:
    def __init__(self, root: Path) -> None:
        self.trees = {str(path.relative_to(root)): ast.parse(path.read_text()) for path in root.rglob("*.py")}
        self.calls: dict[str, list[tuple[str, Function, ast.Call]]] = {}
        for module, tree in self.trees.items():
            for function, call in _calls(tree):
                name = ast.unparse(call.func).rpartition(".")[2]
                self.calls.setdefault(name, []).append((module, function, call))

    def values(self, said: ast.expr, module: str, function: Function) -> set[str]:
        """Return every value that an expression in a function can have."""
        if isinstance(said, ast.Constant):
            return {str(said.value)}
        if isinstance(said, ast.IfExp):
            return self.values(said.body, module, function) | self.values(said.orelse, module, function)
        if isinstance(said, ast.FormattedValue):
            return self.values(said.value, module, function)
        if isinstance(said, ast.JoinedStr):
            parts = [self.values(part, module, function) for part in said.values]
            return {"".join(each) for each in product(*parts)}
        if isinstance(said, ast.Name):
            return self._named(said.id, module, function)
        if isinstance(said, ast.BoolOp):
            return set().union(*(self.values(one, module, function) for one in said.values)) - {""}
        if isinstance(said, ast.Attribute) and isinstance(said.value, ast.Name):
            room = self._imported(said.value.id, module)
            return self._named(said.attr, f"{room}/{said.value.id}.py", None)
        raise Unknown(f"{module}: {ast.unparse(said)}")

    def _named(self, name: str, module: str, function: Function) -> set[str]:
        """Return what a name stands for: a variable, what a function is called with, a constant, or one of a file."""
        if function is not None:
            taken = [argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]]
            if name in taken:
                return self._given(name, module, function)
        for tree in (function, self.trees[module]):
            if tree is None:
                continue
            given = [value for node in ast.walk(tree) if isinstance(node, ast.Assign) for value in _given(node, name)]
            if given:
                return set().union(*(self.values(value, module, function) for value in given))
        return self._named(name, f"{self._imported(name, module)}.py", None)

    def _imported(self, name: str, module: str) -> str:
        """Return from where a file has a name."""
        for node in self.trees[module].body:
            if isinstance(node, ast.ImportFrom) and name in [one.name for one in node.names]:
                assert node.module is not None
                return node.module.removeprefix("mentorship.").replace(".", "/")
        raise Unknown(f"{module}: {name}")

    def _given(self, name: str, module: str, function: ast.FunctionDef) -> set[str]:
        """Return with what a function is called in its own file."""
        names = [argument.arg for argument in function.args.args if argument.arg != "self"]
        found = set(FROM_OUTSIDE.get((function.name, name), ()))
        for where, caller, call in self.calls.get(function.name, []):
            if where != module:
                continue
            by_name = {word.arg: word.value for word in call.keywords}
            said = by_name.get(name) or call.args[names.index(name)]
            found |= self.values(said, where, caller)
        if not found:
            raise Unknown(f"{module}: nobody calls {function.name}")
        return found


def _given(node: ast.Assign, name: str) -> Iterator[ast.expr]:
    """Yield what an assignment gives a name, also as one of several at once."""
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=True))
        else:
            pairs = [(target, node.value)]
        yield from (value for one, value in pairs if isinstance(one, ast.Name) and one.id == name)
