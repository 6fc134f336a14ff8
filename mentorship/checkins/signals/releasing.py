"""What others see of somebody's own signal, and what they may let them see, in sentences drawn from who sees what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorship.base.i18n import day, gettext
from mentorship.checkins import findings
from mentorship.checkins.signals import words
from mentorship.checkins.signals.viewers import Seen, line_sees
from mentorship.mentorships.models import Mentorship
from mentorship.programme.rules import Visibility


@dataclass(frozen=True)
class Release:
    """What others see of one's own signal: as it is set up or was shown, and what showing it would add."""

    settled: str = ""
    offer: str = ""
    button: str = ""
    stands: str = ""
    back: bool = False


def release(seen: Seen, pair: Mentorship, managers: Visibility, reader_id: int, now: datetime) -> Release | None:
    """Say what others see of a signal of one's own, and what one may change about that; None where it is not."""
    if not seen.releasable:
        return None
    row = seen.row
    back = row.released_at is not None and row.released_by == reader_id
    if managers.chosen is None:
        return Release(back=back)
    told = {
        "name": gettext(words.SIGNALS[findings.TALK]),
        "kind": gettext(words.SHOWN_BY_AUTHOR[row.kind]),
    }
    sees = line_sees(seen, pair, managers, now)
    if row.released_at is not None:
        shown_on = day(row.released_at)
        return Release(stands=_stands(sees, {**told, "day": shown_on}), back=back)
    if not sees and line_sees(seen, pair, managers, now, if_shown=True):
        offer = gettext(
            "Your manager does not see this. If you show it, your manager sees “%(name)s”, the coordinator “%(kind)s”, "
            "and neither any answer.",
            **told,
        )
        return Release(offer=offer, button=gettext("Show this to my manager"))
    settled = gettext("Your manager does not see this: that is how the programme is set up.")
    if sees:
        settled = gettext(
            "Your manager sees “%(name)s”, and no answers: that is how the programme is set up.",
            **told,
        )
    offer = gettext("If you show it, the coordinator sees “%(kind)s”, and no answer.", **told)
    return Release(settled, offer, gettext("Show this to the coordinator"))


def _stands(sees: bool, told: dict[str, str]) -> str:
    """Say what is seen of a signal that was shown."""
    if sees:
        return gettext(
            "Shown on %(day)s: your manager sees “%(name)s”, the coordinator “%(kind)s”, and neither any answer.",
            **told,
        )
    return gettext(
        "Shown on %(day)s: the coordinator sees “%(kind)s”, and no answer. Your manager does not see this.",
        **told,
    )
