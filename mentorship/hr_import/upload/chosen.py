"""What is chosen on the preview, read from fields that say what they are about: `roles:Teamleider`, `answers:zeros`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading.kinds import BY_NAME
from mentorship.hr_import.reading.mapping import VALUES, learned
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.questions import CHOICES
from mentorship.people.models import LANGUAGES

NOT_SAID = "?"
"""What a field says of which nothing was chosen."""
_ROLES = ("", "junior", "senior", "manager")
STRANGE = N_("This choice is not one of the page any more. Nothing was changed; look at the page again.")
MOST_FIELDS = 5000
LONGEST = 400


@dataclass(frozen=True)
class Chosen:
    """What somebody chose on a preview."""

    settled: dict[str, Any] = field(default_factory=dict)
    leavers: tuple[str, ...] = ()
    file_wins: tuple[str, ...] = ()
    confirmed: bool = False
    outflow: bool = False

    @classmethod
    def read(cls, sent: Iterable[tuple[str, str]]) -> Self:
        """Return what was chosen; refuse what no page of ours offers."""
        settled: dict[str, Any] = {name: {} for name in ("sheets", "columns", "answers", *VALUES)}
        ticked: dict[str, list[str]] = {"leaver": [], "file_wins": []}
        flags = set()
        for count, (name, value) in enumerate(sent):
            if count > MOST_FIELDS or len(name) > LONGEST or len(value) > LONGEST or "\0" in name + value:
                raise Refused(STRANGE)
            about, _, what = name.partition(":")
            if about in ticked:
                ticked[about].append(value)
            elif about in ("confirmed", "outflow"):
                if value != "true":
                    raise Refused(STRANGE)
                flags.add(about)
            elif value != NOT_SAID:
                _settle(settled, about, what, value)
        return cls(
            settled,
            tuple(ticked["leaver"]),
            tuple(ticked["file_wins"]),
            "confirmed" in flags,
            "outflow" in flags,
        )

    def to_json(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return everything that was chosen until now, to be kept with the draft."""
        mapping = learned(Settled.from_json(before.get("settled")), **self.settled)
        return {
            "settled": mapping.to_json(),
            "leavers": list(self.leavers),
            "file_wins": list(self.file_wins),
            "confirmed": self.confirmed,
            "outflow": self.outflow,
        }


def _settle(settled: dict[str, Any], about: str, what: str, value: str) -> None:
    """Put one choice where `Mapping` keeps it."""
    if about == "column":
        kind, _, heading = what.partition(":")
        spec = BY_NAME.get(kind)
        if spec is None or (value and value not in (*spec.required, *spec.optional)):
            raise Refused(STRANGE)
        settled["columns"].setdefault(kind, {})[heading] = value
        return
    allowed = {
        "sheets": ("", *BY_NAME),
        "answers": tuple(CHOICES),
        "roles": _ROLES,
        "languages": LANGUAGES,
    }
    if about not in settled or (about in allowed and value not in allowed[about]):
        raise Refused(STRANGE)
    settled[about][what] = value
