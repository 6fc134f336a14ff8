"""Doors: choose files, look at what they come to, choose, take them in once."""

from __future__ import annotations

from pathlib import PureWindowsPath
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext, ngettext
from mentorship.base.lists import Value
from mentorship.base.sheets import to_csv
from mentorship.hr_import import sources
from mentorship.hr_import.imports import queries as imports
from mentorship.hr_import.imports import words as import_words
from mentorship.hr_import.reading.files import Upload
from mentorship.hr_import.upload import actions, cards, mapping, queries, templates
from mentorship.hr_import.upload.chosen import STRANGE, Chosen
from mentorship.hr_import.upload.forms import SourceForm
from mentorship.hr_import.upload.models import READY, ImportDraft
from mentorship.hr_import.upload.sentences import Values, said
from mentorship.hr_import.writing.queries import shifts, site_ids
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import FROM_PAGE, Page, done, download, is_part, render, render_form, sent
from mentorship.web.request import db, now
from mentorship.web.undo import SUCCESS

blueprint = Blueprint("upload", __name__, url_prefix="/upload")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 150


@blueprint.get("")
@guard.allow(access.IMPORT)
def index() -> Page:
    """Ask for files, and show the imports there were."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = imports.last(db(), 5)
    return render_form(
        "hr_import/upload/index.html",
        wrong,
        drafts=_drafts(),
        sources=sources.names(db()),
        imports=import_words.rows(db(), found, now()),
        heading=import_words.heading(found),
    )


def _drafts() -> list[dict[str, Any]]:
    rows = []
    for draft in queries.drafts(db(), guard.actor().person_id, now()):
        names = queries.file_names(db(), id_of(draft))
        rows.append({"id": draft.id, "names": ", ".join(names), "at": draft.created_at})
    return rows


@blueprint.post("")
@guard.allow(access.IMPORT)
def add() -> Page:
    """Keep files that were chosen, and show what they come to."""
    fields = sent()
    try:
        form = SourceForm.read(fields)
        chosen = [_upload(one) for one in request.files.getlist("files") if one.filename]
        draft = actions.upload(
            db(),
            guard.actor(),
            chosen,
            form.source,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    return redirect(url_for("upload.show", draft_id=draft.id), 303)


def _upload(sent_file: FileStorage) -> Upload:
    name = PureWindowsPath(sent_file.filename or "").name
    printable = "".join(sign for sign in name if sign.isprintable())
    return Upload(printable[-LONGEST_NAME:], sent_file.stream.read())


@blueprint.get("/<id:draft_id>")
@guard.allow(access.OWN, of=queries.draft_subject)
def show(draft_id: int) -> Page:
    """Show what the files come to."""
    draft = queries.draft(db(), draft_id)
    if draft.state != READY:
        return render("hr_import/upload/working.html", **_working(draft))
    return _show(draft)


def _working(draft: ImportDraft) -> dict[str, Any]:
    return {
        "draft_id": draft.id,
        "names": queries.file_names(db(), id_of(draft)),
        "taking": draft.state == "taking",
    }


def _show(draft: ImportDraft, wrong: Mistake = NOTHING_WRONG) -> Page:
    shown = draft.preview
    names = queries.file_names(db(), id_of(draft))
    readable = "refused" not in shown
    found = _found(draft) if readable else {}
    return render_form(
        "hr_import/upload/show.html",
        wrong,
        draft=draft,
        names=", ".join(names),
        heading=cards.finding(shown),
        readable=readable,
        columns=mapping.columns(shown),
        words=_words(shown),
        choices=draft.choices,
        **found,
    )


def _words(shown: Values) -> list[mapping.MapRow]:
    shift_ids, _ = shifts(db())
    return mapping.words(
        shown,
        sites=list(site_ids(db())),
        shifts=list(shift_ids),
    )


def _found(draft: ImportDraft) -> dict[str, Any]:
    """Return what there is to see of files that can be read."""
    shown = draft.preview
    return {
        "bar": cards.bar(shown),
        "going": cards.going(shown),
        "in_one_go": cards.in_one_go(shown),
        "aside": shown["aside"],
        "questions": cards.questions(shown),
        "causes": cards.causes(shown),
        "conflicts": _conflicts(draft),
        "differences_count": shown["differences_count"],
        "overruled_count": len(shown.get("overruled", ())),
        "leavers": shown["leavers"],
        "ticked": draft.choices.get("leavers", ()),
        "moved": cards.moved(shown),
        "away": cards.away(shown),
        "to_confirm": cards.to_confirm(shown),
        "takes": cards.does_something(shown),
    }


def _conflicts(draft: ImportDraft) -> list[cards.Conflict]:
    coordinates = access.COORDINATE.allows(guard.actor())
    return cards.conflicts(draft.preview, all_kinds=coordinates)


@blueprint.get("/progress")
@guard.allow(access.IMPORT, polled=True)
def progress() -> Page | Response:
    """Tell whether files are still being read; when they are not, lead to what they came to."""
    asked = request.args.get("draft", "")
    for draft in queries.drafts(db(), guard.actor().person_id, now()):
        if str(draft.id) == asked:
            return _progress(draft)
    return _lead_to(url_for("imports.index"))  # it was taken over


def _progress(draft: ImportDraft) -> Page | Response:
    if draft.state != READY and is_part():
        return render("hr_import/upload/_progress.html", **_working(draft))
    return _lead_to(url_for("upload.show", draft_id=draft.id))


def _lead_to(url: str) -> Response:
    """Go somewhere else, also when only a part of a page was asked for."""
    if not is_part():
        return redirect(url, 303)
    answer = Response("")
    answer.headers["HX-Redirect"] = url
    return answer


def _chosen(draft_id: int) -> Chosen:
    """Return what was chosen; only over an edit that the page showed can the files win."""
    fields = []
    for name, values in request.form.lists():
        if name not in ("csrf_token", FROM_PAGE):
            fields += [(name, value) for value in values]
    chosen = Chosen.read(fields)
    offered = {one.choice for one in _conflicts(queries.draft(db(), draft_id))}
    if not offered.issuperset(chosen.file_wins):
        raise Refused(STRANGE)
    return chosen


@blueprint.post("/<id:draft_id>")
@guard.allow(access.OWN, of=queries.draft_subject)
def choose(draft_id: int) -> Page | Response:
    """Note what was chosen, and show what it comes to now."""
    try:
        actions.choose(
            db(),
            draft_id,
            _chosen(draft_id),
            now(),
        )
    except Refused as failure:
        return _again(draft_id, failure)
    return redirect(url_for("upload.show", draft_id=draft_id), 303)


def _again(draft_id: int, failure: Refused) -> Page:
    draft = queries.draft(db(), draft_id)
    if draft.state != READY:  # there is nothing to show of it yet
        raise failure
    return _show(draft, mistake(failure, {}))


@blueprint.post("/<id:draft_id>/take")
@guard.allow(access.OWN, of=queries.draft_subject, again=True)
def take(draft_id: int) -> Page | Response:
    """Take in what was shown; when that is not what it comes to any more, show it anew."""
    try:
        outcome = actions.ask_to_take(
            db(),
            draft_id,
            _chosen(draft_id),
            now(),
        )
    except Refused as failure:
        return _again(draft_id, failure)
    if outcome.taken is None:
        if outcome.why_not:
            flash(outcome.why_not, "warning")
        return redirect(url_for("upload.show", draft_id=draft_id), 303)
    rows = outcome.taken.summary["rows"] - outcome.taken.summary["aside"]
    told = ngettext("%(num)s row is taken over.", "%(num)s rows are taken over.", rows)
    flash(told, SUCCESS)  # without an offer to undo: what the import told the rooms is taken back with all of it
    return redirect(url_for("imports.index"), 303)


@blueprint.post("/<id:draft_id>/drop")
@guard.allow(access.OWN, of=queries.draft_subject)
def drop(draft_id: int) -> Response:
    """Delete files that were not taken in."""
    actions.drop(
        db(),
        guard.actor(),
        draft_id,
        now(),
    )
    return done(gettext("The files are deleted. Nothing was changed."), "upload.index")


@blueprint.get("/<id:draft_id>/aside.csv")
@guard.allow(access.OWN, of=queries.draft_subject, again=True)
def aside(draft_id: int) -> Response:
    """Offer the rows that stay out, each with its reason."""
    rows: list[list[Value]] = []
    for row in queries.aside(db(), draft_id):
        rows.append([row["source"], row["line"], row["key"], said(row["reason"])])
    head = [gettext("File"), gettext("Line"), gettext("Whom or what"), gettext("Why")]
    return download(to_csv(head, rows), gettext("rows-left-out.csv"))


@blueprint.get("/template.xlsx")
@guard.allow(access.IMPORT)
def template() -> Response:
    """Offer a workbook with examples, to fill in, in the language that was asked for."""
    language = "en" if request.args.get("language") == "en" else "nl"
    return download(templates.workbook(language), f"leermaat-{language}.xlsx", XLSX)
