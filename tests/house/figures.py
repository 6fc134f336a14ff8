"""What files come to together: the figures of some modules, and of some templates or style sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.house import code, markup
from tests.house.code import Function, Module


@dataclass
class CodeFigures:
    """The figures of some modules, counted one by one."""

    files: int = 0
    lines: int = 0
    functions: int = 0
    too_full: int = 0
    body_lines: int = 0
    nodes: int = 0
    folded: int = 0
    most_nodes: int = 0
    most_decisions: int = 0
    longest: int = 0
    public: int = 0
    documented: int = 0
    kept_from_formatter: int = 0
    ids_or_zero: int = 0
    commits: int = 0

    @classmethod
    def of(cls, modules: Iterable[Module]) -> CodeFigures:
        """Return the figures of these modules."""
        figures = cls()
        for module in modules:
            figures.count(module)
        return figures

    def count(self, module: Module) -> None:
        """Add a module."""
        self.files += 1
        self.lines += module.lines
        self.public += len(module.public)
        self.documented += sum(module.public)
        self.kept_from_formatter += module.kept_from_formatter
        self.ids_or_zero += len(module.ids_or_zero)
        self.commits += len(module.commits)
        for function in module.functions:
            self.count_function(function)

    def count_function(self, function: Function) -> None:
        """Add a function of a module."""
        self.functions += 1
        self.too_full += function.too_full
        self.body_lines += function.body_lines
        self.nodes += function.nodes
        self.folded += function.folded
        self.most_nodes = max(
            self.most_nodes,
            function.nodes,
        )
        self.most_decisions = max(
            self.most_decisions,
            function.decisions,
        )
        self.longest = max(
            self.longest,
            function.lines,
        )

    @property
    def nodes_a_line(self) -> float:
        return over(self.nodes, self.body_lines)

    @property
    def folded_per_hundred(self) -> float:
        return 100 * over(self.folded, self.body_lines)

    def cells(self) -> dict[str, str]:
        """Return each figure as it is printed, by its heading."""
        return {
            "files": str(self.files),
            "lines": str(self.lines),
            "nodes/line": f"{self.nodes_a_line:.1f}",
            "folded/100": f"{self.folded_per_hundred:.1f}",
            "functions": str(self.functions),
            "too full": str(self.too_full),
            "nodes": str(self.most_nodes),
            "decisions": str(self.most_decisions),
            "longest": str(self.longest),
            "documented": share(self.documented, self.public),
            "fmt: skip": str(self.kept_from_formatter),
            "id or 0": str(self.ids_or_zero),
            "commit()": str(self.commits),
        }


CODE_KEY = f"""\
nodes/line: what a line of a function's body holds, at most {code.MOST_NODES_A_LINE:g} outside matching
folded/100: comprehensions and ternaries per 100 such lines
too full: functions over {code.MOST_NODES} nodes or {code.MOST_DECISIONS} decisions, which --worst names
nodes, decisions, longest: of the function that has most of it; longest in lines
documented: public modules, classes, functions and methods with a docstring"""


@dataclass
class MarkupFigures:
    """The figures of some templates or style sheets, counted one by one."""

    files: int = 0
    lines: int = 0
    wide: int = 0
    unreadable: int = 0
    crowded: int = 0
    declaring: int = 0
    declarations: int = 0

    @classmethod
    def of(cls, paths: Iterable[Path]) -> MarkupFigures:
        """Return the figures of these files."""
        figures = cls()
        for path in paths:
            figures.count(path)
        return figures

    def count(self, path: Path) -> None:
        """Add a file."""
        text = path.read_text()
        wide = markup.too_wide(text)
        unreadable = markup.too_wide(text, markup.UNREADABLE)
        self.files += 1
        self.lines += len(text.splitlines())
        self.wide += len(wide)
        self.unreadable += len(unreadable)
        if path.suffix == ".css":
            self.count_css(text)
        else:
            crowded = markup.crowded(markup.opened(text))
            self.crowded += len(crowded)

    def count_css(self, text: str) -> None:
        """Add what a style sheet declares."""
        declared = markup.declarations(text)
        crowded = markup.crowded(declared)
        self.crowded += len(crowded)
        self.declaring += len(declared)
        for names in declared.values():
            self.declarations += len(names)

    def cells(self) -> dict[str, str]:
        """Return each figure as it is printed, by its heading."""
        a_line = over(self.declarations, self.declaring)
        return {
            "files": str(self.files),
            "lines": str(self.lines),
            f"over {markup.WIDEST}": share(self.wide, self.lines),
            f"over {markup.UNREADABLE}": share(self.unreadable, self.lines),
            "crowded": str(self.crowded),
            "a line": f"{a_line:.1f}" if self.declaring else "-",
        }


MARKUP_KEY = f"""\
over {markup.WIDEST}, {markup.UNREADABLE}: share of the lines with more characters
crowded: lines with two elements (those of a sentence aside) or two declarations
a line: declarations on a line of css that has any"""


def over(part: float, whole: float) -> float:
    """Return how often the whole goes into the part; 0 where there is nothing to divide by."""
    return part / whole if whole else 0.0


def share(part: int, whole: int) -> str:
    """Write a part of a whole as a percentage."""
    return f"{part / whole:.0%}" if whole else "-"
