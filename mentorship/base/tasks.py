"""Things to do: each room names its own, with the words that people look for them by; the app gathers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mentorship.base.i18n import LOCALES, gettext, use_locale
from mentorship.base.letters import fits


def _anybody(_actor: Any) -> bool:
    return True


@dataclass(frozen=True)
class Task:
    """A thing to do: the door and the values that lead to it, its icon, its (untranslated) title, other words for it.

    `words` are in both languages. `shown` says to whom it is of use; who may open the door, the door itself says.
    With `on_person` the door is about one person, and the title holds %(name)s.
    """

    endpoint: str
    icon: str
    title: str
    words: str = ""
    shown: Callable[[Any], bool] = _anybody
    values: Mapping[str, str] = field(default_factory=dict)
    on_person: bool = False

    def fits(self, words: list[str]) -> bool:
        """Tell whether it is called by these folded words, in either language."""
        return fits(words, self.called())

    def called(self) -> str:
        """Return all words for it, in both languages."""
        names = [self.words]
        for locale in LOCALES:
            with use_locale(locale):
                names.append(gettext(self.title))
        return " ".join(names).replace("%(name)s", "")
