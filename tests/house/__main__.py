"""Print how the house reads today: python -m tests.house [--room ROOM] [--worst N] [--since COMMIT].

Run it before and after a change. The first table is the code, a room a line; then the templates and style sheets; then
what is true of the house as a whole. tests/test_house.py holds the limits to the same figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from tests.benchmarks.figures import table
from tests.house import ROOT, code, markup, standing
from tests.house.code import Function, Module
from tests.house.figures import CODE_KEY, MARKUP_KEY, CodeFigures, MarkupFigures

Thing = TypeVar("Thing")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables that were asked for."""
    parser = asking()
    asked = parser.parse_args(arguments)
    modules = code.package_modules()
    if asked.room:
        modules = [module for module in modules if module.room == asked.room]
        if not modules:
            parser.error(f"there is no room {asked.room}")

    if asked.worst:
        print_worst(modules, asked.worst)
    elif asked.room:
        print_room(asked.room, modules)
    else:
        print_code(modules)
        print_markup()
        print_whole(modules, asked.since)


def asking() -> argparse.ArgumentParser:
    """Return what can be asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.house",
        description="Print how the house reads today.",
    )
    parser.add_argument(
        "--room",
        help="one room alone, file by file",
    )
    parser.add_argument(
        "--worst",
        type=int,
        metavar="N",
        help="the N functions that hold most, and nothing else",
    )
    parser.add_argument(
        "--since",
        metavar="COMMIT",
        help="how the commits after this one read, beside all of them",
    )
    return parser


def print_code(modules: list[Module]) -> None:
    """Print the code, room by room."""
    rooms = grouped(modules, lambda module: module.room)
    matching = rooms.pop("matching")
    outside = [module for module in modules if module not in matching]
    found = {
        "the package": CodeFigures.of(modules),
        "matching": CodeFigures.of(matching),
        "outside matching": CodeFigures.of(outside),
    }
    for room, inside in rooms.items():
        found[f"  {room}"] = CodeFigures.of(inside)
    print_figures("code", found)
    print(CODE_KEY)


def print_room(room: str, modules: list[Module]) -> None:
    """Print a room, its sub-rooms and its files."""
    found = {room: CodeFigures.of(modules)}
    sub_rooms = grouped(modules, lambda module: module.sub_room)
    for sub_room, inside in sub_rooms.items():
        if sub_room:
            found[sub_room] = CodeFigures.of(inside)
    for module in modules:
        name = module.path.relative_to("mentorship")
        found[f"  {name}"] = CodeFigures.of([module])
    print_figures(room, found)
    print(CODE_KEY)


def print_worst(modules: list[Module], number: int) -> None:
    """Print the functions that hold most, the fullest first."""
    functions = [function for module in modules for function in module.functions]
    functions.sort(
        key=lambda function: function.fullness,
        reverse=True,
    )
    rows = [worst_cells(function) for function in functions[:number]]
    table(
        f"the fullest of {len(functions)} functions",
        ["function", "nodes", "decisions", "body lines", "nodes/line", "where"],
        rows,
    )


def worst_cells(function: Function) -> list[str]:
    """Return what one function holds."""
    return [
        function.name,
        str(function.nodes),
        str(function.decisions),
        str(function.body_lines),
        f"{function.nodes_a_line:.1f}",
        function.place,
    ]


def print_markup() -> None:
    """Print the templates, a folder a line, and the style sheets."""
    templates = markup.templates()
    sheets = markup.style_sheets()
    home = ROOT / "templates"
    found = {"templates": MarkupFigures.of(templates)}
    folders = grouped(templates, lambda path: path.relative_to(home).parts[0])
    for folder, inside in folders.items():
        found[f"  {folder}"] = MarkupFigures.of(inside)
    found["css"] = MarkupFigures.of(sheets)
    for sheet in sheets:
        name = sheet.relative_to(ROOT)
        found[f"  {name}"] = MarkupFigures.of([sheet])
    print_figures("templates and css", found)
    print(MARKUP_KEY)


def print_figures(title: str, found: dict[str, CodeFigures] | dict[str, MarkupFigures]) -> None:
    """Print a table of figures, each with a name before it."""
    heads: list[str] = []
    rows = []
    for name, figures in found.items():
        cells = figures.cells()
        heads = ["", *cells]
        rows.append([name, *cells.values()])
    table(title, heads, rows)


def print_whole(modules: list[Module], since: str | None) -> None:
    """Print what is true of the house as a whole."""
    rooms = {module.room for module in modules} - {code.ROOF}
    sub_rooms = {module.sub_room for module in modules} - {""}
    print("\nthe house")
    print(f"{len(modules)} modules in {len(rooms)} rooms and {len(sub_rooms)} sub-rooms")
    print_circles(sorted(rooms))
    print_commits("all commits", standing.commits())
    if since:
        print_commits(f"commits after {since}", standing.commits(since))
    print_formatter()
    print("commit() is called in")
    for module in modules:
        if module.commits:
            print(f"  {module.path}, lines {module.commits}")


def print_circles(rooms: list[str]) -> None:
    """Print who needs whom both ways, between rooms and inside each."""
    graph = standing.package_graph()
    between = standing.circles(graph)
    inside = []
    for room in rooms:
        inside += standing.circles(graph, f"mentorship.{room}")
    print(f"circles: {len(between)} between rooms, {len(inside)} inside rooms")
    for one, other in between + inside:
        print(f"  {one} and {other}")


def print_commits(name: str, found: standing.Commits) -> None:
    """Print how commits read."""
    subject = f"a subject of {found.subject:.0f} characters (median)"
    body = f"{found.with_body:.0%} with a body"
    print(f"{name}: {found.number}, {subject}, {body}")


def print_formatter() -> None:
    """Print how often the tests keep the formatter off; the package stands in its table."""
    total = 0
    for path in (ROOT / "tests").rglob("*.py"):
        kept = code.kept_from_formatter(path.read_text())
        total += len(kept)
    print(f"fmt: skip in the tests: {total}")


def grouped(things: Iterable[Thing], key: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    """Return things by their key, in the order of the keys."""
    found: dict[str, list[Thing]] = {}
    for thing in things:
        group = found.setdefault(key(thing), [])
        group.append(thing)
    return dict(sorted(found.items()))


if __name__ == "__main__":
    main()
