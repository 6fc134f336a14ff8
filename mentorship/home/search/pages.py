"""Door: search."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app

from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.base.tasks import Task
from mentorship.home.search.finding import Asked, find, open_to
from mentorship.home.search.rows import Group
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.menu import places
from mentorship.web.page import Page, is_part, render, searched
from mentorship.web.request import db, now

blueprint = Blueprint("search", __name__, url_prefix="/search")

IN_DIALOG, ON_PAGE = 4, 20
"""How many of each kind are shown."""


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show what fits a few words, of what the reader may see, as a page or as a part of the dialog."""
    text = searched()
    actor = guard.actor()
    part = is_part()
    tasks = current_app.extensions["mentorship_tasks"]
    pages = []
    for item in places(actor):
        page = Task(item.endpoint, item.icon, item.title)
        pages.append(page)
    asked = Asked(
        actor,
        now(),
        text,
        IN_DIALOG if part else ON_PAGE,
        tasks=open_to(actor, tasks, _opens),
        pages=pages,
    )
    groups = find(db(), asked)
    return render(
        "home/search/_found.html" if part else "home/search/index.html",
        groups=groups,
        text=text,
        said=_said(groups) if text else "",
    )


def _said(groups: Sequence[Group]) -> str:
    """Tell how much was found; where not all is shown, that it is more."""
    number = sum(group.number for group in groups)
    if any(group.more for group in groups):
        return gettext("More than %(many)s found", many=integer(number))
    return ngettext("%(num)s found", "%(num)s found", number)


def _opens(task: Task) -> bool:
    """Tell whether the door of a task opens to the reader, by the rule that the door itself states."""
    stands = guard.stated(current_app, task.endpoint)
    return stands is not None and stands[0].allows(guard.actor())
