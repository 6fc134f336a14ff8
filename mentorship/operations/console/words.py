"""What the console says: jobs, kinds of mail, accounts."""

from __future__ import annotations

from math import ceil

from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.base.mail_kinds import ADDRESS, CARD_MADE, CODE_MADE, CONFIRM, INVITATION, SECOND_FACTOR, SIGNED_OUT
from mentorship.operations.console.queries import NO, YES
from mentorship.operations.queries import BACKUP, CHECK_INS, LEAVING, LEDGER, MAIL, PURGE, UPKEEP, Health

TEN_MB = 10 * 2**20
JOBS = {
    MAIL: N_("sending mail"),
    CHECK_INS: N_("asking check-ins"),
    UPKEEP: N_("upkeep of pairs"),
    PURGE: N_("deleting what is over its time"),
    LEAVING: N_("letting people leave"),
    BACKUP: N_("making a backup and looking into it"),
    LEDGER: N_("keeping the ledger beside the backups"),
}
FAILED = {
    "solve_rounds": N_("finding pairs in a round"),
    "read_exports": N_("reading an export"),
    "take_dropped_files": N_("taking in dropped files"),
    "let_leave": JOBS[LEAVING],
    "upkeep": JOBS[UPKEEP],
    "end_pairs": N_("ending pairs on their day"),
    "hand_signals_on": N_("handing signals on"),
    "hold_check_ins": JOBS[CHECK_INS],
    "send_mail": JOBS[MAIL],
    "purge_all": JOBS[PURGE],
    "look_for_free_places": N_("looking for places that came free"),
    "end_announcements": N_("publishing what was announced"),
    "publish_figures": N_("publishing figures of a quarter"),
    "keep_outcomes": N_("keeping the outcomes of a quarter"),
    "hold_pulse": N_("asking for the yearly pulse, and closing it"),
    "back_up": JOBS[BACKUP],
    "keep_ledger": JOBS[LEDGER],
}
"""The jobs of the timetable by the name under which one that failed is kept."""
OF_ACCOUNTS = {INVITATION, CODE_MADE, CARD_MADE, CONFIRM, SECOND_FACTOR, SIGNED_OUT, ADDRESS}


def kind_of_mail(kind: str) -> str:
    """Say what a mail is about, as far as an admin may know: of a pair no more than that it is of the programme."""
    if kind in OF_ACCOUNTS:
        return gettext("about the account")
    return gettext("about the programme")


def accounts() -> Listing:
    """Return the list of accounts."""
    answers = [(YES, gettext("yes")), (NO, gettext("no"))]
    return Listing(
        key="accounts",
        title=N_("Accounts"),
        columns=(
            Column("name", N_("Name"), fixed=True),
            Column("account", N_("Account")),
            Column("factor", N_("Second factor")),
            Column("seen", N_("Last seen")),
            Column("sessions", N_("Signed in"), number=True),
            Column("code", N_("Code")),
        ),
        filters=(
            Filter("account", gettext("Account"), answers, several=False),
            Filter("factor", gettext("Second factor"), answers, several=False),
            Filter("session", gettext("Signed in"), answers, several=False),
            Filter("code", gettext("Code"), answers, several=False),
        ),
        search=gettext("Name or personnel number"),
        sort="name",
    )


def codes_out(number: int) -> str:
    """Say how many codes open an account."""
    if not number:
        return gettext("No code opens an account now")
    return ngettext(
        "%(num)s code opens an account",
        "%(num)s codes open an account",
        number,
    )


def mail(failed: int) -> str:
    """Say whether mail failed."""
    if not failed:
        return gettext("No mail failed")
    return ngettext("%(num)s mail failed", "%(num)s mails failed", failed)


def stands(health: Health) -> str:
    """Say whether the service does its work."""
    if health.idle:
        return gettext("Something does not pass: look at the jobs")
    if health.late:
        return gettext("Mail has waited too long")
    return gettext("The service does its work")


def size(number: int) -> str:
    """Say about how large the database is: to the byte it would tell how much was answered."""
    tens = ceil(number / TEN_MB)
    return gettext("at most %(size)s MB", size=tens * 10)
