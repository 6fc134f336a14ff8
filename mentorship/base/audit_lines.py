"""What a decision of the audit log changed, in lines of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mentorship.base.i18n import N_, gettext

FIELDS = {
    "agreed_on": N_("agreed on"),
    "agreed_with": N_("with whom"),
    "asked": N_("what was asked"),
    "basics": N_("basics before guidance"),
    "begins": N_("begins"),
    "entitles": N_("entitles as practice trainer"),
    "months": N_("valid for months"),
    "closed": N_("closed"),
    "closed_on": N_("closed on"),
    "code": N_("code"),
    "comfort": N_("comfort"),
    "confirmed_hours": N_("confirmed hours"),
    "critical": N_("critical"),
    "current_level": N_("level now"),
    "day": N_("day"),
    "days": N_("days"),
    "department": N_("department"),
    "continuity": N_("continuity of knowledge"),
    "domain": N_("domain"),
    "domain_id": N_("domain no."),
    "dropped_at": N_("dropped on"),
    "due_on": N_("meant to be reached by"),
    "email": N_("e-mail address"),
    "ended_on": N_("ended on"),
    "ends": N_("ends"),
    "ends_on": N_("ends on"),
    "expected_end": N_("expected end"),
    "family_name": N_("family name"),
    "fields": N_("what was changed"),
    "files": N_("files"),
    "floor": N_("floor"),
    "followed_on": N_("followed on"),
    "form": N_("form of mentoring"),
    "from_day": N_("from day"),
    "given_name": N_("given name"),
    "goals": N_("goals"),
    "hours": N_("hours a week"),
    "importance": N_("importance"),
    "infix": N_("infix"),
    "is_default": N_("for who has no roster"),
    "kind": N_("decision"),
    "languages": N_("languages"),
    "last_day": N_("last working day"),
    "level": N_("level"),
    "manager_id": N_("manager no."),
    "mentor": N_("mentor no."),
    "manager": N_("manager"),
    "mentor_id": N_("mentor no."),
    "mentor_name": N_("mentor"),
    "month": N_("from the month"),
    "name": N_("name"),
    "name_en": N_("name in English"),
    "answer": N_("answer"),
    "looked_for": N_("looked for"),
    "number": N_("how many people"),
    "base_id": N_("learned after"),
    "trainer": N_("practice trainer asked for"),
    "outside_on": N_("training outside looked for since"),
    "paper": N_("paper"),
    "paused": N_("paused"),
    "paused_until": N_("paused until"),
    "people": N_("people"),
    "profile": N_("job profile"),
    "profile_id": N_("job profile no."),
    "provider": N_("who gives it"),
    "retired_at": N_("no longer in use since"),
    "places": N_("places"),
    "managers_pair": N_("managers pair people"),
    "preference": N_("way of learning"),
    "reader": N_("for whom"),
    "region": N_("region"),
    "remote": N_("at a distance"),
    "repeats": N_("repeats"),
    "request": N_("request no."),
    "request_id": N_("request no."),
    "roles": N_("roles"),
    "roster": N_("roster"),
    "roster_id": N_("roster no."),
    "runs_on": N_("on holidays too"),
    "second": N_("second no."),
    "second_id": N_("second no."),
    "second_name": N_("second"),
    "shift_id": N_("shift no."),
    "site": N_("site"),
    "site_id": N_("site no."),
    "sites": N_("sites"),
    "source": N_("source"),
    "spread": N_("spread"),
    "start_level": N_("from level"),
    "starts_on": N_("starts on"),
    "status": N_("status"),
    "target_level": N_("to level"),
    "title": N_("title"),
    "unmatched_cost": N_("cost of staying out"),
    "waiting": N_("what waiting counts"),
    "week": N_("week"),
    "together": N_("at work together"),
    "weekday": N_("day of the week"),
    "weeks": N_("weeks"),
    "weight": N_("weight"),
    "weights": N_("weights"),
    "willing": N_("passes it on"),
    "wish": N_("wish"),
}
"""What values are of, as the code calls it and as people do."""
Codes = Mapping[str, Mapping[Any, str]]
"""What values mean, by what they are of: the name of it, or of its table and it."""
VALUES: Codes = {
    "asked": {
        "correct": N_("a correction"),
        "erase": N_("to be erased"),
        "object": N_("an objection"),
    },
}


def changes(details: Mapping[str, Any], codes: Codes = VALUES) -> Iterator[str]:
    """Yield a line for each value that changed, or that says more of a decision."""
    rest = dict(details)
    changed = list(rest.pop("changes", ()))
    if "before" in rest or "after" in rest:
        whole = {
            "before": rest.pop("before", None),
            "after": rest.pop("after", None),
        }
        if not changed:  # else it says the same once more, without names
            changed.append(whole)
    for change in changed:
        yield from _differences(change, codes)
    for name, value in rest.items():
        if not (changed and name == "fields"):
            yield f"{field(name)}: {_said(value, codes.get(name, {}))}"


def _differences(change: Mapping[str, Any], codes: Codes) -> Iterator[str]:
    """Yield a line for each value that differs; of what was made or taken away, one line of what it was."""
    before, after = [_row(change[when], change.get("table", ""), codes) for when in ("before", "after")]
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        of_whole = codes.get("whole", {})
        yield f"{_said(before, of_whole)} → {_said(after, of_whole)}"
        return
    for name in {**before, **after}:
        old = _said(before.get(name), {})
        new = _said(after.get(name), {})
        if old != new:
            yield f"{field(name)}: {old} → {new}"


def _row(row: Any, table: str, codes: Codes) -> Any:
    """Return a row of a table with what its values mean in their place."""
    if not isinstance(row, Mapping):
        return row
    told = {}
    for name, value in row.items():
        known = codes.get(f"{table}.{name}") or codes.get(name, {})
        told[name] = _said(value, known) if known else value
    return told


def _said(value: Any, known: Mapping[Any, str]) -> str:
    """Say a value in words: what it means where that is known."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return _listed([_said(one, known) for one in value])
    if isinstance(value, Mapping):
        return _listed([f"{field(name)} {_said(one, {})}" for name, one in value.items() if one not in (None, "")])
    return gettext(known[value]) if value in known else str(value)


def _listed(told: list[str]) -> str:
    return ", ".join(told) or "–"


def field(name: str) -> str:
    """Say what a value is of; what is not known here is called as in the code."""
    return gettext(FIELDS[name]) if name in FIELDS else name
