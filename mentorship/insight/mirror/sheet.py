"""The mirror as rows of a sheet: everything that is seen on the page, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorship.base.i18n import N_, gettext
from mentorship.base.lists import Value
from mentorship.base.sheets import Head
from mentorship.disclosure import band
from mentorship.insight.mirror import words
from mentorship.insight.mirror.boxes import Groups, Read
from mentorship.insight.mirror.rows import Row
from mentorship.insight.mirror.sector import BY_AGE, OTHERS, Fact
from mentorship.pulse.figures import Share
from mentorship.pulse.words import GROUPS, statement

HEADS = (
    (N_("What"), False),
    (N_("Of whom"), False),
    (N_("Your figure"), True),
    (N_("Answers, at least"), False),
    (N_("Sector"), True),
    (N_("Of whom the sector's figure is"), False),
    (N_("Stands"), False),
)


def heads() -> list[Head]:
    """Return the heads of the columns."""
    return [Head(gettext(name), share=share) for name, share in HEADS]


def rows(made: Read) -> list[list[Value]]:
    """Return statements, ways of learning, groups, and the figures that are the sector's alone."""
    return [
        *_beside(made.statements),
        *_beside(made.ways),
        *_of_groups(made.groups),
        *_alone(),
    ]


def _beside(found: Sequence[Row]) -> Iterator[list[Value]]:
    for row in found:
        ours, answers = _ours(row.ours)
        theirs, of = _theirs(row.sector)
        everybody = gettext("The whole organisation")
        stands = words.tag(row) if row.ours and row.sector else ""
        yield [words.title(row), everybody, ours, answers, theirs, of, stands]


def _of_groups(groups: Groups) -> Iterator[list[Value]]:
    for question, shares in groups.items():
        for group, share in shares.items():
            ours, answers = _ours(share)
            yield [statement(question), gettext(GROUPS[group]), ours, answers, None, "", ""]


def _alone() -> Iterator[list[Value]]:
    for text, fact in (*OTHERS, *BY_AGE):
        theirs, of = _theirs(fact)
        yield [gettext(text), "", None, None, theirs, of, ""]


def _ours(share: Share | None) -> tuple[Value, Value]:
    if share is None:
        return gettext("not told"), None
    return share.share, band(share.answers)


def _theirs(fact: Fact | None) -> tuple[Value, str]:
    if fact is None:
        return None, ""
    return fact.percent / 100, words.base(fact)
