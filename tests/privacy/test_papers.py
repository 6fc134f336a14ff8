"""What the papers say is what the service does: both languages, every setting, every test they name."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from mentorship.base import marks
from mentorship.base.config import Settings
from mentorship.base.db import metadata
from mentorship.base.i18n import gettext, use_locale
from mentorship.base.personal import PERSONAL
from mentorship.checkins.error_rates import ERROR_RATES, ErrorRates
from mentorship.checkins.settings.actions import change_questions
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.checkins.settings.queries import newest_set
from mentorship.home.agreements import parts
from mentorship.privacy.mine.labels import LABELS
from mentorship.privacy.papers import queries, rules
from mentorship.privacy.papers.facts import (
    Asked,
    Facts,
    Fairness,
    Group,
    Judging,
    Kept,
    Match,
    Oversight,
    Setup,
)
from mentorship.privacy.papers.labels import FURTHER
from mentorship.privacy.papers.register import SECRETS, ties
from mentorship.privacy.papers.writing import written
from mentorship.privacy.requests.words import ABOUT
from mentorship.programme.consent.rules import OF_CHECK_INS, OF_PROGRAMME, Standing
from mentorship.programme.consent.words import lines
from mentorship.programme.queries import programme
from mentorship.rounds.fairness.rules import Fell
from tests.factories import Organisation
from tests.security.test_standing import functions_of


@pytest.fixture
def paper(session: Session, organisation: Organisation, now: datetime):
    def write(kind: str, language: str = "nl", **settings: object) -> str:
        known = Settings(mode="test", _env_file=None, **settings)
        return written(kind, language, queries.facts(session, known, now))

    return write


def flat(text: str) -> str:
    """The words of a paper, however its lines are broken."""
    return " ".join(text.split())


@pytest.mark.parametrize("kind_of_paper", rules.KINDS)
def test_both_languages_say_as_much(paper, kind_of_paper: str):
    dutch, english = (marks.lines(paper(kind_of_paper, language)) for language in ("nl", "en"))
    assert [line.mark for line in dutch] == [line.mark for line in english]
    assert [len(line.cells) for line in dutch] == [len(line.cells) for line in english]
    assert marks.title(paper(kind_of_paper))
    assert "{{" not in paper(kind_of_paper)


TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


@pytest.mark.parametrize("kind_of_paper", rules.KINDS)
def test_every_test_that_a_paper_names_is_there(paper, kind_of_paper: str):
    text = paper(kind_of_paper)
    named = TEST.findall(text)
    assert text.count("::") == text.count("test_") - text.count(".py") == len(named), "a test is written otherwise"
    for file, name in named:
        assert name in functions_of(file), f"{file} has no {name}"


CHANGES = {
    "organisation": ("Delta Techniek", "Delta Techniek"),
    "contact_name": ("Ans de Wit", "Ans de Wit"),
    "hours_per_pair": (3.5, "3,5 uur per week"),
    "confirm_hours": (False, "Uren tellen zoals de mentor ze geeft"),
    "weights": ({"domain": 0.11, "together": 0.22, "preference": 0.33, "continuity": 0.21, "wish": 0.13}, "0,33"),
    "floor": (0.37, "wordt geen duo voorgesteld | 0,37"),
    "waiting": (0.07, "buiten de score | 0,07"),
    "spread": (0.09, "dezelfde mentor kost | 0,09"),
    "proposal_days": (23, "binnen 23 dagen"),
    "direct_days": (7, "Leidinggevenden kunnen daar 7 werkdagen bezwaar tegen maken"),
    "managers_pair": (True, "ook een leidinggevende, in het eigen team"),
    "objection_days": (17, "17 werkdagen bezwaar"),
    "notes_months": (2, "| 2 maanden na het einde"),
    "answers_months": (7, "| 7 maanden na het einde"),
    "pairs_months": (19, "| 19 maanden na het einde"),
    "visibility": ("aggregates", "Niets wat uit antwoorden volgt"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_setting_that_changes_is_found_in_the_request(paper, session: Session, name: str):
    value, told = CHANGES[name]
    before = paper("council")
    setattr(programme(session), name, value)
    after = paper("council")
    said = [line for change in marks.difference(before, after) for line in change.after]
    assert told not in "\n".join(marks.agreed_to(before))
    assert any(told in line for line in said), said
    assert marks.digest(before) != marks.digest(after)


def test_a_question_and_how_often_are_found_in_the_request(paper, session: Session):
    before = paper("council")
    newest = newest_set(session)
    asked = {side: [dict(one) for one in questions] for side, questions in newest.questions.items()}
    asked["junior"][0]["nl"] = "Ik slaap slecht door het werk"
    session.add(QuestionSet(questions=asked))
    session.get_one(CheckInSettings, 1).days = 33
    session.flush()
    said = [line for change in marks.difference(before, paper("council")) for line in change.after]
    assert "Ik slaap slecht door het werk" in said
    assert any("ten minste 33 dagen" in line for line in said)


@pytest.mark.parametrize("kind_of_paper", ["council", "ai-act"])
def test_it_is_said_for_which_drops_the_error_rates_hold(paper, kind_of_paper: str):
    text = flat(paper(kind_of_paper))
    at_first = f"{100 * ERROR_RATES[-1].at_first:.1f} %".replace(".", ",")
    assert "geldt voor een daling na vier tussenstanden" in text
    assert f"na één tussenstand wordt bij de meeste ruis {at_first} gevonden" in text


def test_what_is_switched_on_is_found_in_the_request(paper):
    assert "Vandaag aangezet: geen." in paper("council")
    switched = {"smtp_host": "mail.example.nl", "metrics_token": "x" * 20}
    assert "mailserver van de organisatie (mail.example.nl) en cijfers over hoe" in flat(paper("council", **switched))


def test_what_the_papers_call_switched_on_is_what_is_agreed_to(paper, session: Session):
    switched = {
        "smtp_host": "mail.example.nl",
        "metrics_token": "x" * 20,
        "security_syslog": "tls://logboek.example:6514",
        "import_folder": "/in",
        "oidc_issuer": "https://inloggen.example",
    }
    known = parts.gather(session, parts.systems(Settings(mode="test", _env_file=None, **switched)))
    text = flat(paper("processor", "nl", **switched))
    with use_locale("nl"):
        told = [line.what for line in lines(known).values() if line.name == "integrations"]
    assert len(told) == len(switched) and all(what[1:] in text for what in told)


def test_what_a_column_is_called_in_one_table_is_not_said_of_another(paper):
    """The register told that everything is kept of the confidant, for that is a person too."""
    rows = [line.text for line in marks.lines(paper("register")) if line.mark == "|"]
    assert [row.split(marks.BETWEEN)[0].strip() for row in rows if "vertrouwenspersoon" in row] == [
        "hulp in vertrouwen aanbieden"
    ]


def test_the_tables_are_counted_once_each(paper, session: Session):
    about_people = [table for table in metadata.tables.values() if PERSONAL in table.info]
    assert f"Tabellen met gegevens over mensen vandaag: {len(about_people)}." in flat(paper("processor"))


def test_nobody_is_named_by_what_is_agreed_to(session: Session, organisation: Organisation, now: datetime):
    settings = programme(session)
    settings.contact_name, settings.contact_reach = "Ans de Wit", "0570 12 34 56"
    known = queries.facts(session, Settings(mode="test", _env_file=None), now)
    for kind in rules.KINDS:
        text = written(kind, "nl", known.unnamed())
        assert "Ans de Wit" not in text and "0570" not in text
    assert "onderaan elke pagina" in written("notice", "nl", known.unnamed())
    assert "Ans de Wit 0570 12 34 56" in written("notice", "nl", known)


def test_the_register_does_not_promise_it_of_what_was_kept_before(paper):
    told = flat(paper(rules.REGISTER))
    assert "van nu af als afgesproken wordt bewaard, komt de naam niet" in told
    assert "eerdere versie van de dienst zo bewaarde, kan hij nog staan" in told


def test_the_note_says_of_what_the_sum_is_the_highest(paper):
    """The most requests come first; and the sum is not of the weighted parts alone."""
    told = flat(paper(rules.AI_ACT))
    assert "de meeste vragen een mentor krijgen" in told
    assert "de scores, plus wat wachten erbij doet, min de spreiding" in told


CALLED = {
    "questions": ("vragen", "questions"),
    "scale": ("schaal", "scale"),
    "days": ("hoe vaak", "how often"),
    "later_days": ("hoe vaak", "how often"),
    "visibility": ("wie wat ziet", "who sees what"),
    "weights": ("gewichten", "weights"),
    "floor": ("ondergrens", "floor"),
    "spread": ("spreiding", "spread"),
    "waiting": ("wat wachten telt", "what waiting counts"),
    "managers_pair": ("wie mensen koppelt", "who pairs people"),
    "objection_days": ("hoe lang leidinggevenden bezwaar", "how long managers may object"),
    "notes_months": ("bewaartermijnen", "how long things are kept"),
    "answers_months": ("bewaartermijnen", "how long things are kept"),
    "pairs_months": ("bewaartermijnen", "how long things are kept"),
}
"""What the request calls each thing that waits for consent."""


@pytest.mark.parametrize("name", (*OF_PROGRAMME, *OF_CHECK_INS))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_request_names_all_that_waits_for_consent(paper, name: str, language: str):
    said = [line.text.lower() for line in marks.lines(paper(rules.COUNCIL, language))]
    place = next(number for number, line in enumerate(said) if line.startswith("13. "))
    agreed, waits = said[place + 1 : place + 3]
    called = CALLED[name][language == "en"]
    assert called in agreed and called in waits


def test_how_to_have_processing_restricted_is_as_the_page_has_it(paper):
    """There is no page for it of its own: one objects, to something that the page offers."""
    told = flat(paper(rules.COUNCIL))
    with use_locale("nl"):
        assert f"door het te vragen onder “{gettext(ABOUT['other'])}”" in told
    assert "laten beperken en bezwaar maken" not in told


def test_what_somebody_typed_begins_no_line_and_no_cell(paper, session: Session):
    programme(session).organisation = "A\n| x ¦ y\n# Z"
    title = marks.title(paper("council"))
    assert title == "Verzoek om instemming: Leermaat bij A | x y # Z"


ELSEWHERE = [
    ("dpia", "dpia_on", date(2026, 3, 4), "4 mrt 2026"),
    ("dpia", "works_council_on", date(2026, 2, 3), "3 feb 2026"),
    ("dpia", "answers_months", 7, "7, duo's"),
    ("dpia", "visibility", "aggregates", "Niets wat uit antwoorden volgt"),
    ("register", "answers_months", 7, "tot 7 maanden na het einde van het duo"),
    ("notice", "notes_months", 2, "tot 2 maanden na het einde van het duo"),
    ("notice", "visibility", "aggregates", "Niets wat uit antwoorden volgt"),
    ("notice", "proposal_days", 23, "binnen 23 dagen"),
    ("ai-act", "weights", CHANGES["weights"][0], "0,33"),
    ("processor", "organisation", "Delta Techniek", "Delta Techniek"),
    ("breach", "contact_reach", "0570 12 34 56", "0570 12 34 56"),
]


@pytest.mark.parametrize(("kind_of_paper", "name", "value", "told"), ELSEWHERE)
def test_a_setting_that_changes_is_found_in_the_others(
    paper, session: Session, kind_of_paper: str, name: str, value: object, told: str
):
    settings = programme(session)
    settings.contact_name = "Ans de Wit"
    before = paper(kind_of_paper)
    setattr(settings, name, value)
    after = paper(kind_of_paper)
    assert told not in before and told in after
    assert marks.digest(before) != marks.digest(after)


OTHERWISE: dict[str, object] = {
    "at": datetime(2027, 1, 2, tzinfo=UTC),
    "integrations": [{"kind": "mail", "with": "mail.example.nl"}],
    "visibility": "aggregates",
    "council_on": date(2025, 1, 2),
    "assessed_on": date(2025, 1, 2),
    "errors": [ErrorRates(0.7, 0.41, 0.42, 0.44, 0.43)],
    "groups": [Group.of("junior", 41)],
    "tables": [],
    "questions": {"junior": [{"key": "x", "nl": "Anders?", "en": "Different?"}], "mentor": []},
    "scale": [{"nl": "x", "en": "x"}],
    "weights": CHANGES["weights"][0],
    "fairness": Fairness(datetime(2026, 11, 2, tzinfo=UTC), {"waited": [Fell("0", 8, 6, 0.5)]}, {}),
    "standing": Standing({"floor": 0.3}, {"floor": 0.3}, {"floor": 0.4}, {}),
}
"""Another value of each fact that is no number, no word and no choice."""


def leaves() -> list[tuple[str, ...]]:
    """The way to each single fact."""
    found: list[tuple[str, ...]] = []
    for field in fields(Facts):
        inside = {"setup": Setup, "asked": Asked, "match": Match, "kept": Kept, "oversight": Oversight}
        inside["judging"] = Judging
        if field.name in inside:
            found += [(field.name, each.name) for each in fields(inside[field.name])]
        else:
            found.append((field.name,))
    return found


def otherwise(name: str, value: object) -> object:
    """Another value of a fact."""
    if name in OTHERWISE:
        return OTHERWISE[name]
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value + " anders"
    return value + 7 if isinstance(value, int) else value + 0.31


@pytest.mark.parametrize("way", leaves(), ids=".".join)
def test_every_fact_stands_in_some_paper(session: Session, organisation: Organisation, now: datetime, way):
    programme(session).contact_name = "Ans de Wit"
    known = queries.facts(session, Settings(mode="test", _env_file=None), now)
    if len(way) == 1:
        other = replace(known, **{way[0]: otherwise(way[0], getattr(known, way[0]))})
    else:
        part = getattr(known, way[0])
        changed = replace(part, **{way[1]: otherwise(way[1], getattr(part, way[1]))})
        other = replace(known, **{way[0]: changed})
    assert any(written(kind, "nl", known) != written(kind, "nl", other) for kind in rules.KINDS)


def test_the_request_says_what_was_agreed_and_what_it_would_become(
    paper, session: Session, organisation: Organisation, now: datetime
):
    """The council consents to a difference it was shown; the rest of the paper is as it becomes by that."""
    assert "stemde eerder in" not in paper(rules.COUNCIL)
    organisation.agree()
    before = paper(rules.COUNCIL)
    assert "stemde eerder in" not in before
    newest = newest_set(session)
    asked = deepcopy(newest.questions)
    old, asked["junior"][0]["nl"] = asked["junior"][0]["nl"], "Ik slaap slecht door het werk"
    change_questions(session, organisation.actor("coordinator"), newest.id or 0, asked, now)
    after = paper(rules.COUNCIL)
    told = f"Afgesproken: “{old}”. Wordt: “Ik slaap slecht door het werk”. Wacht tot het is afgesproken."
    assert told in " ".join(after.split())
    assert marks.digest(before) != marks.digest(after), "what is asked is part of what is agreed to"
    assert any("slaap slecht" in line for line in marks.agreed_to(after))


def test_every_column_that_the_register_lists_has_a_word(session: Session, organisation: Organisation, now: datetime):
    known = queries.facts(session, Settings(mode="test", _env_file=None), now)
    for table in known.tables:
        for name in table.columns:
            told = LABELS.get(f"{table.name}.{name}") or LABELS.get(name) or FURTHER.get(name)
            assert told or ties(name) or name.endswith(SECRETS), f"{table.name}.{name}: a word in papers/labels.py"
