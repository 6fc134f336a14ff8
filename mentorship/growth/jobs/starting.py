"""Job profiles to begin with, by trade: what such jobs usually ask, for a company to change. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, use_locale
from mentorship.profiles.domains.starting_lists import TRADES, NewDomain, listed

WITH_GUIDANCE, ALONE, EXPLAINS = 2, 3, 4


@dataclass(frozen=True)
class StartingJob:
    """A job as messages to translate, and the level it asks by the name of a domain of the starting lists."""

    name: str
    explanation: str
    levels: Mapping[str, int]


JOBS: dict[str, tuple[StartingJob, ...]] = {
    "installation": (
        StartingJob(
            N_("Heat pump service fitter"),
            N_("puts heat pumps in, starts them up and keeps them running"),
            {
                "Heating systems": ALONE,
                "Heat pumps": ALONE,
                "Cooling": ALONE,
                "Electrical installation": WITH_GUIDANCE,
                "Building automation": WITH_GUIDANCE,
            },
        ),
        StartingJob(
            N_("All-round fitter in homes"),
            N_("water, heating and ventilation in homes"),
            {
                "Sanitary and piping": ALONE,
                "Heating systems": ALONE,
                "Ventilation and air treatment": WITH_GUIDANCE,
                "Electrical installation": WITH_GUIDANCE,
            },
        ),
        StartingJob(
            N_("Electrician in utility buildings"),
            N_("power, control and fire safety in larger buildings"),
            {
                "Electrical installation": ALONE,
                "Building automation": ALONE,
                "Fire safety": WITH_GUIDANCE,
            },
        ),
    ),
    "maintenance": (
        StartingJob(
            N_("Maintenance mechanic"),
            N_("keeps machines running, by plan and when they stop"),
            {
                "Finding faults": ALONE,
                "Pneumatics": ALONE,
                "Hydraulics": ALONE,
                "Bearings and aligning": ALONE,
                "Welding": WITH_GUIDANCE,
            },
        ),
        StartingJob(
            N_("Electrical maintenance technician"),
            N_("drives, control and faults in what is electric"),
            {
                "Finding faults": ALONE,
                "Drives and motors": ALONE,
                "PLC programming": WITH_GUIDANCE,
                "Pneumatics": WITH_GUIDANCE,
            },
        ),
        StartingJob(
            N_("First mechanic"),
            N_("plans the work, and is asked when others are stuck"),
            {
                "Finding faults": EXPLAINS,
                "Planning maintenance": ALONE,
                "Hydraulics": ALONE,
                "Pneumatics": ALONE,
                "PLC programming": WITH_GUIDANCE,
            },
        ),
    ),
    "process": (
        StartingJob(
            N_("Operator outside"),
            N_("rounds, samples and the plant itself"),
            {
                "Pumps and compressors": ALONE,
                "Taking samples and quality": ALONE,
                "Safe work permits": ALONE,
                "Starting and stopping plants": WITH_GUIDANCE,
            },
        ),
        StartingJob(
            N_("Operator in the control room"),
            N_("runs the plant, and starts and stops it"),
            {
                "Process control": ALONE,
                "Starting and stopping plants": ALONE,
                "Steam and boilers": WITH_GUIDANCE,
                "Safe work permits": ALONE,
                "Taking samples and quality": ALONE,
            },
        ),
    ),
}
"""For each trade its jobs; the trades are those of the lists of domains."""


@dataclass(frozen=True)
class NewJob:
    """A job to add: its words in Dutch and in English, and the level it asks of each domain to add or to find."""

    name: str
    name_en: str
    explanation: str
    explanation_en: str
    levels: tuple[tuple[NewDomain, int], ...]


def of_trade(trade: str) -> Iterator[NewJob]:
    """Yield the jobs of a trade as they are added, the same whichever language they were chosen in."""
    by_message = {}
    for _title, domains in TRADES.values():
        for domain in domains:
            by_message[domain.name] = listed(domain)
    for job in JOBS[trade]:
        texts = []
        for message in (job.name, job.explanation):
            for language in ("nl", "en"):
                with use_locale(language):
                    texts.append(gettext(message))
        levels = [(by_message[name], level) for name, level in job.levels.items()]
        name, name_en, explanation, explanation_en = texts
        yield NewJob(
            name,
            name_en,
            explanation,
            explanation_en,
            tuple(levels),
        )
