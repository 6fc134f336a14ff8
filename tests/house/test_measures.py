"""The measures, on code and markup small enough to count by hand."""

from __future__ import annotations

import ast
from pathlib import Path
from textwrap import dedent

import grimp
import pytest

from tests.house import code, markup, standing
from tests.house.figures import CodeFigures, MarkupFigures

DENSE = '''
def open_requests(session, people):
    """Return the requests that wait, by person."""
    return {p.id: [r for r in p.requests if r.open and not r.held] for p in people if p.id} if people else {}
'''

MENDED = '''
def open_requests(session, people):
    """Return the requests that wait, by person."""
    found = {}

    for person in people:
        # an account alone has no requests
        if person.id:
            found[person.id] = waiting(person)
    return found
'''


def only(text: str) -> code.Function:
    (function,) = code.Module(Path("mentorship/rounds/sample.py"), dedent(text)).functions
    return function


def module(path: str, text: str = "") -> code.Module:
    return code.Module(Path(path), dedent(text))


def test_nodes_are_those_of_the_body():
    function = only("def total(a: int, b: int = 3) -> int:\n    '''Return the sum.'''\n    total = a + b\n")
    assert (function.nodes, function.body_lines, function.decisions) == (9, 1, 0)


def test_a_mended_function_holds_less_on_a_line():
    dense = only(DENSE)
    mended = only(MENDED)
    assert (dense.body_lines, dense.decisions, dense.folded) == (1, 6, 3)
    assert (mended.body_lines, mended.decisions, mended.folded) == (5, 2, 0)
    assert dense.nodes_a_line > 40
    assert mended.nodes_a_line < code.MOST_NODES_A_LINE


@pytest.mark.parametrize(
    "body, expected",
    [
        ("return a", 0),
        ("return a and b and c or d", 3),
        ("return a if b else c", 1),
        ("if a: pass\nelif b: pass\nelse: pass", 2),
        ("for x in a: pass\nelse: pass", 1),
        ("while a: pass", 1),
        ("try: pass\nexcept OSError: pass\nexcept ValueError: pass\nfinally: pass", 2),
        ("return [x for x in a]", 1),
        ("return {x: y for x in a if x for y in x if y if b}", 5),
        ("match a:\n    case 1: pass\n    case _: pass", 2),
        ("assert not a\nwith b: return a < b < c", 0),
        ("def inner(x):\n    if x: pass\nreturn inner", 1),
        ("return sorted(a, key=lambda x: x or b)", 1),
    ],
)
def test_decisions(body, expected):
    indented = body.replace("\n", "\n    ")
    assert only(f"def decide(a, b, c, d):\n    {indented}\n").decisions == expected


def test_a_function_is_too_full_past_either_limit():
    parts = " and ".join("abcdefghijk")
    assert not only(f"def decide():\n    return {parts}\n").too_full
    assert only(f"def decide():\n    return {parts} and l\n").too_full
    calls = "    x()\n" * 62
    assert only(f"def act():\n{calls}").nodes == 248
    assert not only(f"def act():\n{calls}").too_full
    assert only(f"def act():\n{calls}    x()\n").too_full


def test_methods_are_functions_and_inner_functions_part_of_theirs():
    found = module(
        "mentorship/rounds/sample.py",
        """
        class Round:
            def close(self):
                @later
                def told():
                    return 1

                return told

        if fast:
            def solve():
                pass
        """,
    ).functions
    assert [(function.name, function.body_lines) for function in found] == [("Round.close", 4), ("solve", 1)]


def test_closing_brackets_and_else_are_lines_of_the_body():
    function = only(
        """
        def act(
            a,
            b,
        ):
            if a:
                call(
                    a,
                    b=b,
                )
            else:
                call()
        """
    )
    assert (function.lines, function.body_lines) == (11, 7)


def test_a_function_of_a_docstring_alone_holds_nothing():
    function = only("def nothing():\n    '''Do nothing.'''\n")
    assert (function.nodes, function.body_lines, function.nodes_a_line) == (0, 0, 0)
    assert CodeFigures().nodes_a_line == 0


@pytest.mark.parametrize(
    "path, room, sub_room",
    [
        ("mentorship/app.py", code.ROOF, ""),
        ("mentorship/checkins/rules.py", "checkins", ""),
        ("mentorship/checkins/signals/rules.py", "checkins", "checkins/signals"),
    ],
)
def test_rooms(path, room, sub_room):
    found = module(path)
    assert (found.room, found.sub_room) == (room, sub_room)


def test_what_others_may_use_has_a_docstring():
    text = '''
        """A module."""
        class Round:
            """A round."""
            def close(self): pass
            def _told(self): pass
            class Part: pass
        def solve():
            """Solve."""
            def inner(): pass
        def _prove(): pass
        '''
    assert sorted(module("mentorship/rounds/sample.py", text).public) == [False, False, True, True, True]


def test_commits_and_ids_or_zero():
    found = module(
        "mentorship/rounds/sample.py",
        """
        session.commit()
        commit(session)
        read(person.id or 0, site_id or 0, count or 0, person.id or None)
        """,
    )
    assert found.commits == [2]
    assert found.ids_or_zero == [4, 4]


