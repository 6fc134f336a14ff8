"""A paper as lines: what they show, and what changed between two of them."""

from mentorship.base import marks

PAPER = """# Verzoek

Een alinea met
  [[de naam]] erin.
- een
- twee
|= Vraag ¦ Wie
| A ¦ B
|~ C ¦ 5
~ Vandaag 12 mensen.
"""


def test_a_paper_is_read_by_its_marks():
    found = marks.blocks(PAPER)
    assert [block.kind for block in found] == ["#", "", "list", "table", "~"]
    assert [(part.text, part.fill) for part in found[1].text] == [
        ("Een alinea met ", False),
        ("de naam", True),
        (" erin.", False),
    ]
    assert [[cell[0].text for cell in row] for row in found[3].rows] == [["A", "B"], ["C", "5"]]
    assert marks.title(PAPER) == "Verzoek"


def test_figures_of_today_change_nothing_that_is_agreed():
    later = PAPER.replace("12 mensen", "13 mensen").replace("C ¦ 5", "C ¦ 6")
    assert marks.digest(later) == marks.digest(PAPER)
    assert marks.difference(PAPER, later) == []


def test_what_changed_stands_beside_what_stood_there():
    later = PAPER.replace("- twee\n", "- drie\n- vier\n").replace("| A ¦ B", "| A ¦ Z")
    assert marks.digest(later) != marks.digest(PAPER)
    found = marks.difference(PAPER, later)
    assert [(list(one.before), list(one.after)) for one in found] == [
        (["twee"], ["drie", "vier"]),
        (["A | B"], ["A | Z"]),
    ]
