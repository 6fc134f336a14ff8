"""Papers ready to be listed and read: what they say, what differs from what was agreed last, and when that was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base import marks
from mentorship.base.i18n import day, gettext, locale, ngettext
from mentorship.base.marks import Block, Change
from mentorship.privacy.papers import rules, words
from mentorship.privacy.papers.facts import Facts
from mentorship.privacy.papers.models import PaperLink, PaperVersion
from mentorship.privacy.papers.writing import written


@dataclass(frozen=True)
class Listed:
    """One paper in the list of them: how it stands, and whether it says otherwise than what was agreed."""

    kind: str
    title: str
    meaning: str
    told: str
    waits: bool = False


@dataclass(frozen=True)
class Shown:
    """One paper to read; `changes`: where it differs from what was agreed last, None where nothing ever was."""

    kind: str
    title: str
    told: str
    seen: str
    content: str
    blocks: Sequence[Block]
    changes: Sequence[Change] | None = None


def listed(facts: Facts, agreed: dict[str, PaperVersion]) -> list[Listed]:
    """Return every paper as it stands today."""
    found = []
    for kind in rules.KINDS:
        known = agreed.get(kind)
        changes = _since(known, written(kind, locale(), facts.unnamed()))
        paper = Listed(
            kind,
            gettext(words.PAPERS[kind]),
            gettext(words.MEANINGS[kind]),
            _told(known, changes),
            waits=bool(changes),
        )
        found.append(paper)
    return found


def agreed_ones(agreed: dict[str, PaperVersion]) -> list[Listed]:
    """Return the papers that were agreed."""
    found = []
    for kind in rules.KINDS:
        known = agreed.get(kind)
        if known is not None:
            title = gettext(words.PAPERS[kind])
            meaning = gettext(words.MEANINGS[kind])
            found.append(Listed(kind, title, meaning, _agreed(known)))
    return found


def current(kind: str, facts: Facts, known: PaperVersion | None) -> Shown:
    """Return a paper as the service would write it today."""
    content = written(kind, locale(), facts)
    to_agree = written(kind, locale(), facts.unnamed())
    changes = _since(known, to_agree)
    return Shown(
        kind,
        marks.title(content),
        _told(known, changes),
        marks.digest(to_agree),
        content,
        marks.blocks(content),
        changes,
    )


def _since(known: PaperVersion | None, to_agree: str) -> list[Change] | None:
    """Return what changed since a paper was agreed."""
    if known is None:
        return None
    return marks.difference(known.content, to_agree)


def as_agreed(version: PaperVersion) -> Shown:
    """Return a paper as it was agreed."""
    return Shown(
        version.kind,
        marks.title(version.content),
        _agreed(version),
        version.content_hash,
        version.content,
        marks.blocks(version.content),
    )


def _agreed(version: PaperVersion) -> str:
    return gettext(
        "Agreed with %(reader)s on %(day)s",
        reader=gettext(words.READERS[version.agreed_with]),
        day=day(version.agreed_on),
    )


def _told(known: PaperVersion | None, changes: Sequence[Change] | None) -> str:
    """Say whether a paper was agreed, and in how many places it differs since."""
    if known is None:
        return gettext("Not agreed yet")
    if not changes:
        return _agreed(known)
    differs = ngettext(
        "since then %(num)s passage differs",
        "since then %(num)s passages differ",
        len(changes),
    )
    return f"{_agreed(known)}; {differs}"


@dataclass(frozen=True)
class Version:
    """One time that a paper was agreed, in the list of all: its number, the oldest is 1."""

    number: int
    told: str


def versions(history: Sequence[PaperVersion]) -> list[Version]:
    """Return every time that a paper was agreed, the newest first."""
    newest = len(history)
    return [Version(newest - place, _agreed(version)) for place, version in enumerate(history)]


@dataclass(frozen=True)
class LinkLine:
    """A link that is out, as it is listed."""

    id: int
    reader: str
    told: str


def link_lines(links: Sequence[PaperLink]) -> list[LinkLine]:
    """Return the links that are out."""
    found = []
    for link in links:
        opened = gettext("not opened yet")
        if link.opened_at is not None:
            opened = gettext("last opened on %(day)s", day=day(link.opened_at))
        until = gettext("until %(day)s", day=day(link.expires_at))
        reader = gettext(words.READERS[link.reader])
        found.append(LinkLine(link.id or 0, reader, f"{until} · {opened}"))
    return found
