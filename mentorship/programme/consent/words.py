"""What was agreed in words, line by line, and the difference between two versions of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentorship.base.i18n import N_, decimal, gettext, ngettext
from mentorship.matching import CRITERIA
from mentorship.programme.consent import rules
from mentorship.programme.words import CRITERION_NAMES, VISIBILITY

LANGUAGES = (("nl", N_("Dutch")), ("en", N_("English")))
SIDES = {
    "junior": N_("To the junior, in %(language)s"),
    "mentor": N_("To the mentor, in %(language)s"),
}
OF_FORM = "form"
FORMS = {"instructor": N_("%(question)s (only where both agreed to work as with a driving instructor)")}
"""What is said of a question that is asked of pairs that work in one form alone."""
SCALES = {
    rules.SCALE: N_("The answers, in %(language)s"),
    rules.PACE: N_("The answers about the pace, in %(language)s"),
}
NUMBERS = {
    rules.DAYS: N_("Days between the first four check-ins, at least"),
    rules.LATER_DAYS: N_("Days between two later ones, at least"),
    rules.OBJECTION_DAYS: N_("Working days for managers to object to pairs"),
    "notes_months": N_("Notes at check-ins"),
    "answers_months": N_("Answers, signals and hours"),
    "pairs_months": N_("Pairs"),
}
QUESTIONS, ASKING, SEEING, MATCHING, KEEPING, PURPOSES, INTEGRATIONS = (
    "questions",
    "asking",
    "seeing",
    "matching",
    "keeping",
    "purposes",
    "integrations",
)
TERMS = (
    (rules.FLOOR, N_("Floor")),
    (rules.SPREAD, N_("Spread")),
    (rules.WAITING, N_("Waiting")),
)
GROUPS = {
    QUESTIONS: N_("What is asked, word for word"),
    ASKING: N_("How it is asked"),
    SEEING: N_("What managers may see of the check-ins in their own team"),
    MATCHING: N_("How a match weighs"),
    KEEPING: N_("How long things are kept after a pair ended"),
    PURPOSES: N_("What personal data is kept for"),
    INTEGRATIONS: N_("Other systems that are switched on"),
}
"""What was agreed, in the order in which it is read."""
SYSTEMS = {
    "sign_on": N_("signing in by the organisation's own provider"),
    "mail": N_("mail, through the mail server of the organisation"),
    "log": N_("the security log, sent on to a collector"),
    "import": N_("a folder from which HR files are taken in"),
    "planning": N_("the planning system, which reads hours of mentoring"),
    "metrics": N_("figures of how the service runs, for who holds a key"),
}
"""What the settings of the service can switch on; papers name the same."""


@dataclass(frozen=True)
class Line:
    """One thing that was agreed: of which group and field it is, what it is called, and its words."""

    group: str
    name: str
    what: str
    words: str


@dataclass(frozen=True)
class Difference:
    """What differs between two versions: what it is, how it was ("" for nothing) and how it becomes; of which field."""

    what: str
    old: str
    new: str
    name: str
    group: str


Key = tuple[str, ...]


def lines(snapshot: Mapping[str, Any]) -> dict[Key, Line]:
    """Return line by line what was agreed, in the reader's language; questions and steps in their own."""
    found: dict[Key, Line] = {}
    for tell in (_questions, _scale, _numbers, _visibility, _weights, _purposes, _integrations):
        found.update(tell(snapshot))
    return found


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what differs, what only the first tells of comes last.

    Of what the service itself brings only what both tell of: it was not always written down.
    """
    old = lines(before)
    new = lines(after)
    found = []
    for key in dict.fromkeys((*new, *old)):
        was = old.get(key)
        becomes = new.get(key)
        line = becomes or was
        assert line is not None, "a key is of one of the two"
        untold = line.name not in before or line.name not in after
        if untold and line.name in rules.OF_SERVICE:
            continue
        words = was.words if was else ""
        new_words = becomes.words if becomes else ""
        if words != new_words:
            found.append(Difference(line.what, words, new_words, line.name, line.group))
    return found


def by_group(snapshot: Mapping[str, Any]) -> list[tuple[str, dict[str, list[str]]]]:
    """Return what was agreed by the title of its group, and in that by what it is called: the words of each."""
    told = lines(snapshot).values()
    found = []
    for group, title in GROUPS.items():
        of_group: dict[str, list[str]] = {}
        for line in told:
            if line.group == group:
                of_group.setdefault(line.what, []).append(line.words)
        if of_group:
            found.append((gettext(title), of_group))
    return found


def terms_told(agreed: Mapping[str, Any], terms: Mapping[str, Any]) -> str:
    """Say what was agreed about the weights of a round, and what follows where it goes by others."""
    other = rules.other_terms(agreed, terms)
    if other:
        return gettext(other)
    return gettext(
        "The weights, the floor, the spread and what waiting counts are as agreed. You may look what "
        "others would give; a round that goes by others cannot be published."
    )


def _questions(snapshot: Mapping[str, Any]) -> Iterator[tuple[Key, Line]]:
    asked = snapshot.get(rules.QUESTIONS, {})
    for side, title in SIDES.items():
        for language, name in LANGUAGES:
            for question in asked.get(side, ()):
                key = rules.QUESTIONS, side, question["key"], language
                what = gettext(title, language=gettext(name))
                yield key, Line(QUESTIONS, rules.QUESTIONS, what, _asked(question, language))


def _asked(question: Mapping[str, str], language: str) -> str:
    """Return a question in a language, with the pairs that it is asked of where those are not all."""
    words = question[language]
    told = FORMS.get(question.get(OF_FORM, ""))
    return gettext(told, question=words) if told else words


def _scale(snapshot: Mapping[str, Any]) -> Iterator[tuple[Key, Line]]:
    for scale, title in SCALES.items():
        steps: Sequence[Mapping[str, str]] = snapshot.get(scale, ())
        for language, name in LANGUAGES:
            if steps:
                words = " · ".join(step[language] for step in steps)
                what = gettext(title, language=gettext(name))
                yield (scale, language), Line(ASKING, scale, what, words)


def _numbers(snapshot: Mapping[str, Any]) -> Iterator[tuple[Key, Line]]:
    for name, title in NUMBERS.items():
        number = snapshot.get(name)
        if number is None:
            continue
        if name in rules.MONTHS:
            group = KEEPING
            words = ngettext("%(num)s month", "%(num)s months", number)
        elif name in rules.UNSAID and not number:
            continue
        else:
            group = MATCHING if name == rules.OBJECTION_DAYS else ASKING
            words = ngettext("%(num)s day", "%(num)s days", number)
        yield (name,), Line(group, name, gettext(title), words)


def _visibility(snapshot: Mapping[str, Any]) -> Iterator[tuple[Key, Line]]:
    chosen = snapshot.get(rules.VISIBILITY)
    if chosen is not None:
        title, meaning = VISIBILITY[chosen]
        what = gettext("What managers see")
        words = f"{gettext(title)}. {gettext(meaning)}"
        yield (rules.VISIBILITY,), Line(SEEING, rules.VISIBILITY, what, words)


def _weights(snapshot: Mapping[str, Any]) -> Iterator[tuple[Key, Line]]:
    weights = snapshot.get(rules.WEIGHTS, {})
    for name in CRITERIA:
        if name in weights:
            what = gettext("Weight of: %(criterion)s", criterion=gettext(CRITERION_NAMES[name]))
            yield (rules.WEIGHTS, name), Line(MATCHING, rules.WEIGHTS, what, decimal(weights[name], 6))
    for name, title in TERMS:
        if name in snapshot and (name != rules.WAITING or snapshot[name]):
            yield (name,), Line(MATCHING, name, gettext(title), decimal(snapshot[name], 6))
    if snapshot.get(rules.MANAGERS_PAIR):
        what = gettext("Managers pair people in their own team")
        yield (rules.MANAGERS_PAIR,), Line(MATCHING, rules.MANAGERS_PAIR, what, gettext("yes"))


def _purposes(snapshot: Mapping[str, Any]) -> Iterator[tuple[Key, Line]]:
    for purpose in snapshot.get(rules.PURPOSES, ()):
        key = rules.PURPOSES, purpose
        yield key, Line(PURPOSES, rules.PURPOSES, gettext("Purpose"), gettext(purpose))


def _integrations(snapshot: Mapping[str, Any]) -> Iterator[tuple[Key, Line]]:
    for system in snapshot.get(rules.INTEGRATIONS, ()):
        kind = system["kind"]
        told = gettext(SYSTEMS.get(kind, kind))
        what = told[:1].upper() + told[1:]
        key = rules.INTEGRATIONS, kind, system["with"]
        yield key, Line(INTEGRATIONS, rules.INTEGRATIONS, what, system["with"] or gettext("switched on"))
