"""The list of pairs tells of check-ins what the tables of who sees what say, and no more; what it keeps stays true."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.checkins import standings
from mentorship.checkins.told import always
from mentorship.insight.duos.kept import KeptSides
from mentorship.programme.models import Programme
from tests.checkins.stage import Asking
from tests.insight.test_duos import cells, shown


def test_what_is_kept_of_sides_is_brought_up_to_date(stage: Asking):
    first, second = stage.start("senior", "junior"), stage.start("other_senior", "other_junior")
    stage.open()
    kept = KeptSides()

    def held() -> bool:
        def both(session: Session) -> bool:
            found = kept.of(session, [first, second], stage.now, always, ())
            return found == standings.sides(session, [first, second], stage.now)

        return stage.read(both)

    assert held()
    stage.twice(junior=1, senior=5)
    assert held()
    stage.twice(other_junior=5, other_senior=5)
    assert held()
    stage.later(days=120)
    assert held(), "what is too old by the next day counts no more"


def test_a_coordinator_reads_classes_and_a_manager_their_own_side(stage: Asking):
    pair = stage.start("senior", "other_junior")
    stage.start("other_senior", "junior")
    stage.open()
    stage.twice(other_junior=2, senior=5)
    stage.organisation.speak("en")
    screen = stage.screen("coordinator", "/duos")
    assert "stuck" in cells(screen, "Other_junior") and screen.heading == "1 pair is stuck or stretched"
    assert shown(stage.screen("coordinator", "/duos?view=attention")) == ["Other_junior"]
    mine = stage.screen("manager", "/duos")
    assert "Senior: not low" in cells(mine, "Other_junior") and "stuck" not in mine.text
    theirs = stage.screen("other_manager", "/duos")
    assert "Other_junior: low" in cells(theirs, "Other_junior") and "Senior: " not in cells(theirs, "Other_junior")
    assert shown(stage.screen("other_manager", "/duos?class=low")) == ["Other_junior"]
    assert shown(stage.screen("manager", "/duos?class=low")) == []
    panel = stage.screen("manager", f"/duos?open={pair}")
    assert "Why these two" not in panel.text and "Goals" not in panel.text
    assert "The side of Senior: not low" in panel.text
    whole = stage.screen("coordinator", f"/duos?open={pair}")
    assert "Why these two" in whole.text and "No goals yet" in whole.text


def test_a_manager_who_is_told_nothing_has_no_such_column(stage: Asking):
    stage.start("senior", "junior")
    with Session(stage.engine) as session:
        session.get_one(Programme, 1).visibility = "aggregates"
        session.commit()
    stage.organisation.speak("en")
    screen = stage.screen("manager", "/duos")
    assert "How it goes" not in [e.text for e in screen.tree.iter("th")] and "Junior" in screen.text
    assert shown(stage.screen("manager", "/duos?class=low&sort=how")) == ["Junior"]
