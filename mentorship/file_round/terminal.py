"""How the command speaks with a terminal: numbers as people type them, and a bar per stage."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from math import isnan
from typing import Any

import click

from mentorship.base.i18n import gettext
from mentorship.file_round.outcome import Told


class Number(click.FloatRange):
    """A number with a point or a comma before its decimals."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number, refusing what is none and what is out of range."""
        text: Any = value.replace(",", ".") if isinstance(value, str) else value
        found = float(super().convert(text, param, ctx))
        if isnan(found):  # lies neither under nor above a bound
            self.fail(f"{value!r} is not a number.", param, ctx)
        return found


@contextmanager
def bars(stages: Mapping[str, str]) -> Iterator[Told]:
    """Give what draws a bar for each stage while somebody watches; in a pipe it draws nothing."""
    width = max(len(gettext(title)) for title in stages.values())
    with ExitStack() as shown:
        current: dict[str, Any] = {}

        def told(stage: str, share: float) -> None:
            if not sys.stderr.isatty():
                return
            if stage not in current:
                shown.close()  # ends the line of the stage before
                label = gettext(stages[stage]).ljust(width)
                current[stage] = shown.enter_context(click.progressbar(length=100, label=label, file=sys.stderr))
            if steps := round(100 * share) - current[stage].pos:
                current[stage].update(steps)

        yield told
