"""The list of purges in words: what each deletes. The worker carries them out, and statements name them."""

from __future__ import annotations

from mentorship.base.i18n import N_

DELETES = {
    "sign-ins": N_("sessions that ended, codes that were not used, tries to get in, and devices of long ago"),
    "tablets": N_("shared tablets that ended"),
    "audit": N_("decisions in the audit log"),
    "undo": N_("what could be undone"),
    "mail": N_("mail that was sent or given up"),
    "messages": N_("messages of coordinators, and drafts that were never sent"),
    "slips": N_("codes for a check-in on paper"),
    "absences": N_("when somebody was not available, and who stood in"),
    "certificates": N_("certificates that ended a year ago"),
    "pulse": N_("whom a closed pulse asked, and pulses of three years ago"),
    "looks": N_("who looked at whom"),
    "links to papers": N_("links that opened the papers"),
    "privacy requests": N_("requests about data, and the ledger of erasures"),
    "rosters": N_("by which roster somebody worked before"),
    "notes": N_("notes at check-ins"),
    "answers": N_("answers, check-ins and signals"),
    "questions": N_("quick questions that closed"),
    "hours": N_("hours that were noted"),
    "pairs": N_("pairs, with goals, levels and closing words"),
    "rounds": N_("match rounds, with scores and explanations"),
    "requests": N_("mentor requests"),
    "drafts": N_("files that were looked at before they were taken in"),
    "imports": N_("what imports came to, and how to take the last one back"),
    "files": N_("files in the import folder that were taken in or set aside"),
    "import records": N_("what files said of pairs and requests that are over"),
    "leaving": N_("what who left has no more use for: contact, plans, roles, views, cards, calendar"),
    "people": N_("who left, with all that is theirs"),
}
"""Every purge there is, by the name that statements about personal data know it by."""
