"""What is not shown to somebody of what is kept, and why: tables about nobody in particular, and others' own."""

from __future__ import annotations

from collections.abc import Mapping

OF_NOBODY: Mapping[str, str] = {
    "erasure": "a digest of a number of somebody who was erased; nobody who is here",
    "failed_sign_in": "digests of what was typed, for a day; nobody can tell whose",
    "pacing": "digests of what was typed, for a day; nobody can tell whose",
    "used_once": "digests of what the provider sent, for a day; nobody can tell whose",
    "import_source": "how the files of a source are read, by column",
    "paper_link": "a link for somebody outside who reads the papers; they have no account and no data here",
    "round": "how a round is run; of one person only what stands with their request and pair",
    "round_pair": "worked out for the coordinator; once it is proposed, it stands with the pairs",
    "round_unmatched": "worked out for the coordinator; what came of it stands with the request",
    "round_override": "the coordinator's own work on a round, about two people at once",
    "announced_pair": "until when managers may object to what a round worked out",
    "tablet": "a tablet on a wall, which is of nobody; that somebody enrolled it stands in the log",
}
"""Tables that say they hold personal data and are not shown to anybody as theirs."""
_DECIDED = "stands among what this person decided, by whom and when, without the other's part"
SAID_ELSEWHERE: Mapping[str, str] = {
    "account.signed_out_by_id": _DECIDED,
    "account.address_by_id": _DECIDED,
    "activation_code.made_by_id": _DECIDED,
    "away.entered_by_id": "when another is not there is theirs alone, also towards who filled it in",
    "certificate.noted_by": _DECIDED,
    "certificate.confirmed_by": _DECIDED,
    "check_in.slip_by_id": _DECIDED,
    "check_in_code.made_by": _DECIDED,
    "filled_in.by_id": _DECIDED,
    "mentorship.farewell_by_id": "the word is for the two, who read it with the name; its writer has it no more",
    "mentorship.ends_by_id": _DECIDED,
    "mentor_request.asked_by_id": _DECIDED,
    "level_claim.second_id": "the step is the junior's; that one was asked stands on one's own page meanwhile",
    "place_asked.asked_by": _DECIDED,
    "quick_question.closed_by_id": "the question is of the two, and both read all of it",
    "job_held.set_by": _DECIDED,
    "handover_plan.started_by": _DECIDED,
    "handover_piece.receiver_id": "whom somebody thought of is theirs: who is asked reads it as a proposal",
    "privacy_request.settled_by_id": _DECIDED,
    "proposal_reminder.by_id": _DECIDED,
    "person.manager_id": "whom somebody manages is said of those people, and they read it",
    "person_manager.manager_id": "whom somebody manages is said of those people, and they read it",
    "objection.mentor_id": "what a manager said of a pair that had not begun, which stands with that manager",
    "objection.by_id": _DECIDED,
    "round_note.by_id": _DECIDED,
    "stand_in.named_by_id": _DECIDED,
    "signal.owner_id": "the signal is about two others; who picked it up reads it among the signals",
    "signal.released_by": "their own signal, which stands with their check-ins",
    "signal.asked_id": "that help was asked is the asker's; who is asked reads it among the signals",
    "tablet_card.made_by_id": _DECIDED,
    "tablet_card.code_by_id": _DECIDED,
    "taken_import.undone_by": _DECIDED,
    "training.noted_by": _DECIDED,
    "wish.other_id": "who would rather, or rather not, be paired with somebody is told to nobody",
    "worked_week.noted_by": "the hours are the mentor's and their junior's, who read who noted them",
}
"""Columns that name somebody in what is another's, and where else they read of it, or why never."""
