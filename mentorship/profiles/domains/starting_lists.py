"""Domains to tick from where a company has no list of its own: by trade, the usual ones first. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, use_locale


@dataclass(frozen=True)
class Listed:
    """A domain with a word of explanation, as messages to translate."""

    name: str
    explanation: str


TRADES: dict[str, tuple[str, tuple[Listed, ...]]] = {
    "installation": (
        N_("Installation"),
        (
            Listed(N_("Heating systems"), N_("boilers, radiators, floor heating")),
            Listed(N_("Heat pumps"), N_("warmth from air, soil or water")),
            Listed(N_("Ventilation and air treatment"), N_("fresh air in buildings, and its ducts")),
            Listed(N_("Cooling"), N_("cold rooms, air conditioning, refrigerants")),
            Listed(N_("Sanitary and piping"), N_("water, drains and gas in buildings")),
            Listed(N_("Electrical installation"), N_("cables, distribution boards, earthing")),
            Listed(N_("Building automation"), N_("what measures and controls a building")),
            Listed(N_("Fire safety"), N_("fire alarms, sprinklers, fire barriers")),
        ),
    ),
    "process": (
        N_("Process industry"),
        (
            Listed(N_("Process control"), N_("running a plant from the control room")),
            Listed(N_("Starting and stopping plants"), N_("in the right order, and safely")),
            Listed(N_("Pumps and compressors"), N_("what moves liquids and gases")),
            Listed(N_("Steam and boilers"), N_("making steam, and working safely with it")),
            Listed(N_("Taking samples and quality"), N_("measuring whether the product is right")),
            Listed(N_("Safe work permits"), N_("who may work where, and what comes first")),
        ),
    ),
    "maintenance": (
        N_("Maintenance"),
        (
            Listed(N_("Finding faults"), N_("from a symptom to its cause")),
            Listed(N_("Pneumatics"), N_("driving with compressed air")),
            Listed(N_("Hydraulics"), N_("driving with oil under pressure")),
            Listed(N_("PLC programming"), N_("what controls machines: reading and changing it")),
            Listed(N_("Drives and motors"), N_("electric motors, gears, frequency drives")),
            Listed(N_("Bearings and aligning"), N_("what turns, straight and without vibration")),
            Listed(N_("Welding"), N_("joining metal with heat")),
            Listed(N_("Planning maintenance"), N_("what is done when, before it breaks")),
        ),
    ),
    "engineering": (
        N_("Engineering"),
        (
            Listed(N_("Mechanical design"), N_("thinking out parts and machines")),
            Listed(N_("Electrical design"), N_("diagrams, panels and cables")),
            Listed(N_("Instrumentation"), N_("measuring pressure, flow, level and heat")),
            Listed(N_("Drawing and 3D models"), N_("what is to be made, on paper and on screen")),
            Listed(N_("Calculating strength"), N_("whether it holds")),
            Listed(N_("Leading projects"), N_("time, money and people of a project")),
            Listed(N_("Commissioning"), N_("testing what is new, and handing it over")),
        ),
    ),
}
"""For each trade its title and its domains."""


@dataclass(frozen=True)
class NewDomain:
    """A domain to add: its name and a word of explanation, in Dutch and, where wanted, in English."""

    name: str
    name_en: str = ""
    explanation: str = ""
    explanation_en: str = ""


def listed(domain: Listed) -> NewDomain:
    """Return a domain of the lists as it is added, the same whichever language it was ticked in."""
    texts = []
    for message in (domain.name, domain.explanation):
        for language in ("nl", "en"):
            with use_locale(language):
                texts.append(gettext(message))
    return NewDomain(*texts)


def by_name() -> dict[str, NewDomain]:
    """Return all domains of the lists by their names in Dutch."""
    found = {}
    for _title, domains in TRADES.values():
        for domain in map(listed, domains):
            found[domain.name] = domain
    return found
