"""Doors: one roster, its days as squares to tap; shifts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, request, url_for

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext
from mentorship.matching import ALWAYS, Timetable
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles.rosters import days as roster_days
from mentorship.profiles.rosters import editing, patterns, queries, strip
from mentorship.profiles.rosters.days import STEP, Days
from mentorship.profiles.rosters.models import Roster
from mentorship.rounds.roster import draft as drafts
from mentorship.rounds.roster import shift_list, words
from mentorship.rounds.roster.asking import parting
from mentorship.rounds.roster.draft import Draft
from mentorship.rounds.roster.effects import Change
from mentorship.rounds.roster.forms import AboutForm, DaysForm, ShiftForm
from mentorship.web.confirm import confirm, confirmation
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("roster", __name__, url_prefix="/roster")

UNREADABLE = N_("Something in the address or the form was not as expected. Nothing was changed.")


@blueprint.get("/<id:roster_id>")
@guard.allow(access.KEEP_ROSTERS, of=patterns.roster_subject)
def show(roster_id: int) -> Page:
    """Show one roster with its days."""
    asked = request.args.get("first", "")
    first = int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    return _show(roster_id, first=first)


def _show(
    roster_id: int,
    draft: Draft | None = None,
    first: int = 0,
    wrong: Mistake = NOTHING_WRONG,
) -> Page:
    roster = db().get_one(Roster, roster_id)
    today = local_date(now())
    saved = editing.days_of(db(), roster)
    shown = draft or Draft(saved, first)
    users = patterns.roster_users(db(), today).get(roster_id, 0)
    pattern = patterns.patterns(db(), [roster_id])[roster_id]
    about = wrong.of("about")
    return render_form(
        "rounds/roster/show.html",
        wrong,
        roster=roster,
        heading=words.finding(roster, users),
        brief=words.brief(roster),
        ends_soon=words.ends_soon(roster, today),
        strip=strip.coming(Timetable(((ALWAYS, pattern),)), {}, today),
        **drafts.editor(roster, shown, patterns.shifts(db()).values()),
        unsaved=shown.days != saved,
        seen=shown.seen or roster_days.written(saved),
        about={**drafts.told(roster), **about.values},
        about_errors=about.errors,
        kinds=words.kinds(),
        removable=not queries.people_on(db(), [roster_id], today) and not roster.is_default,
    )


@blueprint.post("/<id:roster_id>/days")
@guard.allow(access.KEEP_ROSTERS, of=patterns.roster_subject)
def days(roster_id: int) -> Page:
    """Save the days of a roster, or show them again with a week repeated, more days, or other weeks."""
    fields = sent()
    try:
        form = DaysForm.read(_plain(fields))
        known = patterns.shifts(db()).keys()
        seen = _read(form.seen, known)
        draft = roster_days.with_set(_read(form.draft, known), _ticked(form.first, known))
    except MISTAKES as failure:
        return _show(roster_id, wrong=mistake(failure, fields))
    shown = Draft(draft, form.first or 0, form.rows(), form.seen)
    if form.do != "save":
        return _show(roster_id, drafts.changed(form.do, shown))

    here = url_for("roster.show", roster_id=roster_id)
    change = _setting(roster_id, draft, seen)
    try:
        asked = _ask(change, {roster_id}, form.again(draft), confirmed=form.confirmed, back=here)
        if asked is not None:
            return asked
        change()
    except MISTAKES as failure:
        return _show(roster_id, shown, wrong=mistake(failure, fields))
    return done(gettext("Saved."), "roster.show", roster_id=roster_id, first=form.first or 0, _anchor="days")


def _setting(roster_id: int, days: Days, seen: Days) -> Change:
    """Return what saves the days of a roster."""

    def change() -> None:
        editing.set_days(
            db(),
            guard.actor(),
            roster_id,
            days=days,
            seen=seen,
            now=now(),
        )

    return change


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are no squares."""
    return {name: value for name, value in fields.items() if not name.startswith("day-")}


def _read(line: str, known: Collection[int]) -> Days:
    try:
        return roster_days.read(line, known)
    except ValueError:
        raise Refused(UNREADABLE) from None


def _ticked(first: int | None, known: Collection[int]) -> dict[int, list[int]]:
    """Return the shifts that are ticked on each of the days that were shown."""
    if first is None:
        return {}
    by_text = {str(shift_id): shift_id for shift_id in known}
    found = {}
    for day in range(first, first + STEP):
        values = request.form.getlist(f"day-{day}")
        found[day] = [by_text[value] for value in values if value in by_text]
    return found


