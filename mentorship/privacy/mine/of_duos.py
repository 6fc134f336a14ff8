"""What is kept of what somebody asked for, and of their pairs."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.privacy.mine.parts import Part

BY_REQUEST = ("request_id.person_id",)
BY_PAIR = ("mentorship_id.mentor_id", "mentorship_id.junior_id")
OF_A_PAIR = (
    "domain_id",
    "origin",
    "round_name",
    "status",
    "explanation",
    "proposed_at",
    "objections_until",
    "started_on",
    "ended_on",
    "paused_until",
    "by_leaving",
    "expected_end",
    "ended_as",
    "withdrawn_at",
    "farewell",
    "farewell_by_id",
)
OF_A_QUESTION = (
    "domain_id",
    "along",
    "words",
    "asked_at",
    "status",
    "answered_at",
    "day",
    "hours",
    "closed_at",
    "closed_by_id",
)
COUNTS = ("able", "reachable", "free", "fitting")
OTHERS_ANSWER = N_("Whether the other side said yes is theirs to tell.")
OTHERS_LOOK = N_("Whether the other side opened the proposal is theirs to tell.")
REQUESTS = (
    Part(
        "requests",
        "mentor_request",
        N_("Your mentor requests"),
        ("person_id",),
        ("goal", "status", "waited", "asked_by_id", "outside_on", "created_at", "changed_at"),
        newest="created_at",
    ),
    Part(
        "needs",
        "need",
        N_("What you want to learn"),
        BY_REQUEST,
        ("position", "domain_id", "current_level", "target_level", "importance"),
    ),
    Part(
        "outcomes",
        "request_outcome",
        N_("What a round found"),
        BY_REQUEST,
        ("round_name", "told_at", *COUNTS),
        newest="told_at",
        merged=COUNTS,
    ),
    Part(
        "objections",
        "objection",
        N_("What you said to pairs as a manager"),
        ("manager_id",),
        ("mentor_id", "reason", "objected_at", "by_id"),
        {"round_id": N_("In which round it was says nothing of you.")},
        newest="objected_at",
    ),
    Part(
        "asked_for_you",
        "place_asked",
        N_("Colleagues who were asked for a place for you"),
        BY_REQUEST,
        ("asked_at", "asked_by", "answered_at"),
        {
            "mentor_id": N_("Who was asked, and what they answered, is theirs."),
        },
        newest="asked_at",
    ),
    Part(
        "asked_of_you",
        "place_asked",
        N_("Places you were asked for"),
        ("mentor_id",),
        ("asked_at", "asked_by", "waiting", "gain", "answered_at", "answer"),
        {"request_id": N_("Who waits is theirs to tell.")},
        newest="asked_at",
    ),
)
DUOS = (
    Part(
        "as_mentor",
        "mentorship",
        N_("Where you are the mentor"),
        ("mentor_id",),
        ("junior_id", *OF_A_PAIR, "mentor_accepted", "mentor_seen_at"),
        {"junior_accepted": OTHERS_ANSWER, "junior_seen_at": OTHERS_LOOK},
        newest="proposed_at",
    ),
    Part(
        "as_junior",
        "mentorship",
        N_("Where you are the junior"),
        ("junior_id",),
        ("mentor_id", *OF_A_PAIR, "junior_accepted", "junior_seen_at"),
        {"mentor_accepted": OTHERS_ANSWER, "mentor_seen_at": OTHERS_LOOK},
        newest="proposed_at",
    ),
    Part(
        "reminders",
        "proposal_reminder",
        N_("When you were reminded of a proposal"),
        ("person_id",),
        ("reminded_at", "by_id"),
        newest="reminded_at",
    ),
    Part(
        "goals",
        "goal",
        N_("Goals"),
        BY_PAIR,
        ("domain_id", "start_level", "target_level", "words", "made_at", "dropped_at"),
        newest="made_at",
    ),
    Part(
        "steps",
        "level_claim",
        N_("Steps reached"),
        ("goal_id.mentorship_id.mentor_id", "goal_id.mentorship_id.junior_id"),
        ("level", "status", "claimed_at", "evidence", "mentor_at", "second_id", "settled_at"),
        newest="claimed_at",
    ),
    Part(
        "hours_given",
        "worked_week",
        N_("Hours you gave"),
        ("mentor_id",),
        ("week", "hours", "words", "noted_by", "noted_at"),
        newest="week",
    ),
    Part(
        "hours_received",
        "worked_week",
        N_("Hours with your mentor"),
        ("mentorship_id.junior_id",),
        ("week", "hours", "noted_at"),
        {"words": N_("Words of your mentor, about their own work.")},
        newest="week",
    ),
    Part(
        "questions_asked",
        "quick_question",
        N_("Quick questions you asked"),
        ("asker_id",),
        ("asked_id", *OF_A_QUESTION, "seen_at"),
        closed=True,
        newest="asked_at",
    ),
    Part(
        "questions_of_you",
        "quick_question",
        N_("Quick questions you were asked"),
        ("asked_id",),
        ("asker_id", *OF_A_QUESTION),
        {"seen_at": N_("When the other read your answer is theirs.")},
        closed=True,
        newest="asked_at",
    ),
    Part("last_words", "closing_word", N_("Last words"), BY_PAIR, ("side", "reached", "thanks")),
    Part(
        "no_longer_fits",
        "failing_rule",
        N_("Pairs that no longer fit a rule"),
        BY_PAIR,
        ("found_at",),
        {"rule": N_("Which rule it is can tell something of the other; the coordinator talks with you both.")},
    ),
)
