"""Pure decisions about a text: what stands for a name, and in which language it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from mentorship.base.i18n import N_
from mentorship.base.mail import one_line

LONGEST_SUBJECT = 120
FIRST_NAME, COMPANY = "first name", "company"
PLACES = {
    "voornaam": FIRST_NAME,
    "first name": FIRST_NAME,
    "firstname": FIRST_NAME,
    "bedrijf": COMPANY,
    "company": COMPANY,
}
"""What may stand between braces, in whichever language."""
BRACED = re.compile(r"\{([^{}]*)\}")
UNKNOWN_PLACE = N_(
    "Between braces only {voornaam} and {bedrijf} can stand; in English also {first name} and {company}."
)
HALF = N_("Fill in both the subject and the message in English, or neither.")


@dataclass(frozen=True)
class Words:
    """What a message says in one language."""

    subject: str
    body: str

    @property
    def paragraphs(self) -> list[list[str]]:
        """The body as paragraphs of lines: an empty line begins a new one."""
        found: list[list[str]] = []
        begins = True
        for line in self.body.splitlines():
            words = line.strip()
            if not words:
                begins = True
                continue
            if begins:
                found.append([])
            found[-1].append(words)
            begins = False
        return found


@dataclass(frozen=True)
class Both:
    """What a message says in Dutch, and in English, where that is not empty."""

    dutch: Words
    english: Words

    @property
    def columns(self) -> dict[str, str]:
        """What it says, as a row and a form hold it."""
        return {
            "subject_nl": self.dutch.subject,
            "body_nl": self.dutch.body,
            "subject_en": self.english.subject,
            "body_en": self.english.body,
        }

    def read_in(self, language: str) -> Words:
        """Return what somebody reads in their own language; Dutch, where there is no English."""
        if language == "en" and self.english.body:
            return self.english
        return self.dutch


class Kept(Protocol):
    """A row that holds words in both languages."""

    subject_nl: str
    body_nl: str
    subject_en: str
    body_en: str


def both_of(row: Kept) -> Both:
    """Return what a row says in both languages."""
    return Both(
        Words(row.subject_nl, row.body_nl),
        Words(row.subject_en, row.body_en),
    )


def check_places(text: str) -> str:
    """Return a text in which nothing but what is known stands between braces; refuse any other."""
    for braced in BRACED.findall(text):
        if _place(braced) is None:
            raise ValueError(UNKNOWN_PLACE)
    return text


def _place(braced: str) -> str | None:
    """Return what stands for this between braces, None when that is not known."""
    name = braced.strip().lower()
    return PLACES.get(name)


def filled(words: Words, first_name: str, company: str) -> Words:
    """Return the words for one reader; what a name holds is put in as it is, once."""
    values = {
        FIRST_NAME: one_line(first_name),
        COMPANY: one_line(company),
    }

    def put(found: re.Match[str]) -> str:
        place = _place(found[1])
        if place is None:
            return found[0]
        return values[place]

    subject = BRACED.sub(put, words.subject)
    body = BRACED.sub(put, words.body)
    return Words(one_line(subject), body)
