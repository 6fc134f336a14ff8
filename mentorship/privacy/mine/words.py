"""What is kept about somebody in words: what each value is of, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mentorship.base import audit_words
from mentorship.base.audit_lines import VALUES, changes
from mentorship.base.i18n import N_, gettext, joined, moment, said, weekday
from mentorship.checkins import words as check_ins
from mentorship.checkins.signals import words as signals
from mentorship.growth.handover.words import STEP_NAMES
from mentorship.insight.person.words import REQUEST_STATES
from mentorship.mentorships.explanation import parts
from mentorship.mentorships.models import JUNIOR
from mentorship.mentorships.questions.words import STANDS
from mentorship.mentorships.words import ENDINGS, STATUS_NAMES
from mentorship.people.seen.words import OWN as PAGES
from mentorship.people.words import LANGUAGE_NAMES, TITLES
from mentorship.privacy.mine.codes import FROM_FILES, LISTS, MAILS
from mentorship.privacy.mine.labels import LABELS
from mentorship.privacy.requests import words as requests
from mentorship.profiles.words import CHOICES, COMFORT, FORM_NAMES, HORIZON_NAMES, LEVELS
from mentorship.pulse.words import GROUPS
from mentorship.reminders.messages.words import FROM_LIST
from mentorship.reminders.words import TOPIC_NAMES
from mentorship.rounds.announcing.words import SAID

NOTHING = "–"
SIDES = {"junior": N_("junior"), "mentor": N_("mentor"), "both": N_("you both")}
IMPORTANCE = {1: N_("a little important"), 2: N_("important"), 3: N_("very important")}
WEIGHTS = dict(zip(range(5, 0, -1), CHOICES, strict=True))
LEVEL = dict(enumerate(LEVELS))
CODES: Mapping[str, Mapping[Any, str]] = {
    "person.locale": {"nl": N_("Dutch"), "en": N_("English")},
    "person_role.role": TITLES,
    "filled_in.section": {"roster": N_("roster"), "expertise": N_("what you can"), "places": N_("places and hours")},
    "expertise.level": LEVEL,
    "need.current_level": LEVEL,
    "need.target_level": LEVEL,
    "goal.start_level": LEVEL,
    "goal.target_level": LEVEL,
    "level_claim.level": LEVEL,
    "level_claim.status": {
        "claimed": N_("said by the junior"),
        "seconding": N_("waits for a second"),
        "confirmed": N_("confirmed"),
        "declined": N_("not yet"),
        "withdrawn": N_("withdrawn"),
    },
    "pulse_invited.grouped": GROUPS,
    "form_wish.form": FORM_NAMES,
    "form_wish.weight": WEIGHTS,
    "form_comfort.form": FORM_NAMES,
    "form_comfort.comfort": dict(enumerate(COMFORT)),
    "plan.horizon": HORIZON_NAMES,
    "handover_piece.step": STEP_NAMES,
    "mentor_request.status": REQUEST_STATES,
    "objection.reason": SAID,
    "need.importance": IMPORTANCE,
    "quick_question.status": STANDS,
    "place_asked.answer": {"": N_("not yet"), "place": N_("a place more"), "not now": N_("not now")},
    "mentorship.status": STATUS_NAMES,
    "mentorship.origin": {"round": N_("a match round"), "direct": N_("paired at once"), "import": N_("files of HR")},
    "mentorship.ended_as": ENDINGS,
    "mentorship.ends_as": ENDINGS,
    "closing_word.side": SIDES,
    "meeting_point.side": SIDES,
    "check_in.side": SIDES,
    "counted_answer.side": SIDES,
    "check_in.status": check_ins.STATUS_NAMES,
    "signal.kind": signals.SIGNALS,
    "signal.side": SIDES,
    "signal.action": signals.ACTIONS,
    "signal.status": {"open": N_("open"), "taken": N_("picked up"), "done": N_("closed")},
    "signal.about": {**check_ins.HELPERS, **signals.RULES},
    "mail_preference.topic": TOPIC_NAMES,
    "message.selection": FROM_LIST,
    "look.kind": PAGES,
    "outbox.kind": MAILS,
    "saved_view.list": LISTS,
    "imported_record.kind": FROM_FILES,
    "taken_import.origin": {"browser": N_("in the browser"), "folder": N_("from the folder")},
    "taken_import.outcome": {"taken": N_("taken in"), "rejected": N_("set aside")},
    "privacy_request.kind": requests.KINDS,
    "privacy_request.about": requests.ABOUT,
    "privacy_request.state": requests.STATES,
    "notice_shown.language": {"nl": N_("Dutch"), "en": N_("English")},
    "import_draft.state": {"reading": N_("being read"), "ready": N_("ready"), "taking": N_("being taken in")},
}
"""What the values mean of columns that hold one of a few."""
IN_DECISIONS = {**CODES, **VALUES, "roles": TITLES, "whole": TITLES}
"""What the values mean that stand in a decision."""


def _changed(details: Mapping[str, Any]) -> str:
    return "; ".join(changes(details, IN_DECISIONS)) or NOTHING


SPOKEN: Mapping[str, Callable[[Any], str]] = {
    "audit.details": _changed,
    "audit.subject": audit_words.subject,
    "audit.verb": audit_words.verb,
}
"""Columns whose values the audit log itself says in words."""


def label(table: str, name: str) -> str:
    """Return what a value is of."""
    of_table = f"{table}.{name}"
    return gettext(
        LABELS.get(
            of_table,
            LABELS.get(
                name,
                "",
            ),
        )
    )


def called(name: str) -> str:
    """Return what the download calls a column."""
    return name.removesuffix("_id")


def value(table: str, name: str, found: Any) -> str:
    """Say what is kept in one place; nothing is a dash."""
    place = f"{table}.{name}"
    if found is None or found == "":
        return NOTHING
    if name == "weekday":
        return weekday(found)
    if name == "explanation":
        return _fits(found)
    if name == "help_from":
        return _each(
            found,
            check_ins.HELPERS,
        )
    if place == "person.languages":
        return _each(
            found.split(","),
            LANGUAGE_NAMES,
        )
    if place in SPOKEN:
        return SPOKEN[place](found)
    words = CODES.get(place)
    if words is None:
        return _written(found)
    return gettext(
        words.get(
            found,
            str(found),
        )
    )


def _fits(found: Mapping[str, Any]) -> str:
    """Say how well two people match, as they read it themselves: in words, part by part."""
    wished = [need["domain"] for need in found.get("needs", [])]
    named = dict(
        zip(
            wished,
            wished,
            strict=True,
        )
    )
    told = []
    for part in parts(
        found,
        named,
        side=JUNIOR,
    ):
        text = f"{part.title}: {part.fit}"
        told.append(text)
    return "; ".join(told) or NOTHING


def _each(found: Sequence[str], words: Mapping[str, str]) -> str:
    told = [gettext(words.get(one, one)) for one in found]
    return joined(told) or NOTHING


def _written(found: Any) -> str:
    if isinstance(
        found,
        datetime,
    ):
        return moment(found)
    if isinstance(
        found,
        Mapping,
    ):
        return "; ".join(_pairs(found)) or NOTHING
    if isinstance(
        found,
        list,
    ):
        told = [_written(one) for one in found]
        return ", ".join(told) or NOTHING
    return said(found)


def _pairs(found: Mapping[str, Any]) -> list[str]:
    told = []
    for key, one in found.items():
        known = LABELS.get(
            key.removesuffix("_id"),
            "",
        )
        title = gettext(known) or key
        text = f"{title}: {_written(one)}"
        told.append(text)
    return told
