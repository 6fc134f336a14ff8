"""A signal as its card shows it to one viewer: sentences, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext
from mentorship.checkins import findings, lessons
from mentorship.checkins.signals import did, words
from mentorship.checkins.signals.releasing import Release, release
from mentorship.checkins.signals.rules import LATER
from mentorship.checkins.signals.viewers import SECOND_MENTOR, Seen
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR
from mentorship.people.models import Person
from mentorship.programme.rules import Visibility


@dataclass(frozen=True)
class Taps:
    """Which steps a mentor may still take about their own load in one tap."""

    fewer_places: bool
    pause: bool
    second_mentor: bool


@dataclass(frozen=True)
class SignalCard:
    """One signal; what does not apply is empty. `talks`: its reader has a talk about it before them."""

    signal_id: int
    title: str
    names: str
    note: str
    pair_id: int | None
    raised_on: str
    returned: bool
    about: str
    asks: bool
    handed: str
    taken: str
    taps: Taps | None
    lesson: lessons.Offer | None
    release: Release | None
    acts: bool
    unseen: bool
    judged: bool
    did: Sequence[str]
    talks: bool
    typed: Mapping[str, str]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class CardReader:
    """Who reads the cards: their id, the moment, what managers may see, and the places they offer as a mentor.

    `domains` and `sites` are what these are called.

    `wrong` are the errors of what they sent on the card of the signal `sent_on`, and `typed` is what that was.
    """

    person_id: int
    now: datetime
    managers: Visibility
    places: int
    domains: Mapping[int, str]
    sites: Mapping[int, str]
    sent_on: str
    typed: Mapping[str, str]
    wrong: Mapping[str, str]


def card(seen: Seen, pair: Mentorship, people: Mapping[int, Person], reader: CardReader) -> SignalCard:
    """Return a signal as its card shows it."""
    mentor = people[pair.mentor_id]
    junior = people[pair.junior_id]
    return SignalCard(
        signal_id=id_of(seen.row),
        title=words.title(seen.shown.kind, own=seen.own),
        names=_names(seen, mentor, junior),
        note=_note(seen, pair, junior, reader),
        pair_id=pair.id,
        raised_on=_raised_on(seen),
        returned=seen.shown.returned,
        about=_about(seen, mentor, junior),
        asks=seen.asks,
        handed=gettext("You got this one from a colleague.") if seen.handed else "",
        taken=_taken(seen, people, reader),
        taps=_taps(seen, reader),
        lesson=lessons.of_signal(seen),
        release=release(seen, pair, reader.managers, reader.person_id, reader.now),
        acts=seen.acts,
        unseen=seen.asks_help and seen.row.seen_at is None,
        judged=seen.kind in findings.JUDGED,
        did=did.sentences(seen.row.did, people) if seen.acts else [],
        talks=_talks(seen, reader),
        typed=_typed(seen, reader),
        errors=reader.wrong if _sent_on(seen, reader) else {},
    )


def _talks(seen: Seen, reader: CardReader) -> bool:
    """Tell whether its reader has a talk about it before them."""
    row = seen.row
    if row.talk_on is None or row.owner_id != reader.person_id:
        return False
    return row.status == "taken" and row.talk_on >= local_date(reader.now)


def _sent_on(seen: Seen, reader: CardReader) -> bool:
    """Tell whether the reader sent something on this card that was wrong."""
    return reader.sent_on == str(seen.row.id)


def _typed(seen: Seen, reader: CardReader) -> dict[str, str]:
    """Return what the forms of a card are filled in with."""
    later = local_date(reader.now) + LATER
    typed = {"look_again_on": later.isoformat()}
    if not _sent_on(seen, reader):
        return typed
    for name, value in reader.typed.items():
        if value:
            typed[name] = value
    return typed


def _raised_on(seen: Seen) -> str:
    if not seen.shown.since:
        return ""
    return day(seen.row.raised_at)


def _names(seen: Seen, mentor: Person, junior: Person) -> str:
    if not seen.names_pair:
        return mentor.name
    return f"{mentor.name} – {junior.name}"


def _note(seen: Seen, pair: Mentorship, junior: Person, reader: CardReader) -> str:
    """Say in what a pair is and where, unless its reader does not learn of which pair it is."""
    if not seen.names_pair:
        return ""
    parts = (
        reader.domains.get(pair.domain_id, ""),
        reader.sites.get(junior.site_id, ""),
    )
    return " · ".join(filter(None, parts))


def _about(seen: Seen, mentor: Person, junior: Person) -> str:
    """Say who asks for help, who leaves and when, or which rule fails, as far as that is shown."""
    shown = seen.shown
    if shown.kind == findings.LEAVES and shown.since is not None:
        leaver = junior if shown.side == JUNIOR else mentor
        return gettext("%(name)s: last day %(day)s", name=leaver.name, day=day(shown.since))
    if shown.kind == findings.HELP:
        if shown.side == JUNIOR:
            return gettext("asked for by the junior")
        return gettext("asked for by the mentor")
    if shown.kind == findings.RULE and shown.about:
        return gettext(words.RULES[shown.about])
    return ""


def _taken(seen: Seen, people: Mapping[int, Person], reader: CardReader) -> str:
    """Say who took it on, with what, and when they look again; of a closed one what its reader wrote themselves."""
    row = seen.row
    if row.status == "done":
        return row.outcome if row.owner_id == reader.person_id else ""
    if row.status != "taken" or row.owner_id is None or row.look_again_on is None:
        return ""
    told = {
        "name": people[row.owner_id].name,
        "day": day(row.look_again_on),
    }
    if seen.asks:
        return gettext("%(name)s asks for a second mentor. Look again on %(day)s.", **told)
    if not seen.acts or not row.action:
        return gettext("%(name)s picked it up, and looks again on %(day)s.", **told)
    action = gettext(words.ACTIONS[row.action])
    return gettext("%(name)s: %(action)s. Look again on %(day)s.", action=action, **told)


def _taps(seen: Seen, reader: CardReader) -> Taps | None:
    if not seen.eases:
        return None
    today = local_date(reader.now)
    did = seen.step_taken(reader.person_id, today)
    return Taps(
        fewer_places=reader.places > 0 and did != "fewer_places",
        pause=did != "pause",
        second_mentor=did != SECOND_MENTOR,
    )
