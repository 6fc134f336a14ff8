"""What stands before the doors where a provider vouches for people: does it still, and who gets in without it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app, flash, redirect, request, session, url_for
from flask_login import logout_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.config import Settings
from mentorship.base.db import id_of
from mentorship.base.errors import TooBusy
from mentorship.base.i18n import N_, gettext
from mentorship.people.access import Actor
from mentorship.people.identity_provider import actions, queries, rules
from mentorship.people.identity_provider.openid import Denied, Distrusted, Provider, Registration, provider
from mentorship.people.identity_provider.transport import Unreachable
from mentorship.people.models import Account, Person, SignIn
from mentorship.people.sessions import guard as sessions
from mentorship.web.page import render
from mentorship.web.request import apart, db, now, settings

CALLBACK = "/single-sign-on/callback"
LEAVING = "leaving"
"""Where the cookie holds which session just ended, of who goes on to sign out at the provider."""
LEAVING_LASTS = timedelta(minutes=5)
ASKING_TAKES = 5
"""Seconds after which the provider has answered, or could not."""
ASKING = N_("We are asking your organisation whether you are still signed in there. Try again in a few seconds.")


def is_offered() -> bool:
    """Tell whether one can sign in by a provider."""
    return bool(settings().oidc_issuer)


def the_provider() -> Provider:
    """Return the provider that the settings name."""
    return provider(registration(settings()))


def registration(found: Settings) -> Registration:
    """Return how the provider knows this service."""
    secret = found.oidc_client_secret
    return Registration(
        issuer=found.oidc_issuer,
        client_id=found.oidc_client_id,
        client_secret=secret.get_secret_value(),
        redirect_uri=found.link(CALLBACK),
        scopes=found.oidc_scopes,
        plain_logout=found.oidc_plain_logout,
    )


def leaving(found: Actor | None) -> Response | None:
    """Lead who signs out here on to the provider, to sign out there too; None for who signed in without it."""
    if found is None or found.vouched_at is None:
        return None
    session[LEAVING] = found.sign_in_id
    return redirect(url_for("single_sign_out.show"), 303)


def left_by(sign_in_id: object) -> str | None:
    """Return the token by which the provider knows the session that just ended here."""
    if not is_offered() or not isinstance(sign_in_id, int):
        return None
    found = queries.provider_session(db(), sign_in_id)
    begun = db().get(SignIn, sign_in_id)
    if found is None or begun is None or begun.ended_at is None:
        return None
    if now() - begun.ended_at > LEAVING_LASTS:
        return None
    return actions.hint(found, settings().secret_keys)


def going_on(template: str, address: str) -> Response:
    """Show a page that goes on to another by itself: what a form is sent to may not lead off to another host."""
    shown = render(template, onward=address, name=settings().oidc_button)
    answer = current_app.make_response(shown)
    answer.headers["Refresh"] = f"0; url={address}"
    return answer


def ways_in(*, wrong: bool) -> dict[str, object]:
    """Return what the page to sign in offers; the form for a password may be folded, or gone until asked for."""
    found = settings()
    stands = "gone" if found.oidc_required else "folded"
    if not is_offered() or wrong or "password" in request.args:
        stands = ""
    return {
        "provider": found.oidc_button,
        "required": found.oidc_required,
        "form_stands": stands,
    }


def passes(number: str) -> bool:
    """Tell whether who has this number may sign in with a password or code of ours."""
    return not settings().oidc_required or is_break_glass(number)


def let_past(opened: Session, account: Account | None) -> Account | None:
    """Return an account only if its password may still open it."""
    if account is None or not passes(opened.get_one(Person, account.person_id).number):
        return None
    return account


def has_password(person_id: int) -> bool:
    """Tell whether somebody can sign in with a password; without a provider everybody does."""
    if not is_offered():
        return True
    account = let_past(db(), db().get(Account, person_id))
    return account is not None and bool(account.password_hash)


def note_password(opened: Session, person: Person) -> None:
    """Tell every admin when somebody gave a right password where all sign in by the provider."""
    if is_break_glass(person.number):
        actions.note_break_glass(opened, id_of(person), now())


def is_break_glass(number: str) -> bool:
    """Tell whether this is one of the numbers for when the provider is gone."""
    found = settings()
    return found.oidc_required and number in found.oidc_break_glass


def is_kept_out(found: Actor) -> bool:
    """Tell whether a session counts no more: of a password where all come by the provider, or of one that is gone."""
    if found.vouched_at is not None:
        return not is_offered()
    if not settings().oidc_required or found.tablet_id is not None:
        return False
    return not passes(db().get_one(Person, found.person_id).number)


def checked(found: Actor) -> Response | None:
    """Ask the provider now and then whether it still vouches for who is signed in; lead elsewhere if it does not.

    While it cannot be reached people go on for a while, and then are out.
    """
    sign_in_id = found.sign_in_id
    if found.vouched_at is None or sign_in_id is None or not rules.is_due(found.vouched_at, now()):
        return None
    wanted = sessions.wanted()
    try:
        return _asked(found, sign_in_id, wanted)
    except Denied:
        return out(sign_in_id, wanted, gettext("Your session at your organisation has ended, so it ended here too."))
    except (Unreachable, Distrusted) as failure:
        current_app.logger.warning("single sign-on: %s", failure)
        if not rules.is_over(found.vouched_at, now()):
            return None
    return out(sign_in_id, wanted, gettext("We cannot reach your organisation to check your session. Sign in again."))


def _asked(found: Actor, sign_in_id: int, wanted: str | None) -> Response | None:
    """Ask by the token it gave, or else by way of the browser; no transaction is open meanwhile.

    One request asks. The others go on, but where nobody vouched for so long that they have to wait for the answer.
    """
    keys = settings().secret_keys
    with apart() as opened:
        turn = actions.take_turn(opened, sign_in_id, now())
        if turn is None and found.vouched_at is not None and rules.is_over(found.vouched_at, now()):
            raise TooBusy(ASKING, ASKING_TAKES)
        if turn is None:
            return None
        subject, renewing = turn.subject, actions.renewing_token(turn, keys)
    if not renewing:
        return _by_browser(sign_in_id, wanted)
    next_one, claims = the_provider().renew(renewing, subject, now())
    with apart() as opened:
        actions.note_vouched(
            opened,
            sign_in_id,
            next_one,
            keys,
            now(),
        )
        _follow(opened, found.person_id, claims)
    return None


def _follow(opened: Session, person_id: int, claims: Mapping[str, Any]) -> None:
    """Give and take roles by the groups of this moment, from the next request on; a token that names none says none."""
    found = settings()
    if found.oidc_groups_claim not in claims:
        return
    groups = rules.governed_by(claims, found.oidc_groups_claim, found.oidc_group_roles)
    if groups is not None:
        actions.follow_groups(
            opened,
            person_id,
            groups,
            now(),
        )


def _by_browser(sign_in_id: int, wanted: str | None) -> Response:
    """Lead to the page from which the browser asks, if the provider is there; so is each request until it did."""
    the_provider().be_there(now())
    with apart() as opened:
        actions.give_turn_back(opened, sign_in_id)
    return sessions.led(url_for("single_sign_on.still", next=wanted))


def out(sign_in_id: int, wanted: str | None, why: str) -> Response:
    """End a session, and lead to where one signs in."""
    with apart() as opened:
        actions.end(opened, [sign_in_id], now())
    logout_user()
    session.clear()
    sessions.forget_here(sessions.OVER)
    flash(why, "info")
    return sessions.led(url_for("account.sign_in", next=wanted))
