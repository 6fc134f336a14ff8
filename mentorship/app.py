"""The web application: every room's doors behind one gate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from mentorship import menu, migrations
from mentorship.base import secret_codes, undo
from mentorship.base.config import Settings, resource
from mentorship.base.db import make_engine
from mentorship.checkins import actions as check_in_actions
from mentorship.checkins import on_tablet, words
from mentorship.checkins import queries as check_in_queries
from mentorship.checkins import tasks as check_in_tasks
from mentorship.checkins.endings import undoing as endings_undoing
from mentorship.checkins.signals import actions as signal_actions
from mentorship.checkins.signals import handing
from mentorship.doors import DOORS
from mentorship.home.calendar import tasks as calendar_tasks
from mentorship.hr_import.upload import tasks as upload_tasks
from mentorship.insight import tasks as insight_tasks
from mentorship.insight.planning import tasks as planning_tasks
from mentorship.insight.week import tasks as week_tasks
from mentorship.leaving import actions as leaving_actions
from mentorship.mentor_requests import actions as mentor_request_actions
from mentorship.mentor_requests import tasks as mentor_request_tasks
from mentorship.mentorships import actions as mentorship_actions
from mentorship.mentorships import queries as mentorship_queries
from mentorship.mentorships.conversations import tasks as conversation_tasks
from mentorship.mentorships.goals import actions as goal_actions
from mentorship.mentorships.hours import tasks as hour_tasks
from mentorship.people import actions as people_actions
from mentorship.people import tasks as people_tasks
from mentorship.people.account import guard
from mentorship.people.account import tasks as account_tasks
from mentorship.people.joining import actions as joining_actions
from mentorship.people.joining import back as joining_back
from mentorship.people.sessions.guard import ELSEWHERE
from mentorship.people.single_sign_on import pages as single_sign_on
from mentorship.people.single_sign_out import pages as single_sign_out
from mentorship.privacy.notice import queries as notice_queries
from mentorship.privacy.papers import tasks as paper_tasks
from mentorship.privacy.requests import telling
from mentorship.profiles import queries as profile_queries
from mentorship.profiles import tasks as profile_tasks
from mentorship.profiles.domains import tasks as domain_tasks
from mentorship.profiles.rosters import tasks as roster_tasks
from mentorship.programme import queries as programme_settings
from mentorship.programme import tasks as programme_tasks
from mentorship.reminders import pages as reminders
from mentorship.reminders import tasks as reminder_tasks
from mentorship.reminders.managers import actions as manager_actions
from mentorship.reminders.messages import actions as message_actions
from mentorship.reminders.messages import tasks as message_tasks
from mentorship.reminders.proposals import actions as proposal_actions
from mentorship.rounds import tasks as round_tasks
from mentorship.rounds.announcing import answering
from mentorship.rounds.direct import actions as direct_actions
from mentorship.rounds.review import actions as review_actions
from mentorship.web import assets, compression, errors, headers, moved, page, request
from mentorship.web import menu as web_menu
from mentorship.web import undo as web_undo

INVERSES = (
    undo.put_back,
    people_actions.put_person_back,
    joining_actions.put_newcomer_back,
    joining_back.note_erased,
    goal_actions.put_goal_back,
    mentorship_actions.unsay,
    proposal_actions.unremind,
    manager_actions.unask,
    message_actions.unsend,
    signal_actions.put_signals_back,
    handing.give_back,
    people_actions.restore_roles,
    check_in_actions.reopen,
    endings_undoing.take_questions_back,
    mentor_request_actions.reopen,
    mentor_request_actions.take_back,
    review_actions.take_back,
    direct_actions.take_back,
    leaving_actions.put_day_back,
    answering.unsay,
)
"""The verbs that take others back."""


TASKS = (
    *mentor_request_tasks.TASKS,
    *hour_tasks.TASKS,
    *conversation_tasks.TASKS,
    *check_in_tasks.TASKS,
    *round_tasks.TASKS,
    *insight_tasks.TASKS,
    *week_tasks.TASKS,
    *planning_tasks.TASKS,
    *people_tasks.TASKS,
    *upload_tasks.TASKS,
    *profile_tasks.TASKS,
    *domain_tasks.TASKS,
    *roster_tasks.TASKS,
    *programme_tasks.TASKS,
    *paper_tasks.TASKS,
    *calendar_tasks.TASKS,
    *reminder_tasks.TASKS,
    *message_tasks.TASKS,
    *account_tasks.TASKS,
)
"""What search finds to do, in the order in which it is offered under an empty field."""


class InsecureSettingsError(Exception):
    """The settings may not serve in production; the message says which and why."""


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """Return the application; refuses insecure production settings."""
    found = settings.refusals()
    if found:
        raise InsecureSettingsError("\n".join(found))
    secret_codes.seal_by(settings.secret_keys)
    app = Flask(
        "mentorship",
        static_folder=str(resource("static")),
        template_folder=str(resource("templates")),
    )
    app.extensions["mentorship_settings"] = settings
    app.extensions["mentorship_engine"] = engine or make_engine(settings.database_url)
    _configure(app, settings)
    headers.init(app, https=settings.secure_cookies)
    compression.init(app)
    assets.init(app)
    request.init(app)
    _mask_tokens(app)
    guard.init(app)
    errors.init(app)
    page.init(app)
    web_menu.init(app, menu.MENU)
    _tell(app)
    app.extensions["mentorship_tasks"] = TASKS
    moved.init(app)
    app.extensions[ELSEWHERE] = single_sign_on.confirm
    web_undo.init(app, INVERSES, guard.actor_or_none)
    for door in DOORS:
        app.register_blueprint(door)
    return app


def _mask_tokens(app: Flask) -> None:
    """Want the token of a page with every form, but for two that no page of ours holds."""
    tokens = compression.MaskedTokens(app)
    # the signed link stands for the token: mail programs know no page
    tokens.exempt(reminders.do_unsubscribe)
    # no browser sends this but the provider, which signs it
    tokens.exempt(single_sign_out.by_provider)


def _tell(app: Flask) -> None:
    """Give templates and doors what the programme says of itself."""

    def organisation() -> str:
        return programme_settings.programme(request.db()).organisation

    app.extensions["mentorship_organisation"] = organisation
    app.extensions["mentorship_notice"] = notice_queries.told
    app.extensions["mentorship_data_asked"] = telling.desk
    app.extensions["mentorship_schema"] = migrations.state
    app.extensions["mentorship_keeps"] = keeps_anything
    app.extensions["mentorship_keepers"] = keepers
    app.extensions["mentorship_waits"] = on_tablet.waits
    app.extensions["mentorship_away_now"] = handing.of_owner
    app.extensions["mentorship_partners"] = mentorship_queries.partners
    app.jinja_env.globals.update(
        whom_to_ask=lambda: programme_settings.whom_to_ask(request.db()),
        organisation=organisation,
        never_used=words.never_used,
    )


def keepers(session: Session, ids: Collection[int]) -> set[int]:
    """Return who of these keeps what nobody else may read: answers and notes of check-ins, a plan, wishes."""
    answered = check_in_queries.who_answered(session, ids)
    return answered | profile_queries.who_plans(session, ids) | profile_queries.who_wishes(session, ids)


def keeps_anything(session: Session, person_id: int) -> bool:
    """Tell whether somebody keeps what nobody else may read."""
    return bool(keepers(session, [person_id]))


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SECRET_KEY_FALLBACKS=settings.secret_keys[1:],
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 2**20,
        MAX_FORM_MEMORY_SIZE=2 * 2**20,
        MAX_FORM_PARTS=20_000,
        TRUSTED_HOSTS=settings.trusted_hosts or None,
        SESSION_COOKIE_NAME="__Host-leermaat" if settings.secure_cookies else "leermaat",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_HEADERS=[],  # only in the form: what is sent as anything else can never pass for an empty form
        WTF_CSRF_SSL_STRICT=settings.secure_cookies,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 4)  # type: ignore[method-assign]
