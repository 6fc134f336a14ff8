"""Doors: the papers for who keeps them, as agreed for everybody here, and by a link for council and officer."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base import marks, pdf, security
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import LOCALES, N_, gettext, locale, ngettext
from mentorship.base.secret_codes import filled_in
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.privacy.papers import actions, queries, rules, shown, words
from mentorship.privacy.papers import guard as reader
from mentorship.privacy.papers.facts import Facts
from mentorship.privacy.papers.forms import AgreedForm, LinkForm, RevokeForm, SecretForm
from mentorship.privacy.papers.models import PaperVersion
from mentorship.privacy.papers.shown import Shown
from mentorship.privacy.papers.writing import written
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, done, download, render, render_form, sent
from mentorship.web.request import choose_locale, db, now, public_address, settings

blueprint = Blueprint("papers", __name__, url_prefix="/papers")
OPENS_NOTHING = N_("This link opens nothing any more: it is too old, or was withdrawn. Ask for a new one.")


def _facts() -> Facts:
    return queries.facts(db(), settings(), now())


def _asked_for() -> str:
    """Return which paper the address names, "" for none; one that does not exist leads nowhere."""
    kind = request.args.get("paper", "")
    if kind and kind not in rules.KINDS:
        abort(404)
    return kind


def _in_language() -> None:
    """Read in the language that the address names."""
    wanted = request.args.get("in", "")
    if wanted in LOCALES:
        choose_locale(wanted)


@blueprint.get("")
@guard.allow(access.KEEP_PAPERS)
def index() -> Page:
    """List the papers, or show one as the service would write it today."""
    _in_language()
    kind = _asked_for()
    return _paper(kind) if kind else _index()


def _read(paper: Shown, endpoint: str, trail: list[tuple[str, str]], wrong: Mistake, **more: object) -> Page:
    """Show a paper to read and print, or hand it over as PDF where that is asked for and can be made."""
    can_be_pdf = pdf.available()
    if can_be_pdf and request.args.get("as") == "pdf":
        made = pdf.printed(paper.content, locale())
        return download(made, f"leermaat-{paper.kind}-{locale()}.pdf", "application/pdf")
    address = url_for(endpoint, paper=paper.kind, version=more.get("version"))
    return render_form(
        "privacy/papers/show.html",
        wrong,
        paper=paper,
        address=address,
        trail=trail,
        pdf_address=f"{address}&in={locale()}&as=pdf" if can_be_pdf else "",
        **more,
    )


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    papers = shown.listed(_facts(), queries.agreed(db(), locale()))
    waiting = sum(paper.waits for paper in papers)
    heading = ngettext(
        "%(num)s paper says otherwise than what was agreed",
        "%(num)s papers say otherwise than what was agreed",
        waiting,
    )
    return render_form(
        "privacy/papers/index.html",
        wrong,
        papers=papers,
        heading=heading if waiting else gettext("The papers, written from the settings of today"),
        links=shown.link_lines(queries.links_out(db(), now())),
        readers=choices(rules.READERS, words.READERS),
        values={"days": rules.LINK_DAYS, **wrong.values},
    )


def _current(kind: str, known: PaperVersion | None) -> Shown:
    return shown.current(kind, queries.with_fairness(db(), _facts()), known)


def _paper(kind: str, wrong: Mistake = NOTHING_WRONG) -> Page:
    known = queries.agreed(db(), locale()).get(kind)
    return _read(
        _current(kind, known),
        "papers.index",
        [(gettext(words.PAPERS[kind]), "")],
        wrong,
        partners=choices(rules.AGREED_WITH, words.READERS),
    )


@blueprint.post("/agreed")
@guard.allow(access.KEEP_PAPERS, again=True)
def agree() -> Page:
    """Enter that a paper was agreed as it was read."""
    fields = sent()
    kind = str(fields.get("paper", ""))
    try:
        form = AgreedForm.read(fields)
        facts = queries.with_fairness(db(), _facts()).unnamed()
        contents = {language: written(form.paper, language, facts) for language in LOCALES}
        rules.check_same(form.seen, marks.digest(contents[locale()]))
        actions.agree(
            db(),
            guard.actor(),
            form.paper,
            contents,
            form.agreed_on,
            form.agreed_with,
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        if kind not in rules.KINDS:
            return _index(mistake(failure, {}))
        return _paper(kind, mistake(failure, fields))
    return done(gettext("The paper is kept as it was agreed."), "papers.index", paper=kind)


@blueprint.get("/agreed")
@guard.allow(access.SIGNED_IN)
def agreed() -> Page:
    """List the papers that were agreed, or show one as it was, the last time or another."""
    _in_language()
    kind = _asked_for()
    if not kind:
        return render("privacy/papers/agreed.html", papers=shown.agreed_ones(queries.agreed(db(), locale())))
    history = queries.history(db(), kind, locale())
    number = request.args.get("version", len(history), type=int)
    if not 1 <= number <= len(history):
        abort(404)
    return _read(
        shown.as_agreed(history[-number]),
        "papers.agreed",
        [(gettext("What was agreed about Leermaat"), url_for("papers.agreed"))],
        NOTHING_WRONG,
        version=number,
        versions=shown.versions(history),
    )


@blueprint.post("/links")
@guard.allow(access.KEEP_PAPERS, again=True)
def make_link() -> Page:
    """Make a link for who does not work here, and show it once."""
    fields = sent()
    try:
        form = LinkForm.read(fields)
        secret = actions.make_link(
            db(),
            guard.actor(),
            form.reader,
            form.days,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    page = public_address(url_for("papers.open_link"))
    return render(
        "privacy/papers/link.html",
        address=filled_in(page, code=secret),
        reader=gettext(words.READERS[form.reader]),
        until=rules.expires(now(), form.days),
    )


@blueprint.post("/links/revoke")
@guard.allow(access.KEEP_PAPERS)
def revoke_link() -> Page:
    """Take a link back."""
    try:
        form = RevokeForm.read(sent())
        actions.revoke_link(
            db(),
            guard.actor(),
            form.link_id,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, {}))
    return done(gettext("The link opens nothing any more."), "papers.index")


@blueprint.get("/open")
@guard.allow(access.PUBLIC)
def open_link() -> Page:
    """Show the button that a link leads to; its secret stands behind the `#`."""
    return render_form("privacy/papers/open.html", NOTHING_WRONG)


@blueprint.post("/open")
@guard.allow(access.PUBLIC)
def do_open() -> Page:
    """Open the papers by the secret of a link."""
    fields = sent()
    try:
        form = SecretForm.read(fields)
        link_id = actions.open_by_link(db(), form.code, now())
        if link_id is None:
            security.note("papers.refused")
            raise Refused(OPENS_NOTHING)
    except MISTAKES as failure:
        return render_form("privacy/papers/open.html", mistake(failure, fields))
    reader.remember(link_id)
    return redirect(url_for("papers.read"), 303)


@blueprint.get("/read")
@guard.allow(access.PUBLIC)
def read() -> Page | Response:
    """Show the papers, and nothing else, to who opened a link that still stands."""
    if not reader.reads_by_link():
        return redirect(url_for("papers.open_link"), 303)
    _in_language()
    known = queries.agreed(db(), locale())
    kind = _asked_for()
    if not kind:
        papers = shown.listed(_facts(), known)
        return render("privacy/papers/read.html", papers=papers)
    return _read(
        _current(kind, known.get(kind)),
        "papers.read",
        [(gettext("The papers of Leermaat"), url_for("papers.read"))],
        NOTHING_WRONG,
    )
