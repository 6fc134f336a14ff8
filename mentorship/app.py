"""The web application: every room's doors behind one gate."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from mentorship.base.config import Settings, resource
from mentorship.base.db import make_engine
from mentorship.base.i18n import N_
from mentorship.checkins import code_pages as check_in_codes
from mentorship.checkins import duo_pages, settings_pages
from mentorship.checkins import ending_pages as endings
from mentorship.checkins import link_pages as check_in_links
from mentorship.checkins import pages as checkins
from mentorship.checkins import signal_pages as signals
from mentorship.home import calendar_pages as calendar
from mentorship.home import pages as home
from mentorship.insight import pages as insight
from mentorship.mentor_requests import pages as requests
from mentorship.mentorships import goal_pages as goals
from mentorship.mentorships import hours_pages as hours
from mentorship.mentorships import pages as mentorships
from mentorship.people import access, directory_pages, guard
from mentorship.people import pages as people
from mentorship.people.access import Actor
from mentorship.profiles import pages as profiles
from mentorship.profiles import setup_pages as setup
from mentorship.programme import pages as programme
from mentorship.reminders import pages as mail
from mentorship.rounds import pages as rounds
from mentorship.rounds import pair_pages
from mentorship.web import errors, headers, page, request
from mentorship.web.page import MenuItem

DOORS = (
    home.blueprint,
    calendar.blueprint,
    requests.blueprint,
    mentorships.blueprint,
    hours.blueprint,
    goals.blueprint,
    duo_pages.blueprint,
    settings_pages.blueprint,
    checkins.blueprint,
    endings.blueprint,
    check_in_links.blueprint,
    check_in_codes.blueprint,
    signals.blueprint,
    profiles.blueprint,
    insight.blueprint,
    rounds.blueprint,
    pair_pages.blueprint,
    directory_pages.blueprint,
    programme.blueprint,
    setup.blueprint,
    mail.blueprint,
    people.blueprint,
)


def _item(endpoint: str, icon: str, title: str, rule: access.Rule) -> MenuItem:
    def shown(actor: Actor | None) -> bool:
        return rule.allows(actor)

    return MenuItem(endpoint, icon, title, shown)


MENU = (
    _item("home.index", "layout-dashboard", N_("My page"), access.SIGNED_IN),
    _item("requests.mine", "help", N_("My request"), access.ASK),
    _item("mentorships.index", "heart-handshake", N_("My mentorships"), access.GUIDE),
    _item("signals.index", "bell", N_("Signals"), access.SEE_SIGNALS),
    _item("profiles.index", "user", N_("My profile"), access.SIGNED_IN),
    _item("insight.index", "scale", N_("Who carries what"), access.SEE_WORKLOAD),
    _item("rounds.index", "arrows-split-2", N_("Match rounds"), access.COORDINATE),
    _item("requests.index", "list-check", N_("Open requests"), access.COORDINATE),
    _item("directory.index", "users", N_("People"), access.SEE_PEOPLE),
    _item("setup.domains", "tools", N_("Domains"), access.COORDINATE),
    _item("setup.rosters", "calendar-event", N_("Rosters"), access.COORDINATE),
    _item("check_in_settings.index", "message-circle", N_("Check-ins"), access.COORDINATE),
    _item("programme.index", "settings", N_("Programme"), access.COORDINATE),
)


class InsecureSettingsError(Exception):
    """The settings may not serve in production; the message says which and why."""


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """Return the application; refuses insecure production settings."""
    found = settings.refusals()
    if found:
        raise InsecureSettingsError("\n".join(found))
    app = Flask(
        "mentorship",
        static_folder=str(resource("static")),
        template_folder=str(resource("templates")),
    )
    app.extensions["mentorship_settings"] = settings
    app.extensions["mentorship_engine"] = engine or make_engine(settings.database_url)
    _configure(app, settings)
    headers.init(app, https=settings.secure_cookies)
    request.init(app)
    CSRFProtect(app).exempt(mail.do_unsubscribe)  # the signed link stands for the token: mail programs know no page
    guard.init(app)
    errors.init(app)
    page.init(app, MENU)
    for door in DOORS:
        app.register_blueprint(door)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
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
