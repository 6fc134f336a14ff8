"""Domains to tick from where a company has no list of its own: by trade, the usual ones first. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_

TRADES: dict[str, tuple[str, tuple[str, ...]]] = {
    "installation": (
        N_("Installation"),
        (
            N_("Heating systems"),
            N_("Heat pumps"),
            N_("Ventilation and air treatment"),
            N_("Cooling"),
            N_("Sanitary and piping"),
            N_("Electrical installation"),
            N_("Building automation"),
            N_("Fire safety"),
        ),
    ),
    "process": (
        N_("Process industry"),
        (
            N_("Process control"),
            N_("Starting and stopping plants"),
            N_("Pumps and compressors"),
            N_("Steam and boilers"),
            N_("Taking samples and quality"),
            N_("Safe work permits"),
        ),
    ),
    "maintenance": (
        N_("Maintenance"),
        (
            N_("Finding faults"),
            N_("Pneumatics"),
            N_("Hydraulics"),
            N_("PLC programming"),
            N_("Drives and motors"),
            N_("Bearings and aligning"),
            N_("Welding"),
            N_("Planning maintenance"),
        ),
    ),
    "engineering": (
        N_("Engineering"),
        (
            N_("Mechanical design"),
            N_("Electrical design"),
            N_("Instrumentation"),
            N_("Drawing and 3D models"),
            N_("Calculating strength"),
            N_("Leading projects"),
            N_("Commissioning"),
        ),
    ),
}
"""For each trade its title and its domains."""
