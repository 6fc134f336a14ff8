"""Commands on the files of an HR export: take one in, and match straight from one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.base.i18n import gettext
from mentorship.cli.opening import read_settings, ready, speaking
from mentorship.file_round import outcome as file_round
from mentorship.file_round import page as file_page
from mentorship.file_round import report as file_report
from mentorship.file_round.terminal import Number, bars
from mentorship.hr_import import sources
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.reading.mapping import Mapping, learned
from mentorship.hr_import.reading.questions import CHOICES
from mentorship.programme.models import Programme
from mentorship.rounds.gather import Terms

PROGRAMME = Programme()
"""The settings that a programme starts with."""


@click.command("import")
@click.argument("place", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--with-outflow", is_flag=True, help='Also take "Verwachte uitstroom"; the choice is logged.')
@click.option("--source", default="", help="Read the files as was settled for this source; keep the answers for it.")
@click.option("--answer", "answers", multiple=True, metavar="KEY=CHOICE", help="Answer a question of the report.")
@click.option("--leavers", type=click.Choice(["list", "take"]), default="list", help="Who is missing: list, or let go.")
@click.option("--confirm", is_flag=True, help="Although many would be set aside, or would leave.")
def import_(
    place: Path,
    dry_run: bool,
    as_json: bool,
    with_outflow: bool,
    source: str,
    answers: tuple[str, ...],
    leavers: str,
    confirm: bool,
) -> None:
    """Take in an HR export, a folder of files or a workbook: everything sound at once, or nothing.

    \b
    Examples:
      mentorship import export/ --dry-run
      mentorship import export/ --json > report.json
      mentorship import export.xlsx --source afas --answer zeros=same
      mentorship import export/ --leavers=take
    """
    given = _answered(answers)
    now = utc_now()
    with ready(read_settings()) as engine, open_session(engine) as session:
        settled = sources.kept(session, source) if source else Mapping()
        choices = Choices(
            learned(settled, answers=given),
            take_outflow=with_outflow,
            confirmed=confirm,
            all_leavers=leavers == "take",
            source=source,
        )
        report = import_directory(
            session,
            place,
            None,
            now,
            choices=choices,
        )
        if source and report.written:
            sources.keep(
                session,
                None,
                source,
                choices.settled,
                now,
            )
        if dry_run:
            session.rollback()
        else:
            session.commit()
        if as_json:
            _print_json(report.to_json())
        else:
            click.echo(report.to_text())
        if dry_run:
            click.echo(gettext("A dry run: nothing was written."), err=True)
    if not report.written:
        raise SystemExit(1)


def _answered(written: Iterable[str]) -> dict[str, str]:
    """Return answers by the key of their question."""
    answers = {}
    for one in written:
        key, equals, choice = one.rpartition("=")
        if not equals or choice not in CHOICES:
            raise click.BadParameter(f"{one}: KEY=CHOICE, as the report says", param_hint="--answer")
        answers[key] = choice
    return answers


def _print_json(found: object) -> None:
    written = json.dumps(found, ensure_ascii=False, indent=2)
    click.echo(written)


@click.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as one JSON document.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page for the coordinator: it names people.",
)
@click.option("--seed", default=0, show_default=True, help="Decides between equally good outcomes.")
@click.option("--floor", type=Number(0, 1), default=PROGRAMME.floor, show_default=True, help="No pair scores less.")
@click.option(
    "--spread",
    type=Number(0, 1),
    default=PROGRAMME.spread,
    show_default=True,
    help="What a mentor's second junior costs; the third costs twice that, and so on.",
)
@click.option(
    "--unmatched-cost",
    type=Number(0, 1000),
    help="What a request without a mentor costs; without this, as many as possible get one.",
)
@click.option("--with-outflow", is_flag=True, help='Also use "Verwachte uitstroom", for how urgent a domain is.')
def match(
    directory: Path,
    as_json: bool,
    report: Path | None,
    seed: int,
    floor: float,
    spread: float,
    unmatched_cost: float | None,
    with_outflow: bool,
) -> None:
    """Find the best pairs straight from the files of an HR export; no database is read or written.

    \b
    Examples:
      mentorship match export/
      mentorship match export/ --report round.html
      mentorship match export/ --json --floor 0.4 > round.json
      mentorship match export/ --unmatched-cost 0.5 --seed 7
    """
    terms = Terms(
        PROGRAMME.weights,
        floor,
        spread,
        unmatched_cost,
    )
    with speaking():
        if report:
            file_page.check_place(report)
        with bars(file_round.STAGES) as told:
            found = file_round.run(
                directory,
                terms,
                seed,
                told,
                take_outflow=with_outflow,
            )
        if report:
            page = file_page.to_html(found)
            file_page.write(report, page)
        if as_json:
            _print_json(found)
        else:
            click.echo(file_report.to_text(found))
        for line in file_report.talk(found, report):
            click.echo(line, err=True)
