"""Doors: to the provider and back, and what the provider itself sends."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request, session, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base import security
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.people.closed.queries import is_closed
from mentorship.people.devices import guard as devices
from mentorship.people.identity_provider import actions as provided
from mentorship.people.identity_provider import guard as provider
from mentorship.people.identity_provider import queries, rules
from mentorship.people.identity_provider.openid import GONE, LEEWAY, Denied, Distrusted, Grant, new_asked
from mentorship.people.identity_provider.transport import Unreachable
from mentorship.people.second_factor import guard as second_factor
from mentorship.people.sessions import actions as sessions
from mentorship.people.single_sign_on import actions, ways
from mentorship.people.single_sign_on.actions import Terms, Unknown
from mentorship.people.single_sign_on.forms import BackForm
from mentorship.people.single_sign_on.ways import AGAIN, SIGN_IN, STILL, Way
from mentorship.web.page import Page, done, render, safe_next
from mentorship.web.request import apart, db, now, settings

blueprint = Blueprint("single_sign_on", __name__, url_prefix="/single-sign-on")

WAYS = "ways"
NOT_YOURS = N_("This did not begin in this browser, or took too long. Sign in again.")
NOT_AGAIN = N_("Your organisation did not ask you again. Sign out there, and try once more.")
NOT_TRUSTED = N_("Your organisation did not vouch for you, or what came from there was not right. Try once more.")
UNKNOWN = N_("Your organisation says who you are, but nobody here is known by that. Ask your coordinator.")
LATER = N_("Nothing is wrong with you. Try again in a few minutes.")
TOO_WEAK = N_("Your organisation did not check thoroughly enough that it is you. Ask the admin there.")
FAULTS = (Refused, Invalid, Denied, Distrusted, Unknown, Unreachable)


@blueprint.get("/start")
@guard.allow(access.PUBLIC)
def start() -> Page:
    """Lead to the provider, to sign in there; who was led here by another site presses the button first."""
    page = safe_next(request.args.get("next")) or ""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return redirect(url_for("account.sign_in", next=page or None), 303)
    return _led(SIGN_IN, page)


def confirm(me: Actor, page: str) -> Response | None:
    """Lead who signed in by the provider there, to confirm that it is them; None where they did not."""
    if me.vouched_at is None:
        return None
    return redirect(url_for("single_sign_on.again", next=page), 303)


@blueprint.get("/again")
@guard.allow(access.SIGNED_IN)
@second_factor.there_before
def again() -> Page:
    """Lead to the provider, to authenticate there anew, whatever it remembers."""
    return _led(
        AGAIN,
        safe_next(request.args.get("next")) or "",
        prompt="login",
        max_age="0",
    )


@blueprint.get("/still")
@guard.allow(access.PUBLIC)
def still() -> Page:
    """Go by a page of ours to the provider, that says whether the session there goes on; nobody has to do anything."""
    if not provider.is_offered():
        return redirect(url_for("account.sign_in"), 303)
    page = safe_next(request.args.get("next")) or ""
    return provider.going_on("people/single_sign_on/still.html", url_for("single_sign_on.ask_still", next=page))


@blueprint.get("/ask-still")
@guard.allow(access.PUBLIC)
def ask_still() -> Page:
    """Lead to the provider, that answers at once."""
    return _led(STILL, safe_next(request.args.get("next")) or "", prompt="none")


def _led(purpose: str, page: str, **more: str) -> Page:
    if not provider.is_offered():
        return redirect(url_for("account.sign_in"), 303)
    if settings().oidc_acr:
        more["acr_values"] = " ".join(settings().oidc_acr)
    way = Way(
        new_asked(),
        purpose,
        page,
        now(),
    )
    try:
        address = provider.the_provider().address(way.asked, now(), **more)
    except (Unreachable, Distrusted) as failure:
        return _failed(failure)
    known = [*ways.read(session.get(WAYS), now()), way]
    session[WAYS] = [one.kept() for one in known[-ways.AT_ONCE :]]
    return redirect(address, 303)


@blueprint.get("/callback")
@guard.allow(access.PUBLIC)
def callback() -> Page:
    """Come back from the provider; who merely opens the address is where one signs in."""
    if not provider.is_offered() or not request.args:
        return redirect(url_for("account.sign_in"), 303)
    try:
        form = BackForm.read({name: request.args.get(name, "") for name in BackForm.model_fields})
        way = _way(form)
        if form.error:
            return _denied(way, form.error)
        grant = provider.the_provider().redeem(form.code, way.asked, now())
        return _come_back(way, grant)
    except FAULTS as failure:
        return _failed(failure)


def _way(form: BackForm) -> Way:
    """Return the way by which somebody comes back, and use it up: nobody comes back by it again."""
    known = ways.read(session.get(WAYS), now())
    found = None
    for way in known:
        if way.asked.state == form.state:
            found = way
    if found is None or form.iss not in ("", settings().oidc_issuer):
        raise Refused(NOT_YOURS)
    session[WAYS] = [way.kept() for way in known if way is not found]
    with apart() as opened:
        provided.use_once(opened, f"state {form.state}", found.begun_at + ways.LASTS)
    return found


def _denied(way: Way, error: str) -> Page:
    """Say that the provider did not vouch for somebody; where it was asked in silence, end the session here too."""
    me = guard.actor_or_none()
    if way.purpose == STILL and me is not None and me.sign_in_id is not None:
        if error not in GONE:
            return redirect(way.page or url_for("home.index"), 303)
        return provider.out(
            me.sign_in_id,
            way.page,
            gettext("Your session at your organisation has ended, so it ended here too."),
        )
    raise Denied(error if error in GONE else "another word")


def _come_back(way: Way, grant: Grant) -> Page:
    if not rules.is_strong(grant.identity.claims, settings().oidc_acr):
        raise Refused(TOO_WEAK)
    if way.purpose == SIGN_IN:
        return _sign_in(way, grant)
    return _go_on(way, grant)


def _sign_in(way: Way, grant: Grant) -> Page:
    with apart() as opened:
        person, first = actions.admit(
            opened,
            grant.identity,
            _terms(),
            current_app.extensions["mentorship_keeps"],
            now(),
            devices.secret(),
        )
        opened.flush()
        token = guard.sign_in(opened, person)
        _vouch(opened, token, grant)
        guard.tell_of_code(opened, id_of(person))
        if first and is_closed(opened, id_of(person)):
            return done(gettext("What you kept before is closed, for you came in by another way."), "confirming.show")
        return guard.go_on(opened, person, way.page)


def _terms() -> Terms:
    found = settings()
    return Terms(
        found.oidc_person_claim,
        found.oidc_groups_claim,
        found.oidc_group_roles,
        lambda person: provider.is_break_glass(person.number),
    )


def _vouch(opened: Session, token: str, grant: Grant) -> None:
    opened.flush()
    provided.vouch(
        opened,
        token,
        grant.identity,
        {"id_token": grant.id_token, "refresh_token": grant.refresh_token},
        settings().secret_keys,
        now(),
    )


def _go_on(way: Way, grant: Grant) -> Page:
    """Go on in the session that was, if it is still the same person who came back."""
    me = guard.actor_or_none()
    known = queries.provider_session(db(), me.sign_in_id) if me else None
    if me is None or me.sign_in_id is None or known is None:
        raise Refused(NOT_YOURS)
    if known.subject != grant.identity.subject:
        return provider.out(me.sign_in_id, way.page, gettext("At your organisation somebody else is signed in now."))
    with apart() as opened:
        provided.note_vouched(
            opened,
            me.sign_in_id,
            grant.refresh_token,
            settings().secret_keys,
            now(),
        )
        provided.note_session(
            opened,
            me.sign_in_id,
            grant.identity.sid,
            grant.id_token,
            settings().secret_keys,
        )
        if way.purpose == AGAIN:
            _confirm(opened, way, grant, me.sign_in_id)
    return redirect(way.page or url_for("home.index"), 303)


def _confirm(opened: Session, way: Way, grant: Grant, sign_in_id: int) -> None:
    """Note that it is them, if they authenticated at the provider since they went there, and not some time before."""
    when = grant.identity.authenticated_at
    if when is None or when < way.begun_at - LEEWAY:
        raise Refused(NOT_AGAIN)
    sessions.confirm(opened, sign_in_id, now())


def _failed(failure: Exception) -> Page:
    """Say what to do; why is in the log, in words of ours. Of whom we let in nobody learns whether we know them."""
    told = str(failure) if isinstance(failure, Unknown | Denied | Distrusted | Unreachable) else type(failure).__name__
    security.note("provider.refused", kind=type(failure).__name__)
    current_app.logger.warning("single sign-on: %s: %s", type(failure).__name__, told)
    if isinstance(failure, Unreachable):
        return _told(503, gettext("Your organisation cannot be reached"), gettext(LATER))
    if isinstance(failure, Unknown):
        return _told(403, gettext("We do not know you here"), gettext(UNKNOWN))
    if isinstance(failure, Refused):
        return _told(422, gettext("You are not signed in"), str(failure))
    return _told(422, gettext("You are not signed in"), gettext(NOT_TRUSTED))


def _told(status: int, title: str, text: str) -> Page:
    return render(
        "people/single_sign_on/failed.html",
        status,
        title=title,
        text=text,
    )


@blueprint.post("/people/<id:person_id>/unlink")
@guard.allow(access.ADMINISTER, of=people.person_subject, again=True)
def unlink(person_id: int) -> Response:
    """Let the next one whom the provider names so open the account: for who got another account there."""
    provided.unlink(db(), guard.actor(), person_id, now())
    return done(gettext("The next sign-in by your organisation is linked anew."), "person.show", person_id=person_id)
