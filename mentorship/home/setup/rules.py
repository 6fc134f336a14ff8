"""Pure decisions about the guide: which steps are done, from what stands; nothing of it is kept by itself."""

from __future__ import annotations

from dataclasses import dataclass

ORGANISATION = "organisation"
AGREEMENTS = "agreements"
PEOPLE = "people"
LINE = "line"
DOMAINS = "domains"
CARDS = "cards"
STEPS = (ORGANISATION, AGREEMENTS, PEOPLE, LINE, DOMAINS, CARDS)


@dataclass(frozen=True)
class Stands:
    """What stands already. `reached`: who has an account or a card. `aside`, `over`: nobody follows the guide."""

    sites: int
    lacking: int
    people: int
    mentors: int
    juniors: int
    managers: int
    domains: int
    rosters: int
    reached: int
    aside: bool = False
    over: bool = False

    def done(self, step: str) -> bool:
        """Tell whether a step is done."""
        answers = {
            ORGANISATION: self.sites > 0,
            AGREEMENTS: self.lacking == 0,
            PEOPLE: self.people > 1,
            LINE: self.mentors > 0 and self.juniors > 0,
            DOMAINS: self.domains > 0 and self.rosters > 0,
            CARDS: self.reached > 1,
        }
        return answers[step]

    @property
    def open_steps(self) -> list[str]:
        """The steps that are not done, in their order."""
        return [step for step in STEPS if not self.done(step)]
