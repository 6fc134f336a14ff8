"""Pages: render in the reader's language, with csrf, flashed messages, icons and a menu."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, redirect, render_template, request, url_for
from flask.templating import Environment
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from mentorship.base import i18n
from mentorship.base.i18n import gettext, ngettext
from mentorship.base.lists import PAGE_SIZE
from mentorship.web import qr, undo
from mentorship.web.mistakes import SUMMARY_PLACE, Mistake, mention, unplaced, with_summary, wrong_fields
from mentorship.web.request import now, settings

Page = BaseResponse | str | tuple[str, int]
LANGUAGES = {"nl": "Nederlands", "en": "English"}
THEME = "theme"
"""The cookie that holds light or dark, chosen on this device; read by theme.js too. Over https bound to this host."""
SCREEN = "screen"
FROM_PAGE = "from_page"
"""The hidden field of every form that holds the address of the page it stands on."""
UNSENT = "#unsent"
"""Behind an address: what was typed there did not arrive, and the browser fills it in again (kept.js)."""
LONGEST_SEARCH = 100
OWN_PATH = re.compile(r"/(?!/)[^\\\x00-\x20\x7f]*")  # browsers drop tabs and newlines, and read \ as /
LONGEST_PATH = 2000


def this_page() -> str:
    """Return the address to come back to after choosing a language; a page that answers a form has none."""
    if request.method != "GET":
        return ""
    return _asked_for()


def _asked_for() -> str:
    path = quote(request.path)
    query = request.query_string.decode("latin-1")
    return f"{path}?{query}" if query else path


def safe_next(target: str | None) -> str | None:
    """Return `target` only if it is a path of this service."""
    if not target or len(target) > LONGEST_PATH or not OWN_PATH.fullmatch(target):
        return None
    return target


def form_page() -> str:
    """Return the address of the page that its forms stand on, also when one is shown again; "" when unknown."""
    if request.method == "GET":
        return this_page()
    try:
        told = request.form.get(FROM_PAGE)
    except (HTTPException, OSError):  # what was sent cannot be read, or there is no room to keep it meanwhile
        return ""
    return safe_next(told) or ""


def searched() -> str:
    """Return what was typed to search by, without what nobody can type."""
    letters = filter(str.isprintable, request.args.get("q", "")[:LONGEST_SEARCH])
    return "".join(letters).strip()


def way_back() -> str:
    """Return where the form that was sent stands, to be filled in again there; "" when unknown."""
    if request.method == "GET" or not form_page():
        return ""
    return form_page() + UNSENT


def link_back() -> str:
    """Return the way back as a link on the answer to a form; "" when unknown.

    A browser loads nothing for a link to the address it is at, and a form often goes to the address of its page.
    """
    back = way_back()
    page = back.removesuffix(UNSENT)
    if page != _asked_for():
        return back
    empty = "&" if "?" in page else "?"
    return page + empty + UNSENT


def languages() -> list[tuple[str, str]]:
    """Return the languages to read in: the code of each, and what it calls itself."""
    return list(LANGUAGES.items())


def theme_cookie() -> str:
    """Return what that cookie is called."""
    return f"__Host-{THEME}" if settings().secure_cookies else THEME


def theme() -> str:
    """Return what the pages look like: chosen as light or dark, else as the screen says."""
    before = request.cookies.get(THEME, "")
    chosen = request.cookies.get(theme_cookie(), before)
    return chosen if chosen in ("light", "dark") else SCREEN


def turned_to(page: int, endpoint: str) -> str:
    """Return the address of another page of the list shown, with the same view; `endpoint` where that is not this."""
    view: dict[str, Any] = {}
    for name, value in request.args.items():
        if name != "endpoint" and not name.startswith("_"):  # those say how an address is made, and are ours alone
            view[name] = value
    view["page"] = page
    if endpoint:
        return url_for(endpoint, **view)
    here = request.view_args or {}
    return url_for(request.endpoint or "", **(view | here))


def render(template: str, status: int = 200, **context: Any) -> Page:
    """Render `template`; a status other than 200 goes with the page."""
    page = render_template(template, **context)
    if status == 200:
        return page
    return page, status


def render_form(template: str, wrong: Mistake, **context: Any) -> Page:
    """Render a page with forms; after a mistake with a sentence beside each wrong field and all that was typed.

    A page that fills its forms beforehand gives `values={**known, **wrong.values}`.
    """
    told = {
        "mistake": wrong,
        "errors": wrong.errors,
        "values": wrong.values,
        "about": wrong.about,
    }
    return render(template, wrong.status, **(told | context))


def done(message: str, endpoint: str, **values: Any) -> BaseResponse:
    """Say (translated) what happened, offer to undo it, and go on to a page, so that a reload repeats nothing.

    What can be undone is what the verbs of this request stated (`base.undo`).
    """
    undo.say(message)
    return redirect(url_for(endpoint, **values), 303)


def done_at(message: str, back: str, endpoint: str, **values: Any) -> BaseResponse:
    """Do the same, and go back to the page of ours that somebody came from; to `endpoint` where none is told."""
    came_from = safe_next(back)
    if came_from is None:
        return done(message, endpoint, **values)
    undo.say(message)
    return redirect(came_from, 303)


def sent(*lists: str) -> dict[str, Any]:
    """Return the form as sent, without what every form holds; the fields in `lists` as lists."""
    fields: dict[str, Any] = request.form.to_dict()
    fields.pop("csrf_token", None)
    fields.pop(FROM_PAGE, None)
    for name in lists:
        fields[name] = request.form.getlist(name)
    return fields


def download(content: bytes, filename: str, mimetype: str = "text/csv; charset=utf-8") -> Response:
    """Offer a file."""
    answer = Response(content, content_type=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def is_part() -> bool:
    """Tell whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


