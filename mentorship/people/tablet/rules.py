"""Pure decisions about shared tablets: their codes, cards and PINs, and how long somebody is signed in there."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from itertools import pairwise

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.secret_codes import digest, in_groups

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
CARD_LENGTH = 16
ENROL_LENGTH = 12
ENROL_LASTS = timedelta(hours=1)
"""So long the code of a new tablet can be opened on it."""
IDLE = timedelta(minutes=2)
"""So long after the last page somebody is signed in on a tablet, whatever its screen does."""
LONGEST = timedelta(minutes=10)
"""So long they are signed in there at most."""
SEEN_EVERY = timedelta(minutes=10)
MOST_WRONG = 10
"""So many wrong PINs in a row put a card to sleep."""
KEPT_AFTER_END = timedelta(days=60)
"""A tablet stays so long after it ended: sessions of it are listed meanwhile."""
DIGITS = 6
ON_KEYS = frozenset(
    {"147258", "258369", "369258", "258147", "159753", "753159", "147369", "789456", "456123", "123789"}
)
"""Ways over the keys of a phone or a cash machine that many people choose."""
LEAST_OF_NUMBER = 4
"""So many digits of a personnel number in a row give it away."""


def _random(length: int) -> str:
    letters = [secrets.choice(ALPHABET) for _ in range(length)]
    return "".join(letters)


def new_card() -> str:
    """Make the secret of a card, of 78 random bits, as it is printed."""
    return in_groups(_random(CARD_LENGTH), "-")


def new_enrolment() -> str:
    """Make the code that is opened once on a new tablet, of 58 random bits, as it is shown."""
    return in_groups(_random(ENROL_LENGTH), "-")


def new_token() -> str:
    """Make the secret that an enrolled tablet keeps."""
    return secrets.token_urlsafe(32)


def kept_of(typed: str) -> str:
    """Return what is kept of a code: as typed, or as the whole address that a scanner reads from a square."""
    _, _, behind = typed.rpartition("#")
    _, _, code = behind.rpartition("=")
    bare = filter(str.isalnum, code.upper())
    return digest("".join(bare))


def check_pin(pin: str, number: str) -> None:
    """Refuse a PIN that is among the first that anybody would try; `number` is the person's own."""
    if not re.fullmatch(f"[0-9]{{{DIGITS}}}", pin):
        raise Refused(N_("A PIN has six digits."), field="pin")
    if _repeats(pin) or _climbs(pin) or pin in ON_KEYS:
        raise Refused(N_("This PIN is easily guessed. Choose six digits without a pattern."), field="pin")
    if _tells(pin, "".join(filter(str.isdigit, number))):
        raise Refused(N_("Choose a PIN without your personnel number in it."), field="pin")


def _repeats(pin: str) -> bool:
    """Tell whether one, two or three digits return throughout, or each stands twice: 111111, 121212, 123123, 112233."""
    returns = any(pin == pin[:period] * (DIGITS // period) for period in (1, 2, 3))
    return returns or pin[::2] == pin[1::2]


def _climbs(pin: str) -> bool:
    """Tell whether the digits go up or down by the same each time, round the ends too: 123456, 890123, 975319."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1


def _tells(pin: str, number: str) -> bool:
    """Tell whether a PIN holds a personnel number, or so many of its digits in a row as give it away."""
    if len(number) < LEAST_OF_NUMBER:
        return bool(number) and pin == number.zfill(DIGITS)
    starts = range(len(number) - LEAST_OF_NUMBER + 1)
    return any(number[start : start + LEAST_OF_NUMBER] in pin for start in starts)


def ends_at(started_at: datetime, now: datetime) -> datetime:
    """Return when a session on a tablet ends by itself, if nothing happens after now."""
    return min(now + IDLE, started_at + LONGEST)
