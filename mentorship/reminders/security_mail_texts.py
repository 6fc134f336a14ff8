"""What the mails tell about an account: that something happened to it, so that who did not do that notices."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import N_, gettext, moment
from mentorship.base.outbox import OutboxRow
from mentorship.checkins import queries as check_ins
from mentorship.checkins.models import CheckIn
from mentorship.checkins.slips import queries as slips
from mentorship.checkins.slips import words as slip_words
from mentorship.people.account import words as account_words
from mentorship.people.addresses.actions import changed_by
from mentorship.people.models import Account, Person
from mentorship.people.second_factor.actions import OFF, ON, RESET, USED_PAPER
from mentorship.people.tablet import words as tablet_words
from mentorship.people.tablet.models import TabletCard
from mentorship.programme.queries import whom_to_ask
from mentorship.reminders.mail_texts import Told

SUBJECTS = {
    ON: N_("Your second factor is on"),
    OFF: N_("Your second factor is off"),
    RESET: N_("Your second factor was taken away"),
    USED_PAPER: N_("A recovery code of yours was used"),
}
SENTENCES = {
    ON: N_("From now on we ask a code of your app after your password."),
    OFF: N_("From now on your password alone is enough to sign in."),
    RESET: N_("An admin did that, because your app and recovery codes were gone. Set up a new one."),
    USED_PAPER: N_("That code works no more. Are few left? Then make new ones."),
}


def second_factor(_session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell what happened to somebody's second factor; the row says what, and when."""
    what, _, _ = row.about.partition(" ")
    return {
        "subject": gettext(SUBJECTS[what]),
        "link": "/second-step/set-up",
        "button": gettext("See my second factor"),
        "sentences": [
            gettext(SENTENCES[what]),
            gettext("Was this not you? Change your password at once, and tell your coordinator."),
        ],
    }


def signed_out(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell that an administrator ended all sessions of somebody; the row says who, and when."""
    by, _, _ = row.about.partition(" ")
    return {
        "subject": gettext("You were signed out everywhere"),
        "link": "/account",
        "button": gettext("See where I am signed in"),
        "sentences": [
            account_words.signed_out(session.get(Person, int(by)), row.created_at),
            gettext("Your answers and notes were not seen by that. Your calendar app needs a new address."),
            _whom_to_tell(session),
        ],
    }


def by_provider(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell somebody who had an account that it is opened by the organisation's provider from now on."""
    return {
        "subject": gettext("Your account is opened by your organisation now"),
        "link": "/account",
        "button": gettext("See where I am signed in"),
        "sentences": [
            gettext(
                "Somebody came in as you on %(moment)s by way of your organisation's own sign-in, for the first time.",
                moment=moment(row.created_at),
            ),
            gettext("What you answered before is closed to them, unless we know the device."),
            *_of_password(session.get(Account, row.recipient_id)),
            _whom_to_tell(session),
        ],
    }


def _of_password(account: Account | None) -> list[str]:
    """Say that there is no password any more, where there is none."""
    if account is None or account.password_hash:
        return []
    return [gettext("A password opens your account no more.")]


def break_glass(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell an admin who signed in with a password where all come by the provider."""
    person_id, _, _ = row.about.partition(" ")
    person = session.get(Person, int(person_id))
    return {
        "subject": gettext("The account for emergencies was used"),
        "link": "/people",
        "button": gettext("To the people"),
        "sentences": [
            gettext(
                "%(name)s gave a right password on %(moment)s, and so came past your organisation's own sign-in.",
                name=person.name if person else gettext("somebody who left"),
                moment=moment(row.created_at),
            ),
            gettext("Was that not meant? End their sessions, and change the password."),
        ],
    }


def address_changed(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell the address that somebody had that they have another one now, or none; not which."""
    changer = session.get(Person, changed_by(row.about))
    when = moment(row.created_at)
    told = gettext("The files of HR changed your e-mail address in Leermaat on %(moment)s.", moment=when)
    if changer is not None:
        told = gettext(
            "%(name)s changed your e-mail address in Leermaat on %(moment)s.",
            name=changer.name,
            moment=when,
        )
    return {
        "subject": gettext("Your e-mail address was changed"),
        "link": "/account",
        "button": gettext("See where I am signed in"),
        "sentences": [
            told,
            gettext("From now on we send nothing to this address."),
            _whom_to_tell(session),
        ],
    }


def _whom_to_tell(session: Session) -> str:
    contact = whom_to_ask(session)
    if contact is None:
        return gettext("Is this not right? Tell the coordinator of your company at once.")
    return gettext(
        "Is this not right? Tell %(whom)s at once.",
        whom=" · ".join(filter(None, [contact.name, contact.reach])),
    )


def by_slip(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell somebody that their check-in came in by a slip, unless they saw to it meanwhile."""
    check_in_id, _, _ = row.about.partition(" ")
    found = session.get(CheckIn, int(check_in_id))
    maker = slips.maker(session, found) if found else None
    if found is None or maker is None or found.slip_seen_at is not None:
        return None
    other = check_ins.other_side(session, found)
    return {
        "subject": gettext("Your check-in came in by a slip"),
        "link": f"/checkins/{found.id}",
        "button": gettext("Look at my check-in"),
        "sentences": [
            gettext("It is the check-in about %(name)s.", name=other.name),
            slip_words.came_in(found, maker),
            gettext("Was this not you? You can withdraw it. Then the answers are gone."),
        ],
    }


def card_made(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell that somebody made a card for the shared tablet, unless it was replaced or revoked meanwhile."""
    card = session.get(TabletCard, row.recipient_id)
    if card is None or card.secret_hash is None or card.made_at is None or card.made_at.isoformat() != row.about:
        return None
    maker = session.get(Person, card.made_by_id)
    if maker is None:
        return None
    return {
        "subject": gettext("A card for the shared tablet was made for you"),
        "link": "/pin",
        "button": gettext("Choose my PIN"),
        "sentences": [
            tablet_words.card_made(maker, card),
            gettext("Who finds or keeps your card can do nothing with it without your PIN. Give that to nobody."),
        ],
    }
