"""Doors of the console: accounts, codes, mail, and how the service stands. Nothing of answers is here."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from mentorship.base.durability import careless
from mentorship.base.i18n import gettext
from mentorship.operations.console import actions, queries, words
from mentorship.operations.console.in_force import in_force
from mentorship.operations.queries import health
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.privacy.purges import queries as purges
from mentorship.web import lists
from mentorship.web.page import Page, done, paging, render
from mentorship.web.request import db, engine, now, settings

blueprint = Blueprint("console", __name__, url_prefix="/console")
ACCOUNTS = lists.Doors("console.accounts", "console.accounts", "console.accounts")


@blueprint.get("")
@guard.allow(access.ADMINISTER)
def index() -> Page:
    """Show how the service stands: jobs, database, version, and the settings in force."""
    standing = health(db(), now(), backs_up=settings().backs_up)
    found, wanted = current_app.extensions["mentorship_schema"](engine())
    return render(
        "operations/console/index.html",
        finding=words.stands(standing),
        health=standing,
        jobs=words.JOBS,
        failed=words.FAILED,
        version=version("mentorship"),
        kind=engine().dialect.name,
        found=found,
        wanted=wanted,
        size=words.size(queries.size(db())),
        careless=", ".join(careless(db().connection())),
        settings=in_force(settings()),
        purges=purges.standings(db(), now()),
    )


@blueprint.get("/accounts")
@guard.allow(access.ADMINISTER)
def accounts() -> Page:
    """Show who has an account, when they were here last, and where they are signed in."""
    listing = words.accounts()
    view = lists.read(listing)
    turned = paging(queries.count(db(), view, now()))
    return render(
        "operations/console/accounts.html",
        list=lists.page(listing, view, turned, ACCOUNTS),
        found=queries.accounts(db(), view.rows(turned.offset, turned.size), now()),
    )


@blueprint.get("/codes")
@guard.allow(access.ADMINISTER)
def codes() -> Page:
    """Show which codes open an account: for whom, by whom, until when."""
    turned = paging(queries.count_codes(db(), now()))
    found = queries.codes(db(), now(), turned.offset, turned.size)
    ids = {code.person_id for code in found}
    ids.update(code.made_by_id for code in found if code.made_by_id)
    return render(
        "operations/console/codes.html",
        finding=words.codes_out(turned.total),
        codes=found,
        people=people.persons(db(), ids),
        paging=turned,
    )


@blueprint.post("/codes/<id:code_id>/revoke")
@guard.allow(access.ADMINISTER, of=queries.code_subject, again=True)
def revoke(code_id: int) -> Response:
    """Let a code open nothing any more."""
    actions.revoke(
        db(),
        guard.actor(),
        code_id,
        now(),
    )
    return done(gettext("The code opens nothing any more."), "console.codes")


@blueprint.get("/mail")
@guard.allow(access.ADMINISTER)
def mail() -> Page:
    """Show how mail stands, and which failed; never what stood in it."""
    turned = paging(queries.count_failed(db()))
    failed = queries.failed(db(), turned.offset, turned.size)
    return render(
        "operations/console/mail.html",
        finding=words.mail(turned.total),
        mail=health(db(), now()).mail,
        failed=failed,
        kinds={row.id: words.kind_of_mail(row.kind) for row in failed},
        people=people.persons(db(), {row.recipient_id for row in failed}),
        paging=turned,
    )


@blueprint.post("/mail/<id:mail_id>/retry")
@guard.allow(access.ADMINISTER, of=queries.mail_subject)
def retry(mail_id: int) -> Response:
    """Try a mail again."""
    actions.retry(
        db(),
        guard.actor(),
        mail_id,
        now(),
    )
    return done(gettext("The mail is tried again."), "console.mail")


@blueprint.post("/mail/<id:mail_id>/drop")
@guard.allow(access.ADMINISTER, of=queries.mail_subject)
def drop(mail_id: int) -> Response:
    """Give a mail up for good."""
    actions.drop(
        db(),
        guard.actor(),
        mail_id,
        now(),
    )
    return done(gettext("The mail is dropped."), "console.mail")
