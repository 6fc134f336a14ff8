"""A preview in words: the finding, the bar, each cause with its choices, columns and words to map, who leaves."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.base.figures.segments import Portion, Segments, segments
from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.hr_import.reading.questions import CHOICES
from mentorship.hr_import.report import Difference
from mentorship.hr_import.report_text import away_line, difference_line
from mentorship.hr_import.upload.chosen import NOT_SAID
from mentorship.hr_import.upload.sentences import Option, Values, said
from mentorship.hr_import.upload.words import file_word

OPEN_KINDS = ("site", "shift", "roster", "person")
CLOSED_FIELDS = ("horizon", "places", "hours")
"""What is shown to who takes exports in and does not coordinate."""


@dataclass(frozen=True)
class ItemCard:
    """One case of a question, answered apart from the others when that is wanted."""

    name: str
    says: str
    answer: str


@dataclass(frozen=True)
class CauseCard:
    """One thing to look at: what, where, how much it holds back, and what can be chosen."""

    title: str
    tone: str
    weight: str
    where: str = ""
    name: str = ""
    options: tuple[Option, ...] = ()
    chosen: str = ""
    fold: str = ""
    lines: tuple[str, ...] = ()
    items: tuple[ItemCard, ...] = ()
    item_options: tuple[Option, ...] = ()


def finding(shown: Values) -> str:
    """Return what the page has found, in one line."""
    if "refused" in shown:
        return said(shown["refused"])
    stopping = [cause for cause in shown["causes"] if cause["aside"]]
    rows = integer(shown["rows"])
    if shown["aside"] and stopping:
        return ngettext(
            "%(num)s cause holds back %(aside)s of %(rows)s rows",
            "%(num)s causes hold back %(aside)s of %(rows)s rows",
            len(stopping),
            aside=integer(shown["aside"]),
            rows=rows,
        )
    asked = sum(question["open"] for question in shown["questions"])
    if asked:
        return ngettext(
            "All %(rows)s rows can go in, once %(num)s question is answered",
            "All %(rows)s rows can go in, once %(num)s questions are answered",
            asked,
            rows=rows,
        )
    if not shown["changed"]:
        return ngettext(
            "This %(num)s row changes nothing: it is here already",
            "These %(num)s rows change nothing: all of it is here already",
            shown["rows"],
        )
    return ngettext("%(num)s row can go in", "All %(num)s rows can go in", shown["rows"])


def going(shown: Values) -> int:
    """Return how many rows go in."""
    return int(shown["rows"] - shown["aside"])


def does_something(shown: Values) -> bool:
    """Tell whether taking these files in changes anything, or may."""
    return bool(shown["changed"] or shown["leavers"] or shown["questions"])


def in_one_go(shown: Values) -> str:
    """Return what the blue button does, in numbers."""
    rows = going(shown)
    if shown["aside"]:
        return ngettext(
            "%(num)s row in one go; %(aside)s stay out.",
            "%(num)s rows in one go; %(aside)s stay out.",
            rows,
            aside=integer(shown["aside"]),
        )
    return ngettext("%(num)s row in one go.", "%(num)s rows in one go.", rows)


def bar(shown: Values) -> Segments:
    """Return how the rows fall apart."""
    alone = shown["aside"] - shown["waiting"]
    kinds = shown["kinds"].values()
    new = sum(kind["created"] for kind in kinds)
    changed = sum(kind["updated"] for kind in kinds)
    note = gettext("%(new)s new, %(changed)s changed", new=integer(new), changed=integer(changed))
    parts = [
        Portion(gettext("go in"), going(shown), "yes", note=note),
        Portion(gettext("wait for another row"), shown["waiting"], "soon"),
        Portion(gettext("stay out"), alone, "reason"),
    ]
    return segments([part for part in parts if part.count])


def questions(shown: Values) -> list[CauseCard]:
    """Return what only a person can tell."""
    cards = []
    for question in shown["questions"]:
        options = tuple((choice, gettext(CHOICES[choice])) for choice in question["choices"])
        items = []
        for item in question["items"]:
            items.append(ItemCard(f"answers:{item['key']}", said(item["says"]), item["answer"] or NOT_SAID))
        card = CauseCard(
            title=said(question["asks"]),
            tone="stopper" if question["open"] else "solved",
            weight=ngettext("touches %(num)s row", "touches %(num)s rows", question["count"]),
            name=f"answers:{question['key']}",
            options=options,
            chosen=question["answer"] or question["likely"],
            fold=ngettext("See the %(num)s case", "See the %(num)s cases", question["count"]),
            items=tuple(items),
            item_options=((NOT_SAID, gettext("as above")), *options),
        )
        cards.append(card)
    return cards


def causes(shown: Values) -> list[CauseCard]:
    """Return what is not right in the files, what touches most rows first."""
    return [_cause(cause) for cause in shown["causes"]]


def _cause(cause: Values) -> CauseCard:
    aside = cause["aside"]
    weight = cause["weight"]
    if aside:
        told = ngettext("holds back %(num)s row", "holds back %(num)s rows", weight)
    else:
        told = ngettext("touches %(num)s row", "touches %(num)s rows", weight)
    dragged = tuple(
        gettext("%(file)s: %(rows)s", file=file_word(file), rows=integer(count))
        for file, count in cause["drags"].items()
    )
    return CauseCard(
        title=said(cause["reason"]),
        tone="stopper" if aside else "",
        weight=told,
        where=_where(cause),
        fold=gettext("What waits because of this") if dragged else "",
        lines=dragged,
    )


def _where(cause: Values) -> str:
    if not cause["line"]:
        return str(cause["source"])
    lines = [integer(line) for line in cause["lines"][:5]]
    more = cause["count"] - len(lines)
    where = ngettext(
        "%(source)s, line %(lines)s",
        "%(source)s, lines %(lines)s",
        len(lines),
        source=cause["source"],
        lines=", ".join(lines),
    )
    if more > 0:
        where += " " + ngettext("and %(num)s more", "and %(num)s more", more)
    return where


@dataclass(frozen=True)
class Conflict:
    """Where what somebody filled in here stands against the files; `choice` empty: the files cannot win."""

    says: str
    choice: str
    file_wins: bool


def conflicts(shown: Values, *, all_kinds: bool) -> list[Conflict]:
    """Return the own edits that the files differ from, as far as the reader may know what stands here."""
    found = []
    for name in ("overruled", "differences"):
        for one in shown.get(name, ()):
            if all_kinds or (one["kind"] in OPEN_KINDS and one["field"] not in CLOSED_FIELDS):
                difference = Difference(**one)
                says = difference_line(difference)
                found.append(Conflict(says, difference.choice, name == "overruled"))
    return found


def moved(shown: Values) -> str:
    """Return what new managers touch, "" when nobody gets another one."""
    touched = shown.get("moved", {})
    if not touched.get("people"):
        return ""
    people = ngettext("%(num)s person gets another manager.", "%(num)s people get another manager.", touched["people"])
    duos = ngettext(
        "%(num)s running pair is among them; its planning is confirmed by somebody else from then on.",
        "%(num)s running pairs are among them; their planning is confirmed by somebody else from then on.",
        touched["duos"],
    )
    hours = ngettext(
        "It is about %(num)s hour a week of %(mentors)s.",
        "It is about %(num)s hours a week of %(mentors)s.",
        touched["hours"],
        mentors=ngettext("%(num)s mentor", "%(num)s mentors", touched["mentors"]),
    )
    return f"{people} {duos} {hours}" if touched["duos"] else people


def away(shown: Values) -> str:
    """Return of how many people the files say when they are not available, "" of none."""
    people = shown.get("away", 0)
    return away_line(people) if people else ""


def to_confirm(shown: Values) -> list[str]:
    """Return what is only done when it is confirmed: much set aside, or many who leave."""
    stops = [said(stop) for stop in shown.get("stops", ())]
    asks = any(question["open"] for question in shown.get("questions", ()))
    return stops[1:] if asks else stops
