"""The menu: where somebody may go, in groups, with what waits for them there apart from how much there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g, request
from sqlmodel import Session

from mentorship.web.request import db, now

Counts = Callable[[Session, Any, datetime], Mapping[str, int]]
"""The numbers of the menu for an actor, by name; asked on every page, so it reads little."""
MOST = 99
"""A larger number is not told: nobody works through it today."""


@dataclass(frozen=True)
class MenuItem:
    """A place to go: its address, icon, (untranslated) title, who may, the doors it stands for.

    The doors are names of blueprints, or of one door that stands elsewhere. `waits` and `total` name the numbers of
    what waits there, and of how much there is.
    """

    endpoint: str
    icon: str
    title: str
    shown: Callable[[Any], bool]
    covers: tuple[str, ...] = ()
    waits: str = ""
    total: str = ""

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
    numbers = whole.counts(
        db(),
        actor,
        now(),
    )
    nearness = [item.nearness for item in places(actor)]
    nearest = max(nearness, default=0)
    parts = []
    for group in whole.of(actor):
        lines = []
        for item in group.items:
            if item.shown(actor):
                lines.append(_line(item, numbers, nearest))
        if lines:
            parts.append(MenuPart(group.title, lines))
    return parts


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
    app.jinja_env.globals.update(
        menu=menu,
        few_places=few_places,
        place_here=place_here,
        most_counted=MOST,
    )
