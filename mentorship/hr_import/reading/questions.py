"""What only a person can tell of an export: asked, with the likely answer; never guessed, and nobody is doubled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import Remark

ENCODING = "encoding"
ZEROS = "zeros"
RENUMBERED = "renumbered"
ADDRESS = "address"
RETURNED = "returned"
ERASED = "erased"

SAME, OTHER = "same", "other"
GIVE, LEAVE = "give", "leave"
BACK, GONE = "back", "gone"
CHOICES = {
    SAME: N_("the same person"),
    OTHER: N_("somebody else"),
    GIVE: N_("the address goes to them"),
    LEAVE: N_("they come in without this address"),
    BACK: N_("they are back"),
    GONE: N_("they are gone: leave their row"),
    "cp1252": N_("Windows, Western"),
    "mac_roman": N_("Macintosh"),
    "cp850": N_("DOS"),
    "cp1250": N_("Windows, Central European"),
    "cp1254": N_("Windows, Turkish"),
}
"""What each answer says."""


@dataclass(frozen=True)
class Item:
    """One case of a question; `key` answers it apart from the others."""

    key: str
    says: Remark
    likely: str


@dataclass(frozen=True)
class Question:
    """Something to be answered before anything is written: `key` answers every item, the key of an item that one."""

    key: str
    asks: Remark
    items: tuple[Item, ...]
    choices: tuple[str, ...]
    likely: str

    def answer(self, answers: Mapping[str, str], item: Item) -> str | None:
        """Return what was answered about an item, None when nothing that makes sense was."""
        for key in (item.key, self.key):
            if answers.get(key) in self.choices:
                return answers[key]
        return None

    def open_items(self, answers: Mapping[str, str]) -> list[Item]:
        """Return what is still to be answered."""
        return [item for item in self.items if self.answer(answers, item) is None]


@dataclass
class Asked:
    """The questions of one reading, and what was answered to them."""

    answers: Mapping[str, str]
    items: dict[str, list[Item]] = field(default_factory=dict)

    def ask(self, kind: str, of: str, says: Remark, likely: str) -> str:
        """Ask about one case; return the answer, or else the likely one."""
        key = f"{kind}:{of}"
        item = Item(
            key,
            says,
            likely,
        )
        self.items.setdefault(kind, []).append(item)
        for asked in (key, kind):
            answered = self.answers.get(asked)
            if answered in OPTIONS[kind]:
                return answered
        return likely

    def questions(self) -> tuple[Question, ...]:
        """Return every question with its cases."""
        found = []
        for kind, items in self.items.items():
            guesses = [item.likely for item in items]
            question = Question(
                kind,
                Remark(ASKS[kind], {"count": len(items)}),
                tuple(items),
                OPTIONS[kind],
                max(guesses, key=guesses.count),
            )
            found.append(question)
        return tuple(found)


OPTIONS = {
    ENCODING: ("cp1252", "mac_roman", "cp850", "cp1250", "cp1254"),
    ZEROS: (SAME, OTHER),
    RENUMBERED: (SAME, OTHER),
    ADDRESS: (LEAVE, GIVE),
    RETURNED: (BACK, GONE),
    ERASED: (BACK, GONE),
}
"""The answers to each kind of question."""
ASKS = {
    ENCODING: N_("How are these files written? Their letters can be read in more than one way."),
    ZEROS: N_("Numbers lost their leading zeros. Are these the same people?"),
    RENUMBERED: N_("Numbers changed. Are these the same people?"),
    ADDRESS: N_("Addresses moved to somebody else. Whose are they?"),
    ERASED: N_("These people had everything erased, and are in the export. Do they come in anew?"),
    RETURNED: N_("These people left, and are in the export again. Are they back?"),
}
