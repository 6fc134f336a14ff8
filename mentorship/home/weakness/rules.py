"""Whether there is somebody to report to, and the file that says so (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mentorship.base.config import Settings


def reachable(settings: Settings, today: date) -> str:
    """Return where a weak spot is reported, as an address to follow; "" when nobody is, or nobody looked since."""
    until = settings.security_contact_until
    contact = settings.security_contact
    if not contact or until is None or until < today:
        return ""
    return contact if contact.startswith("https://") else f"mailto:{contact}"


def security_txt(settings: Settings, today: date, page: str, own: str) -> str | None:
    """Return the file for who looks for whom to tell; None rather than one that does not hold."""
    contact = reachable(settings, today)
    until = settings.security_contact_until
    if not contact or until is None:
        return None
    ends = datetime(until.year, until.month, until.day, 23, 59, 59, tzinfo=UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
    ]
    if settings.public_url.startswith("https://"):
        lines.append(f"Canonical: {settings.link(own)}")
        lines.append(f"Policy: {settings.link(page)}")
    return "\n".join(lines) + "\n"
