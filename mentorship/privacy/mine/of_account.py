"""What is kept of mail to somebody, of how they sign in, of what was decided, and of who looked."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.privacy.mine.parts import Part

OWN = ("person_id",)
DIGEST = N_("A digest, from which nobody reads what it was made of.")
KEY = N_("A key: who reads it could come in as you.")
OF_OTHERS = N_("It holds what is of other people too.")
WHILE_SENT = N_("These words are in the mail that you get, and deleted here once it was sent.")
TECHNICAL = N_("Only by which the sending is minded.")
MAIL = (
    Part(
        "mails",
        "outbox",
        N_("Mail to you"),
        ("recipient_id",),
        (
            "kind",
            "due_on",
            "subject",
            "address",
            "not_before",
            "created_at",
            "sent_at",
            "dropped_at",
            "failed_at",
            "last_error",
            "attempts",
        ),
        {
            "text": WHILE_SENT,
            "html": WHILE_SENT,
            "headers": TECHNICAL,
            "about": TECHNICAL,
            "message_id": TECHNICAL,
            "claimed_at": TECHNICAL,
        },
        newest="created_at",
    ),
    Part("mail_choices", "mail_preference", N_("Which mail you want"), OWN, ("topic", "wanted")),
    Part(
        "calendar",
        "calendar_feed",
        N_("Your calendar"),
        OWN,
        ("names", "made_at", "read_on"),
        {"token_hash": DIGEST},
    ),
    Part(
        "planning",
        "planning_feed",
        N_("Your addresses for planning"),
        ("person_id", "manager_id"),
        ("name", "manager_id", "site_id", "names", "made_at", "read_on"),
        {"token_hash": DIGEST},
    ),
)
ACCOUNT = (
    Part(
        "account",
        "account",
        N_("Your account"),
        OWN,
        ("mailbox", "closed_before", "signed_out_at", "signed_out_by_id", "address_at", "address_by_id"),
        {"password_hash": DIGEST},
    ),
    Part(
        "codes",
        "activation_code",
        N_("Codes for your account"),
        OWN,
        ("made_by_id", "mailed_to", "expires_at", "used_at", "told_at"),
        {"code_hash": DIGEST},
        newest="expires_at",
    ),
    Part(
        "sessions",
        "sign_in",
        N_("When you signed in"),
        OWN,
        ("device", "started_at", "seen_at", "expires_at", "ended_at", "confirmed_at", "tablet_id"),
        {"token_hash": DIGEST},
        newest="started_at",
    ),
    Part(
        "devices",
        "device",
        N_("Devices known as yours"),
        OWN,
        ("first_at", "seen_at", "trusted"),
        {"token_hash": DIGEST},
    ),
    Part(
        "half_sessions",
        "half_sign_in",
        N_("Signing in that waits for the second step"),
        OWN,
        ("expires_at",),
        {"token_hash": DIGEST},
    ),
    Part(
        "second_factor",
        "second_factor",
        N_("Your second factor"),
        OWN,
        ("begun_at", "confirmed_at"),
        {"secret": KEY, "last_step": N_("So that a code works once.")},
    ),
    Part("recovery_codes", "recovery_code", N_("Your recovery codes"), OWN, (), {"code_hash": DIGEST}),
    Part(
        "tablet_card",
        "tablet_card",
        N_("Your card and PIN for the shared tablet"),
        OWN,
        ("made_at", "made_by_id", "told_at", "pin_set_at", "code_by_id", "wrong"),
        {"secret_hash": DIGEST, "pin_hash": DIGEST},
    ),
    Part(
        "provider",
        "provider_link",
        N_("Signing in by the organisation's provider"),
        OWN,
        ("issuer", "subject", "linked_at"),
    ),
    Part(
        "provider_sessions",
        "provider_session",
        N_("Sessions that the provider vouched for"),
        ("sign_in_id.person_id",),
        ("checked_at", "asked_at"),
        {"subject": KEY, "sid": KEY, "id_token": KEY, "refresh_token": KEY},
    ),
    Part("views", "saved_view", N_("Lists you kept"), OWN, ("list", "name", "query")),
)
LOG = (
    Part(
        "about_you",
        "audit",
        N_("Decided about you"),
        ("subject_id",),
        ("at", "actor_id", "verb", "details"),
        only={"subject": "person"},
        newest="at",
    ),
    Part(
        "by_you",
        "audit",
        N_("Decided by you"),
        ("actor_id",),
        ("at", "verb", "subject"),
        {"details": OF_OTHERS, "subject_id": OF_OTHERS},
        newest="at",
    ),
    Part(
        "undo",
        "undo",
        N_("What you can undo"),
        OWN,
        ("at", "said", "used_at"),
        {"steps": OF_OTHERS, "roles": TECHNICAL, "door": TECHNICAL, "named": TECHNICAL},
    ),
    Part("from_files", "imported_record", N_("What the files of HR said of you"), (), ("kind", "values")),
    Part(
        "imports",
        "taken_import",
        N_("Files you took in"),
        ("taken_by",),
        ("at", "origin", "outcome", "files", "undone_at"),
        {"summary": OF_OTHERS, "journal": OF_OTHERS, "undone_by": OF_OTHERS},
        newest="at",
    ),
    Part(
        "drafts",
        "import_draft",
        N_("Files you are looking at"),
        OWN,
        ("created_at", "state", "source"),
        {"choices": OF_OTHERS, "preview": OF_OTHERS, "aside": OF_OTHERS},
    ),
    Part(
        "draft_files",
        "import_draft_file",
        N_("Their names"),
        ("draft_id.person_id",),
        ("name",),
        {"position": TECHNICAL, "content": OF_OTHERS},
    ),
)
LOOKS = (
    Part(
        "at_you",
        "look",
        N_("Who looked at you"),
        OWN,
        ("viewer_id", "kind", "day", "first_at", "last_at", "times"),
        newest="last_at",
    ),
    Part(
        "by_you",
        "look",
        N_("Where you looked"),
        ("viewer_id",),
        ("kind", "day", "times"),
        {"first_at": OF_OTHERS, "last_at": OF_OTHERS},
        newest="last_at",
    ),
)
RIGHTS = (
    Part(
        "asked",
        "privacy_request",
        N_("What you asked about your data"),
        ("asker_id",),
        (
            "kind",
            "about",
            "words",
            "received_at",
            "due_on",
            "extended_at",
            "extended_because",
            "state",
            "answer",
            "settled_at",
            "settled_by_id",
        ),
        newest="received_at",
    ),
    Part(
        "notices",
        "notice_shown",
        N_("What you were told, and when"),
        OWN,
        ("shown_at", "language", "sentences"),
        {"version": DIGEST},
        newest="shown_at",
    ),
)