def test_statements_kept_from_the_formatter():
    keep = "# fmt: "
    text = f"x = {{}}  {keep}skip\ny = 1\n{keep}off\n"
    assert code.kept_from_formatter(text) == [1, 3]


def test_every_module_of_the_package_is_measured():
    found = code.package_modules()
    assert {"people", "matching", code.ROOF} <= {each.room for each in found}
    assert all(isinstance(each.tree, ast.Module) for each in found)


def test_figures_of_modules():
    figures = CodeFigures.of([module("mentorship/rounds/a.py", DENSE), module("mentorship/rounds/b.py", MENDED)])
    assert (figures.files, figures.functions, figures.body_lines, figures.most_decisions) == (2, 2, 6, 6)
    assert figures.nodes_a_line == (only(DENSE).nodes + only(MENDED).nodes) / 6
    assert figures.cells()["folded/100"] == "50.0"
    assert figures.cells()["documented"] == "50%"
    assert CodeFigures().cells()["documented"] == "-"


def test_figures_of_markup(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<tr><td>\n" + "x" * 201 + "\n\n\n")
    sheet = tmp_path / "sheet.css"
    sheet.write_text(".a{color:red;margin:0}\n.b{\n  top:0;\n}\n")
    of_page = MarkupFigures.of([page]).cells()
    of_sheet = MarkupFigures.of([sheet]).cells()
    assert of_page == {"files": "1", "lines": "4", "over 120": "25%", "over 200": "25%", "crowded": "1", "a line": "-"}
    assert of_sheet == {"files": "1", "lines": "4", "over 120": "0%", "over 200": "0%", "crowded": "1", "a line": "1.5"}


def test_wide_lines():
    text = "\n".join(["x" * 120, "x" * 121, "", "é" * 201])
    assert markup.too_wide(text) == [2, 4]
    assert markup.too_wide(text, markup.UNREADABLE) == [4]


@pytest.mark.parametrize(
    "line",
    [
        '<p>{{ _("Look at <b>") }} <a href="{{ url_for("x") }}">x</a> <strong>y</strong></p>',
        '<a class="btn" href="/"><svg class="icon"><use href="#plus"/></svg> Plus</a>',
        "{% if 1 <two %}<td>{% endif %}",
        "</div></section><p>",
        "<!-- <div><div> --> <div>",
    ],
)
def test_one_element_on_a_line(line):
    assert markup.crowded(markup.opened(line)) == {}


@pytest.mark.parametrize(
    "line, names",
    [
        ("<tr><th>a</th></tr>", ["tr", "th"]),
        ('<label class="x"><input type="checkbox"> a</label>', ["label", "input"]),
        ("{% if x %}<dt>{{ a }}</dt><dd>{{ b }}</dd>{% endif %}", ["dt", "dd"]),
        ('<DIV id="a"><h2>', ["div", "h2"]),
    ],
)
def test_two_elements_on_a_line(line, names):
    assert markup.crowded(markup.opened(f"<p>\n{{#\n<a\n#}}\n{line}")) == {5: names}


@pytest.mark.parametrize(
    "sheet, crowded",
    [
        (".a{color:red}\n.b:hover{margin:0}", {}),
        (".a {\n  color: red;\n  margin: 0;\n}\n", {}),
        ("@media (max-width:768px) and (hover:none) {\n  .a:hover { color: red }\n}", {}),
        ('.a::before{content:";b:c;";}', {}),
        (".a{background:url(data:image/png;base64,x)}", {}),
        ("/* a{b:c;d:e} */\n.a{--tap:3rem}", {}),
        (".a{\n  grid-template:\n    a\n    / b;\n}", {}),
        (".a{color:red;margin:0}", {1: ["color", "margin"]}),
        ("\n.a{color:red}.b{margin:0}", {2: ["color", "margin"]}),
        ("@media print{.a{--x:0;color:red}}", {1: ["--x", "color"]}),
    ],
)
def test_declarations_of_css(sheet, crowded):
    assert markup.crowded(markup.declarations(sheet)) == crowded


def test_circles_are_found_through_third_rooms():
    graph = grimp.ImportGraph()
    for room in ("a", "b", "c", "d"):
        graph.add_module(f"house.{room}")
        graph.add_module(f"house.{room}.in")
        graph.add_module(f"house.{room}.out")
    graph.add_module("house")
    for one, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        graph.add_import(importer=f"house.{one}.out", imported=f"house.{other}.in")
    pairs = [("house.a", "house.b"), ("house.a", "house.c"), ("house.b", "house.c")]
    assert standing.circles(graph, "house") == pairs
    assert standing.circles(graph, "house.a") == []


def test_how_commits_read():
    log = "Add a round\x1fA coordinator asked.\n\x1e\nClose it\x1f\x1e\nLeave a duo\x1f\n\x1e\n"
    assert standing.reading(log) == standing.Commits(number=3, subject=11, with_body=1 / 3)
    assert standing.reading("") == standing.Commits(number=0, subject=0, with_body=0)
