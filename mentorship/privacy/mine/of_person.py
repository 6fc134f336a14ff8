"""What is kept of who somebody is, when they work, what they can and want."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.privacy.mine.parts import Part

OWN = ("person_id",)
PERSON = (
    Part(
        "you",
        "person",
        N_("You"),
        ("id",),
        (
            "number",
            "given_name",
            "infix",
            "family_name",
            "email",
            "site_id",
            "department",
            "manager_id",
            "languages",
            "locale",
            "last_day",
            "left_on",
        ),
        {"sort_key": N_("Your name and number once more, by which lists are sorted.")},
    ),
    Part("other_managers", "person_manager", N_("Other managers of yours"), OWN, ("manager_id",)),
    Part("roles", "person_role", N_("Your roles"), OWN, ("role",)),
    Part(
        "confidant",
        "confidant",
        N_("Where you are a confidant, or stand in for one"),
        ("person_id", "stand_in_id"),
        ("site_id", "person_id", "stand_in_id", "stand_in_from", "stand_in_until"),
    ),
    Part(
        "stand_ins",
        "stand_in",
        N_("Who stands in for you, and for whom you do"),
        ("person_id", "stand_in_id"),
        ("person_id", "stand_in_id", "first_day", "last_day", "named_by_id", "named_at"),
        newest="first_day",
    ),
    Part("findable", "findable", N_("Since when colleagues may find you"), OWN, ("said_at",)),
    Part("contact", "contact", N_("How to reach you"), OWN, ("phone", "show_phone", "show_email")),
    Part("filled_in", "filled_in", N_("Filled in for you"), OWN, ("section", "by_id", "at")),
)
FREE = ("places", "came_at", "waiting")
WORK = (
    Part("roster", "work_time", N_("Your roster"), OWN, ("roster_id", "remote")),
    Part("roster_changes", "roster_change", N_("Your roster later on"), OWN, ("from_day", "roster_id")),
    Part("days_off", "day_off", N_("Days off and school days"), OWN, ("weekday", "school")),
    Part(
        "away",
        "away",
        N_("When you are not available"),
        OWN,
        ("first_day", "last_day", "entered_by_id"),
        newest="first_day",
    ),
)
CRAFT = (
    Part("expertise", "expertise", N_("What you can"), OWN, ("domain_id", "level", "willing")),
    Part("paths", "path_chosen", N_("Where you want to grow"), OWN, ("profile_id", "chosen_at", "shown")),
    Part("followed", "course_followed", N_("Training courses you followed"), OWN, ("course_id", "followed_on")),
    Part("job", "job_held", N_("Your job profile"), OWN, ("profile_id", "since", "set_by", "shown")),
    Part(
        "certificates",
        "certificate",
        N_("Your certificates"),
        OWN,
        ("kind_id", "got_on", "ends_on", "noted_by", "noted_at", "confirmed_by", "confirmed_at", "seen_on"),
        newest="got_on",
    ),
    Part(
        "pulse",
        "pulse_invited",
        N_("The yearly pulse, while it is open"),
        OWN,
        ("grouped", "invited_on", "taken"),
    ),
    Part("ways_of_learning", "form_wish", N_("How you like to learn"), OWN, ("form", "weight")),
    Part("ways_of_mentoring", "form_comfort", N_("How you like to mentor"), OWN, ("form", "comfort")),
    Part(
        "places",
        "capacity",
        N_("Your places and hours"),
        OWN,
        ("places", "hours", "confirmed_hours", "answered_hours", "paused", "paused_until"),
    ),
    Part("free_places", "free_place", N_("Places you had free when it was last looked"), OWN, FREE),
    Part(
        "trainings",
        "training",
        N_("Training courses you followed"),
        OWN,
        ("title", "followed_on", "noted_by", "noted_at"),
        newest="followed_on",
    ),
    Part(
        "wishes",
        "wish",
        N_("Whom you would or would not like"),
        OWN,
        ("other_id", "wanted", "changed_at"),
        closed=True,
    ),
    Part("plan", "plan", N_("My plans"), OWN, ("horizon", "changed_at"), closed=True),
    Part(
        "handover_plan",
        "handover_plan",
        N_("Your handover plan"),
        OWN,
        ("started_at", "started_by", "shared", "changed_at"),
        closed=True,
    ),
    Part(
        "handover",
        "handover_piece",
        N_("What you hand over"),
        OWN,
        ("position", "domain_id", "receiver_id", "due_on", "place", "step", "stepped_on"),
        closed=True,
    ),
)
