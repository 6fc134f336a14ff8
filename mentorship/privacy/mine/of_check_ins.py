"""What is kept of somebody's check-ins; those of the other side are not here, nor what follows from them."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.privacy.mine.parts import Part

BY_CHECK_IN = ("check_in_id.person_id",)
SIGNAL = (
    "kind",
    "side",
    "about",
    "since",
    "returned",
    "evidence",
    "raised_at",
    "status",
    "owner_id",
    "action",
    "look_again_on",
    "done_at",
    "released_at",
    "released_by",
    "asked_id",
    "seen_at",
    "matter",
    "talk_on",
)
OUTCOME = {
    "outcome": N_("Words of who acted on it, which may be of you both."),
    "did": N_("What was arranged about it stands with your pair, your places and your courses."),
    "asked_hours": N_("What a manager is asked about your hours stands on their desk until they answer."),
    "handed_at": N_("When another got it, which is about them."),
}
IN_NUMBERS = N_("A number of your pair, its site and domain, which stand with your pairs.")
ASKED = N_("Which questions were asked stands with your answers.")
CHECK_INS = (
    Part(
        "check_ins",
        "check_in",
        N_("Your check-ins"),
        ("person_id",),
        (
            "due_on",
            "side",
            "status",
            "opened_at",
            "closed_at",
            "note",
            "note_shared",
            "help_from",
            "closing",
            "slip_by_id",
            "slip_seen_at",
            "let_known_at",
        ),
        {"set_id": ASKED, "asked": ASKED},
        closed=True,
        newest="due_on",
    ),
    Part(
        "answers",
        "check_in_answer",
        N_("Your answers"),
        BY_CHECK_IN,
        ("check_in_id", "key", "value"),
        closed=True,
        newest="check_in_id",
    ),
    Part(
        "slips",
        "check_in_code",
        N_("Slips of paper with a code"),
        BY_CHECK_IN,
        ("made_by", "expires_at"),
        {"code_hash": N_("A digest, from which nobody reads the code.")},
    ),
    Part(
        "noticed_as_junior",
        "signal",
        N_("What was noticed in your answers as a junior"),
        ("mentorship_id.junior_id",),
        SIGNAL,
        OUTCOME,
        only={"side": "junior"},
        closed=True,
        newest="since",
    ),
    Part(
        "noticed_as_mentor",
        "signal",
        N_("What was noticed in your answers as a mentor"),
        ("mentorship_id.mentor_id",),
        SIGNAL,
        OUTCOME,
        only={"side": "mentor"},
        closed=True,
        newest="since",
    ),
    Part(
        "noticed_of_both",
        "signal",
        N_("What was noticed of you both"),
        ("mentorship_id.mentor_id", "mentorship_id.junior_id"),
        ("kind", "since", "raised_at", "status", "action", "done_at"),
        only={"side": "both"},
        newest="since",
    ),
    Part(
        "counted",
        "counted_person",
        N_("That your answers counted in published figures"),
        ("whose_id",),
        (),
    ),
    Part(
        "counted_in",
        "counted_answer",
        N_("In which quarters they counted"),
        ("counted_id.whose_id",),
        ("quarter", "side", "held"),
        {
            "pair": IN_NUMBERS,
            "site": IN_NUMBERS,
            "domain": IN_NUMBERS,
        },
        newest="quarter",
    ),
)