@dataclass(frozen=True)
class Paging:
    """One page of a longer list."""

    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        full, rest = divmod(self.total, self.size)
        return max(1, full + bool(rest))

    @property
    def before(self) -> int | None:
        """The page before this one, if any."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one, if any."""
        return self.page + 1 if self.page < self.pages else None

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.size


def paging(total: int, size: int = PAGE_SIZE) -> Paging:
    """Read the page wanted from the URL, kept within what there is."""
    wanted = request.args.get("page", "1")
    number = 1
    if wanted.isdecimal() and len(wanted) < 7:
        number = max(int(wanted), 1)
    first = Paging(1, size, total)
    number = min(number, first.pages)
    return Paging(number, size, total)


def options(rows: Sequence[Any]) -> list[tuple[int, str]]:
    """Turn rows with a name into the options of a select."""
    return [(row.id, row.name) for row in rows]


def choices(keys: Iterable[str], titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Turn keys into the options of a select, with their translated titles."""
    return [(key, gettext(titles[key])) for key in keys]


class Templates(Environment):
    """Templates whose globals stand in one dictionary: each import of a macro compares all their names."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template with its own."""
        return {**self.globals, **(d or {})}


def init(app: Flask) -> None:
    """Give templates their words, numbers and icons."""
    app.jinja_environment = Templates
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        day=i18n.day,
        short_day=i18n.short_day,
        long_day=i18n.long_day,
        short_weekday=i18n.short_weekday,
        moment=i18n.moment,
        time_of_day=i18n.time_of_day,
        decimal=i18n.decimal,
        integer=i18n.integer,
        percent=i18n.percent,
        joined=i18n.joined,
        options=options,
        choices=choices,
    )
    app.jinja_env.globals.update(
        _=gettext,
        ngettext=ngettext,
        weekday=i18n.weekday,
        locale=i18n.locale,
        form_page=form_page,
        mention=mention,
        summary_place=SUMMARY_PLACE,
        wrong_fields=wrong_fields,
        unplaced=unplaced,
        with_summary=with_summary,
        languages=languages,
        theme=theme,
        now=now,
        qr_of=qr.drawn,
        turned_to=turned_to,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