def _ask(
    change: Change,
    roster_ids: Collection[int],
    kept: Mapping[str, Any],
    *,
    confirmed: bool,
    back: str,
    everybody: bool = False,
) -> Page | None:
    """Return the page that says which duos a change parts; None where it parts none, or this was confirmed."""
    if confirmed:
        return None
    today = local_date(now())
    affected = None if everybody else queries.people_on(db(), roster_ids, today)
    asked = parting(db(), guard.actor(), affected, today, change)
    if asked is None:
        return None
    return confirm(confirmation(asked, request.path, back, {**kept, "confirmed": "true"}))


@blueprint.post("/<id:roster_id>")
@guard.allow(access.KEEP_ROSTERS, of=patterns.roster_subject)
def change(roster_id: int) -> Page:
    """Change what a roster is called, from when it counts, how long it is, and for whom."""
    fields = sent()
    try:
        form = AboutForm.read(fields)
        roster = db().get_one(Roster, roster_id)
        before = _read(form.seen, patterns.shifts(db()).keys())
        was_default = roster.is_default

        def carry_out() -> None:
            editing.change_roster(db(), guard.actor(), roster_id, form.wanted(), now())
            if form.length != len(before):
                after = roster_days.of_length(before, form.length)
                editing.set_days(db(), guard.actor(), roster_id, days=after, seen=before, now=now())

        asked = _ask(
            carry_out,
            {roster_id},
            fields,
            confirmed=form.confirmed,
            back=url_for("roster.show", roster_id=roster_id),
            everybody=form.is_default != was_default,
        )
        if asked is not None:
            return asked
        carry_out()
    except MISTAKES as failure:
        return _show(roster_id, wrong=mistake(failure, fields, "about"))
    return done(gettext("Saved."), "roster.show", roster_id=roster_id, _anchor="about")


@blueprint.post("/<id:roster_id>/remove")
@guard.allow(access.KEEP_ROSTERS, of=patterns.roster_subject)
def remove(roster_id: int) -> Page:
    """Remove a roster that nobody works by."""
    try:
        editing.remove_roster(db(), guard.actor(), roster_id, now())
    except MISTAKES as failure:
        return _show(roster_id, wrong=mistake(failure, {}))
    return done(gettext("Removed."), "rosters.index")


@blueprint.get("/shifts")
@guard.allow(access.KEEP_ROSTERS)
def shifts() -> Page:
    """List the shifts, each with its times to change."""
    return _shifts()


def _shifts(wrong: Mistake = NOTHING_WRONG) -> Page:
    used = patterns.used_by(db())
    rows = []
    for shift in drafts.in_order(patterns.shifts(db()).values()):
        rosters = used.get(id_of(shift), 0)
        about = wrong.of(str(shift.id))
        rows.append(shift_list.line(shift, rosters, about.errors, about.values))
    adding = wrong.of("added")
    return render_form(
        "rounds/roster/shifts.html",
        wrong,
        heading=words.shifts(len(rows)),
        rows=rows,
        added=adding,
        opened=bool(adding) or not rows or request.args.get("open") == "add",
    )


@blueprint.post("/shifts")
@guard.allow(access.KEEP_ROSTERS)
def add_shift() -> Page:
    """Add a shift, or a code that means free."""
    fields = sent()
    try:
        form = ShiftForm.read(fields)
        editing.add_shift(db(), guard.actor(), form.times(), now())
    except MISTAKES as failure:
        return _shifts(mistake(failure, fields, "added"))
    return done(gettext("Saved."), "roster.shifts")


@blueprint.post("/shifts/<id:shift_id>")
@guard.allow(access.KEEP_ROSTERS, of=patterns.shift_subject)
def change_shift(shift_id: int) -> Page:
    """Change a shift on every day that has it."""
    fields = sent()
    try:
        form = ShiftForm.read(fields)

        def carry_out() -> None:
            editing.change_shift(db(), guard.actor(), shift_id, form.times(), now())

        asked = _ask(
            carry_out,
            patterns.rosters_with(db(), shift_id),
            fields,
            confirmed=form.confirmed,
            back=url_for("roster.shifts"),
        )
        if asked is not None:
            return asked
        carry_out()
    except MISTAKES as failure:
        return _shifts(mistake(failure, fields, str(shift_id)))
    return done(gettext("Saved."), "roster.shifts", _anchor=f"shift-{shift_id}")


@blueprint.post("/shifts/<id:shift_id>/remove")
@guard.allow(access.KEEP_ROSTERS, of=patterns.shift_subject)
def remove_shift(shift_id: int) -> Page:
    """Remove a shift that no roster has."""
    try:
        editing.remove_shift(db(), guard.actor(), shift_id, now())
    except MISTAKES as failure:
        return _shifts(mistake(failure, {}, str(shift_id)))
    return done(gettext("Removed."), "roster.shifts")
