"""What codes of the service mean that no page of its own says: kinds of mail, lists that are kept, rows of files."""

from __future__ import annotations

from mentorship.base import mail_kinds as mails
from mentorship.base.i18n import N_

_DUE = N_("a check-in of yours")
MAILS = {
    mails.PROPOSAL: N_("a proposal"),
    mails.ACCEPTED: N_("a pair that starts"),
    mails.STOPPED: N_("a proposal that does not go ahead"),
    mails.EXPIRED: N_("a proposal that lapsed"),
    mails.PROPOSAL_AGAIN: N_("a proposal that still waits"),
    mails.HOURS_AGAIN: N_("hours that wait to be confirmed"),
    mails.NOBODY: N_("a round that found nobody"),
    mails.WITHDRAWAL: N_("a proposal that was withdrawn"),
    mails.ANNOUNCED: N_("pairs that were announced"),
    mails.OBJECT_SOON: N_("a reminder of pairs that were announced"),
    mails.ACTED: N_("a pair that changes"),
    mails.ENDS_SOON: N_("whether a pair ends or goes on"),
    mails.CERTIFICATE: N_("a certificate that ends"),
    mails.MORE_TIME: N_("a junior who gets more time"),
    mails.MESSAGE: N_("a message of the coordinator"),
    mails.LEVEL: N_("a step in learning"),
    mails.HELP: N_("help that was asked"),
    mails.SIGNAL: N_("a signal"),
    mails.THANKS: N_("a word of thanks"),
    mails.LINE: N_("weekly overview"),
    mails.PLACE: N_("a place that you were asked for"),
    mails.QUESTION: N_("a quick question to you"),
    mails.QUESTION_SAID: N_("what became of a quick question"),
    mails.FREED: N_("a place that came free"),
    mails.LAST_DAY: N_("a last working day"),
    mails.LEAVES: N_("somebody who leaves"),
    mails.STAYS: N_("somebody who stays after all"),
    mails.HELPER_LEFT: N_("somebody who left and was asked for help"),
    mails.INVITATION: N_("an invitation"),
    mails.CODE_MADE: N_("a code for your account"),
    mails.CARD_MADE: N_("your card for the shared tablet"),
    mails.CONFIRM: N_("confirming that it is you"),
    mails.SECOND_FACTOR: N_("your second factor"),
    mails.SIGNED_OUT: N_("being signed out"),
    mails.ADDRESS: N_("your e-mail address"),
    mails.SLIP: N_("a slip for a check-in"),
    mails.PROVIDER: N_("signing in by the provider"),
    mails.BREAK_GLASS: N_("signing in past the provider"),
    mails.IMPORT: N_("files of HR"),
    mails.PRIVACY: N_("what you asked about your data"),
    mails.AWAY: N_("when you are not available"),
    mails.FILLED_IN: N_("what was filled in for you"),
    mails.CHECK_IN: _DUE,
    **dict.fromkeys(mails.REMINDERS, _DUE),
}
LISTS = {
    "accounts": N_("Accounts"),
    "certificates": N_("Certificates"),
    "knowledge": N_("Knowledge map"),
    "pairs": N_("Pairs"),
    "people": N_("People"),
    "requests": N_("Waiting list"),
    "rounds": N_("Match rounds"),
    "signals": N_("Signals"),
    "trail": N_("Audit log"),
    "workload": N_("Who carries what"),
}
FROM_FILES = {
    "comfort": N_("ways of learning that suit you"),
    "duo": N_("a pair"),
    "expertise": N_("what you can"),
    "person": N_("person"),
    "request": N_("mentor request"),
    "wish": N_("wish"),
}
