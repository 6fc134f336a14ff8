"""The kinds of mail, and the one list of which wait as long as what they tell of can be undone."""

from __future__ import annotations

from datetime import timedelta

PROPOSAL, ACCEPTED, STOPPED, EXPIRED = "proposal", "accepted", "refused", "expired"
PROPOSAL_AGAIN, WITHDRAWAL, NOBODY = "proposal-again", "withdrawn", "nobody"
ANNOUNCED, OBJECT_SOON = "announced", "object-soon"
LEVEL, HELP, SIGNAL, THANKS, LINE = "level", "help", "signal", "thanks", "line"
LAST_DAY, LEAVES, STAYS, HELPER_LEFT = "last-day", "leaves", "stays", "helper-left"
PLACE, FREED = "place-asked", "place-free"
HOURS_AGAIN = "hours-again"
CERTIFICATE = "certificate-ends"
PULSE, PULSE_AGAIN = "pulse", "pulse-again"
QUESTION, QUESTION_SAID = "question", "question-said"
INVITATION = "invitation"
CODE_MADE, CARD_MADE, CONFIRM = "code-made", "card-made", "confirm"
SECOND_FACTOR = "second-factor"
ACTED, ENDS_SOON, MORE_TIME = "acted", "ends-soon", "more-time"
MESSAGE = "message"
SIGNED_OUT = "signed-out"
ADDRESS = "address"
SLIP = "slip"
PROVIDER, BREAK_GLASS = "provider", "break-glass"
IMPORT = "import"
PRIVACY = "privacy"
AWAY = "away"
FILLED_IN = "filled-in"
CHECK_IN = "check-in"
REMINDERS = ("reminder-3", "reminder-7")

ABOUT_ACCOUNT = frozenset(
    {
        INVITATION,
        CODE_MADE,
        CARD_MADE,
        CONFIRM,
        SECOND_FACTOR,
        SIGNED_OUT,
        PROVIDER,
        BREAK_GLASS,
        ADDRESS,
        SLIP,
    },
)
"""How to sign in, and notices about who did so or could."""
AT_ONCE = ABOUT_ACCOUNT | {IMPORT, HELP, PRIVACY}
"""Go out at once: how to sign in, notices about one's account, requests for help, answers about one's data."""
SAID_ONCE = frozenset({INVITATION, CONFIRM, IMPORT})
"""Whose words are known only when they are asked for: a code of which a digest is kept, what an import came to."""
WAITING = frozenset(
    {
        PROPOSAL,
        ACCEPTED,
        STOPPED,
        EXPIRED,
        PROPOSAL_AGAIN,
        WITHDRAWAL,
        NOBODY,
        ANNOUNCED,
        OBJECT_SOON,
        ACTED,
        ENDS_SOON,
        CERTIFICATE,
        PULSE,
        PULSE_AGAIN,
        MORE_TIME,
        LEVEL,
        SIGNAL,
        THANKS,
        LINE,
        LAST_DAY,
        LEAVES,
        STAYS,
        HELPER_LEFT,
        AWAY,
        CHECK_IN,
        FILLED_IN,
        PLACE,
        FREED,
        HOURS_AGAIN,
        MESSAGE,
        QUESTION,
        QUESTION_SAID,
        *REMINDERS,
    },
)
"""Wait, so that undo is true: what was undone is never told."""
UNDO_LASTS = timedelta(minutes=10)
