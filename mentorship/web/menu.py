"""The menu: where somebody may go, in groups, with what waits for them there apart from how much there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from sqlmodel import Session

from mentorship.web.request import SAFE, db, now, settings

Counts = Callable[[Session, Any, datetime], Mapping[str, int]]
"""The numbers of the menu for an actor, by name."""
Counted = tuple[datetime, Mapping[str, int]]
"""Numbers of the menu, and when they were counted."""
KEPT = "mentorship_menu_kept"
"""Where an app keeps the numbers of people."""
MOST_KEPT = 5_000
"""Of so many people the numbers are kept in this process."""
ACTED = "acted"
"""The cookie's name for when somebody last did something: numbers counted before are not theirs any more."""
MOST = 99
"""A larger number is not told: nobody works through it today."""


@dataclass(frozen=True)
class MenuItem:
    """A place to go: its address, icon, (untranslated) title, who may, the doors it stands for.

    The doors are names of blueprints, or of one door that stands elsewhere. `waits` and `total` name the numbers of
    what waits there, and of how much there is. `needs`: a number without which it is not there.
    """

    endpoint: str
    icon: str
    title: str
    shown: Callable[[Any], bool]
    covers: tuple[str, ...] = ()
    waits: str = ""
    total: str = ""
    needs: str = ""

    @property
    def nearness(self) -> int:
        """Tell how near the page asked for is: 2 the door itself or one named, 1 of a room behind it, else 0."""
        if request.endpoint == self.endpoint or request.endpoint in self.covers:
            return 2
        return int(request.blueprint in self.covers)


@dataclass(frozen=True)
class MenuGroup:
    """Some places that belong together, under a (untranslated) title."""

    title: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True)
class Menu:
    """The menu of who works at a desk, and the few places of everybody else."""

    desk: tuple[MenuGroup, ...]
    own: MenuGroup
    has_desk: Callable[[Any], bool]
    counts: Counts

    def of(self, actor: Any) -> tuple[MenuGroup, ...]:
        """Return the groups for one actor."""
        if self.has_desk(actor):
            return self.desk
        return (self.own,)


@dataclass(frozen=True)
class MenuLine:
    """A place as somebody sees it: `waits` for them, or `total` there is; 0 is not shown."""

    endpoint: str
    icon: str
    title: str
    here: bool
    waits: int
    total: int

    @property
    def more(self) -> bool:
        """Tell whether more waits than is counted."""
        return self.waits > MOST


@dataclass(frozen=True)
class MenuPart:
    """A group of lines under its title."""

    title: str
    lines: list[MenuLine]


def menu(actor: Any) -> list[MenuPart]:
    """Return the menu of one actor, counted once a page."""
    if "menu" not in g:
        g.menu = _counted(actor)
    found: list[MenuPart] = g.menu
    return found


def places(actor: Any) -> list[MenuItem]:
    """Return where one actor may go by the menu, uncounted."""
    whole: Menu = current_app.extensions["mentorship_menu"]
    found = []
    for group in whole.of(actor):
        found += [item for item in group.items if item.shown(actor)]
    return found


def _counted(actor: Any) -> list[MenuPart]:
    whole: Menu = current_app.extensions["mentorship_menu"]
    nearness = [item.nearness for item in places(actor)]
    nearest = max(nearness, default=0)
    numbers = _numbers(whole, actor, nearest)
    parts = []
    for group in whole.of(actor):
        lines = []
        for item in group.items:
            if item.shown(actor) and _stays(item, numbers, nearest):
                lines.append(_line(item, numbers, nearest))
        if lines:
            parts.append(MenuPart(group.title, lines))
    return parts


def _stays(item: MenuItem, numbers: Mapping[str, int], nearest: int) -> bool:
    """Tell whether a place stands in the menu now: one that goes by itself stays while somebody is there."""
    if not item.needs or numbers.get(item.needs, 0):
        return True
    return 0 < item.nearness == nearest


def _numbers(whole: Menu, actor: Any, nearest: int) -> Mapping[str, int]:
    """Return the numbers of the menu: of this moment at a place that shows what is counted, else of shortly before."""
    if "menu_numbers" in g:
        here: Mapping[str, int] = g.menu_numbers
        return here
    kept: dict[Any, Counted] = current_app.extensions[KEPT]
    found = kept.get(_whose(actor))
    shown_here = any(item.waits and 0 < item.nearness == nearest for item in places(actor))
    if found is not None and not shown_here and _holds(found[0]):
        return found[1]
    numbers = whole.counts(
        db(),
        actor,
        now(),
    )
    counted(actor, numbers)
    return numbers


def counted(actor: Any, numbers: Mapping[str, int]) -> None:
    """Take the numbers of the menu from a page that shows the same, which need not be counted twice."""
    kept: dict[Any, Counted] = current_app.extensions[KEPT]
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[_whose(actor)] = now(), numbers
    g.menu_numbers = numbers


def _whose(actor: Any) -> tuple[int, frozenset[str]]:
    return actor.person_id, actor.roles


def _holds(counted: datetime) -> bool:
    """Tell whether numbers are young enough, and were counted since this browser last did something."""
    age = now() - counted
    kept_for = timedelta(seconds=settings().menu_seconds)
    acted: float = session.get(ACTED, 0.0)
    return timedelta(0) <= age < kept_for and counted.timestamp() > acted


def _note_act(response: Response) -> Response:
    """Write down that something was done, so that no process of the service shows what it counted before."""
    if request.method not in SAFE and response.status_code < 400:
        session[ACTED] = now().timestamp()
    return response


def _line(item: MenuItem, numbers: Mapping[str, int], nearest: int) -> MenuLine:
    return MenuLine(
        endpoint=item.endpoint,
        icon=item.icon,
        title=item.title,
        here=0 < item.nearness == nearest,
        waits=numbers.get(item.waits, 0),
        total=numbers.get(item.total, 0),
    )


def few_places(actor: Any) -> bool:
    """Tell whether somebody has a few places rather than a menu: those stand at the thumb on a phone."""
    whole: Menu = current_app.extensions["mentorship_menu"]
    return not whole.has_desk(actor)


def place_here(parts: Sequence[MenuPart]) -> MenuLine | None:
    """Return the place that the page asked for belongs to, None when it belongs to none."""
    for part in parts:
        for line in part.lines:
            if line.here:
                return line
    return None


def init(app: Flask, whole: Menu) -> None:
    """Give templates the menu."""
    app.extensions["mentorship_menu"] = whole
    app.extensions[KEPT] = {}
    app.after_request(_note_act)
    app.jinja_env.globals.update(
        menu=menu,
        few_places=few_places,
        place_here=place_here,
        most_counted=MOST,
    )
