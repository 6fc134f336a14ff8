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
        if isinstance(value, str):
            value = value.replace(",", ".")
        found = float(super().convert(value, param, ctx))
        if isnan(found):  # lies neither under nor above a bound
            self.fail(f"{value!r} is not a number.", param, ctx)
        return found


@contextmanager
def bars(stages: Mapping[str, str]) -> Iterator[Told]:
    """Give what draws a bar for each stage while somebody watches; in a pipe it draws nothing."""
    width = max(len(gettext(title)) for title in stages.values())
    with ExitStack() as shown:
        current: dict[str, Any] = {}

        def begun(stage: str) -> Any:
            shown.close()  # ends the line of the stage before
            title = gettext(stages[stage])
            bar: Any = click.progressbar(
                length=100,
                label=title.ljust(width),
                file=sys.stderr,
            )
            return shown.enter_context(bar)

        def told(stage: str, share: float) -> None:
            if not sys.stderr.isatty():
                return
            if stage not in current:
                current[stage] = begun(stage)
            bar = current[stage]
            steps = round(100 * share) - bar.pos
            if steps:
                bar.update(steps)

        yield told
