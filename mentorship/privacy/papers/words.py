"""The words of the papers: what they are called, what is to be filled in, facts as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mentorship.base.i18n import N_, day, decimal, gettext, integer, joined, ngettext
from mentorship.checkins import promises
from mentorship.checkins.balance import OUTSIDE
from mentorship.checkins.visibility import ASKED
from mentorship.checkins.words import PACE_STEPS, in_own_language
from mentorship.checkins.words import never_used as never_used
from mentorship.home.agreements.words import Change, changes
from mentorship.matching import CRITERIA
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import COORDINATOR
from mentorship.people.words import TITLES
from mentorship.privacy.papers import register as _register
from mentorship.privacy.papers import rules, seen
from mentorship.privacy.papers.facts import LEAST, Facts, Group
from mentorship.programme.consent.words import SYSTEMS
from mentorship.programme.words import CRITERION_NAMES, VISIBILITY
from mentorship.rounds.fairness.words import WHY, WayTable, tables

PAPERS = {
    rules.COUNCIL: N_("Request to the works council"),
    rules.ASSESSMENT: N_("Data protection impact assessment (DPIA)"),
    rules.REGISTER: N_("Register of processing"),
    rules.NOTICE: N_("Privacy notice"),
    rules.AI_ACT: N_("Note on the AI Act"),
    rules.PROCESSOR: N_("Processor agreement"),
    rules.BREACH: N_("What to do in a data breach"),
}
MEANINGS = {
    rules.COUNCIL: N_("Asks for consent, with everything the council has to know to decide (WOR, art. 27)."),
    rules.ASSESSMENT: N_("Weighs what the service does to people, and what keeps each risk small (GDPR, art. 35)."),
    rules.REGISTER: N_("What is kept about people, a row for each purpose (GDPR, art. 30)."),
    rules.NOTICE: N_("What everybody who works here is told (GDPR, art. 13 and 14)."),
    rules.AI_ACT: N_("Why the service is no AI system, and what it offers as if it were (Regulation 2024/1689)."),
    rules.PROCESSOR: N_("A draft for whoever runs the service for you (GDPR, art. 28)."),
    rules.BREACH: N_("Who does what within 72 hours, with the figures that a report asks for (GDPR, art. 33 and 34)."),
}
READERS = {
    rules.WORKS_COUNCIL: N_("the works council"),
    rules.OFFICER: N_("the data protection officer"),
    rules.LAWYER: N_("a lawyer"),
    rules.EMPLOYER: N_("the employer"),
}
SIGNALS = {
    "low": N_("Low twice running, in what the junior answered"),
    "lowest": N_("A lowest answer of the mentor"),
    "help": N_("The junior asks for help"),
    "hours": N_("More hours than were confirmed"),
    "apart": N_("Four weeks without working together"),
    "rule": N_("The pair no longer fits a rule"),
    "leaves": N_("One of the two leaves"),
}
CLASS = {
    seen.NOTHING: N_("nothing"),
    seen.ALL: N_("the word for the pair"),
    seen.SIDE: N_("whether the author's side is low, not low or unknown"),
    seen.OTHER_SIDE: N_("nothing of the author's side"),
}
VIEWERS = {
    promises.OTHER: N_("the other side"),
    promises.OWN_LINE: N_("your managers"),
    promises.OTHER_LINE: N_("the managers of the other side"),
    COORDINATOR: N_("the coordinator"),
    ASKED: N_("whom you ask for help"),
}
SHOWN = {
    seen.NOTHING: N_("nothing"),
    seen.ALL: N_("what it is, and since when"),
    seen.UNNAMED: N_("that it is so, not which rule"),
    seen.THAT: N_("that help was asked, and by which side"),
    seen.TALK_ALONE: N_("only “talk with this pair”"),
    seen.LATER: N_("what it is, after a week or once the mentor took it on"),
    seen.KIND: N_("what it is, without side or day"),
    seen.RELEASED: N_("nothing, unless the author shows it"),
}


def organisation(facts: Facts) -> str:
    """Return the name of the organisation, or where it is to be filled in."""
    return facts.setup.organisation or to_fill_in(gettext("name of the organisation"))


def contact(facts: Facts) -> str:
    """Return whom people ask and how, or where that is to be filled in; who was agreed to by name is not kept."""
    if facts.setup.contact is None:
        return gettext("who is named at the foot of every page of Leermaat")
    if not facts.setup.contact:
        return to_fill_in(gettext("name and number of whom people ask"))
    return f"{facts.setup.contact} {facts.setup.reach}".strip()


def to_fill_in(what: str) -> str:
    """Mark what the organisation is to fill in."""
    return f"[[{what}]]"


def on(value: date | None) -> str:
    """Return a day, or where it is to be filled in."""
    return day(value) if value else to_fill_in(gettext("date"))


def counted(group: Group) -> str:
    """Say how many people a group has, unless they are too few to be counted out."""
    if group.people is None:
        return gettext("fewer than %(num)s", num=LEAST)
    return integer(group.people)


def group_name(group: Group) -> str:
    """Return what the people of a group are called."""
    return gettext(TITLES[group.name])


def questions(facts: Facts, side: str) -> list[str]:
    """Return the questions to one side that count in how it stands, word for word."""
    return _worded(facts, side, outside=False)


def apart(facts: Facts, side: str) -> list[str]:
    """Return the questions to one side that count in nothing, word for word."""
    return _worded(facts, side, outside=True)


def _worded(facts: Facts, side: str, *, outside: bool) -> list[str]:
    found = []
    for question in facts.asked.questions[side]:
        if (question["key"] in OUTSIDE) == outside:
            found.append(in_own_language(dict(question)))
    return found


def scale(facts: Facts) -> str:
    """Return the steps of the scale, in their order."""
    return " · ".join(in_own_language(step) for step in facts.asked.scale)


def pace() -> str:
    """Return the steps by which the pace is answered."""
    return " · ".join(gettext(step) for step in PACE_STEPS)


def share(value: float) -> str:
    """Write a share as a percentage with a decimal, for some are small."""
    return f"{decimal(100 * value, 1)} %"


def weights(facts: Facts) -> list[tuple[str, str]]:
    """Return each criterion of the match with its weight."""
    return [(gettext(CRITERION_NAMES[name]), decimal(facts.match.weights[name])) for name in CRITERIA]


def at_once(facts: Facts) -> str:
    """Say who pairs people outside a round, and how long their managers may object to that."""
    days = facts.match.direct_days
    who = gettext("Only the coordinator does so.")
    if facts.match.managers_pair:
        who = gettext("The coordinator does so, and also a manager, in their own team.")
    if not days:
        return who
    until = ngettext(
        "Managers may object to it for %(num)s working day; the pair begins after that.",
        "Managers may object to it for %(num)s working days; the pair begins after that.",
        days,
    )
    return f"{who} {until}"


def visibility(facts: Facts) -> str:
    """Say what managers see by the choice of the programme."""
    if facts.setup.visibility is None:
        return to_fill_in(gettext("what managers may see: choose it in the programme settings"))
    title, meaning = VISIBILITY[facts.setup.visibility]
    return f"{gettext(title)}. {gettext(meaning)}"


def about_people(facts: Facts) -> str:
    """Say how many people work here, in fives, or that they are too few to be counted out."""
    if facts.people < LEAST:
        return gettext("fewer than %(num)s", num=LEAST)
    fives = facts.people // LEAST * LEAST
    return gettext("at least %(num)s", num=integer(fives))


def council(facts: Facts) -> str:
    """Say whether the works council consented, and when."""
    if facts.setup.no_council:
        return gettext("there is no works council")
    return on(facts.setup.council_on)


def integrations(facts: Facts) -> str:
    """Name what takes data out of the service, or in."""
    if not facts.setup.integrations:
        return gettext("none")
    return joined([_system(system) for system in facts.setup.integrations])


def _system(system: Mapping[str, str]) -> str:
    told = gettext(SYSTEMS[system["kind"]])
    return f"{told} ({system['with']})" if system["with"] else told


register, purposes, columns = _register.register, _register.purposes, _register.columns


def promised(facts: Facts, side: str) -> list[tuple[str, str]]:
    """Return who sees what of one side, in the sentences that its form shows before it is sent."""
    found = []
    for viewer in promises.VIEWERS:
        sees = promises.sees(viewer, side, facts.setup.visibility)
        found.append((gettext(VIEWERS[viewer]), sees))
    return found


def both_promised(facts: Facts) -> list[tuple[str, str, str]]:
    """Return the same of both sides, a row for each who sees something."""
    found = []
    for (who, junior), (_, mentor) in zip(promised(facts, JUNIOR), promised(facts, MENTOR), strict=True):
        found.append((who, junior, mentor))
    return found


def seen_by(facts: Facts) -> list[list[str]]:
    """Return of each signal what it is called, and what each viewer is shown of it."""
    standing = [gettext(CLASS[one]) for one in seen.standing(facts.setup.visibility)]
    found = [[gettext("How the pair stands"), *standing]]
    for example in seen.examples(facts.setup.visibility, facts.at):
        shown = [gettext(SHOWN[one]) for one in example.shown]
        found.append([gettext(SIGNALS[example.kind]), *shown])
    return found


def fairness(facts: Facts) -> list[WayTable]:
    """Return how the last round fell out for groups, a table for each way to part people."""
    if facts.fairness is None:
        return []
    return tables(facts.fairness.found, facts.fairness.sites)


def why_fairness() -> str:
    """Say why it is looked at, and what the groups are."""
    return " ".join(gettext(sentence) for sentence in WHY)


def tables_about_people(facts: Facts) -> int:
    """Count the tables that hold data about people."""
    return len({table.name for table in facts.tables})


def proposed(facts: Facts) -> list[Change]:
    """Return what differs from what was agreed last, with what waits for this consent."""
    if facts.standing is None:
        return []
    return changes(facts.standing)
