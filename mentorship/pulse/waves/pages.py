"""Doors: the waves of the pulse, for the coordinator: plan one, cancel one, see how many took part."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.queries import lacking, programme
from mentorship.pulse import queries
from mentorship.pulse import words as pulse_words
from mentorship.pulse.models import BY_ROLE
from mentorship.pulse.waves import actions, words
from mentorship.pulse.waves.forms import WaveForm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("waves", __name__, url_prefix="/pulse/waves")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the waves, with a form to plan the next."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    lines = []
    for wave in queries.waves(db()):
        line = words.line(wave, queries.counted(db(), wave), today)
        lines.append(line)
    first, last = actions.suggested(today)
    known = {"opens_on": first.isoformat(), "closes_on": last.isoformat(), "grouping": BY_ROLE}
    return render_form(
        "pulse/waves/index.html",
        wrong,
        values={**known, **wrong.values},
        heading=words.heading(lines),
        lines=lines,
        asks=words.asks(queries.count_accounts(db(), today)),
        groupings=[(key, gettext(said)) for key, said in pulse_words.GROUPINGS.items()],
        lacking=bool(lacking(db())),
        council=not programme(db()).no_works_council,
        statements=[pulse_words.statement(key) for key in pulse_words.ASKED],
        least=pulse_words.least(),
        not_excluded=gettext(pulse_words.NOT_EXCLUDED),
    )


@blueprint.post("")
@guard.allow(access.COORDINATE)
def plan() -> Page:
    """Plan a wave."""
    fields = sent()
    try:
        form = WaveForm.read(fields)
        actions.plan(
            db(),
            guard.actor(),
            form.opens_on,
            form.closes_on,
            form.grouping,
            form.agreed_on,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    return done(gettext("Planned. Everybody is asked on the first day."), "waves.index")


@blueprint.post("/<id:wave_id>/cancel")
@guard.allow(access.COORDINATE, of=queries.wave_subject)
def cancel(wave_id: int) -> Page:
    """Cancel a wave that did not begin."""
    try:
        actions.cancel(db(), guard.actor(), wave_id, now())
    except MISTAKES as failure:
        return _index(mistake(failure, {}))
    return done(gettext("This pulse is cancelled."), "waves.index")
