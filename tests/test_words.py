"""One word for one thing: what was replaced by a plainer word does not come back, on screen or in a mail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]

NOT_IN_ENGLISH = {
    r"\bduos?\b": "pair",
    r"\bmentorships?\b": "pair, or mentoring",
    r"\bguid(e|es|ed|ing)\b": "mentor",
    r"\bteach(es)?\b(?! you )": "mentor",
    r"\bsolv(e|es|ed|ing)\b|\bsolver\b": "find pairs",
    r"\b(thrown?|throw) (this |the )?\S* ?away\b": "delete",
    r"\btak(e|en) (off|on|up again|back)\b|\btake it back\b": "remove, pick up, reopen, withdraw",
    r"\bmeanwhile\b": "in the meantime",
    r"\bpass(ed)? over\b|\bpassing over\b": "skip",
    r"\bpresent (password|juniors)\b": "current",
    r"\bcalendar programme\b": "calendar app",
    r"\badministrator\b": "admin",
    r"\b(went wrong|failed) with us\b|\bthan we take\b|\bnot yours to see\b": "on our side, too large, no access",
    r"\byour line\b|\bown line\b|\bthe line\b|\breporting line\b": "team, or the managers above you",
    r"\b(mean score|the mean)\b": "average",
    r"\bon reserve\b|\bin balance\b": "stretched, going well",
    r"\bon my own\b|\bthey all call\b|\bwatched it done\b": "the names of the levels",
    r"\btrainings\b": "training courses",
    r"\bin the planning\b": "in the schedule",
    r"\brelease(d|s)? (signals?|to)\b": "show",
    r"‘|’": "“ ” and '",
}
NOT_IN_DUTCH = {
    r"\b(op|ge)los(t|sen)\b|\blos de ronde\b|\bopgelost\b": "duo's zoeken",
    r"\blijn\b": "team, leidinggevenden, grafiek",
    r"\b(terugneem|terugnemen|teruggenomen)\b": "intrekken",
    r"\bongedaan maken\b": "terugdraaien",
    r"\b(druk .* af|afdrukken|afgedrukt)\b": "printen",
    r"\badmin\b": "beheerder",
    r"\bdiens\b|\bharer\b|\bhaar diensten\b": "de leidinggevende van",
    r"\bweigeren\b|\bgeweigerd\b|\baccepteren\b": "nee zeggen, ja zeggen",
    r"\bstellen\b(?= )(?<!te stellen)": "duo's",
    r"\buitsluiten\b|\buitgesloten\b": "niet samen",
    r"\bweggooien\b|\bweggegooid\b": "verwijderen",
    r"\bniveaus?\b(?! (%|ligt))": "hoe goed, stap",
    r"\b(je|we) (trok|vroeg|vonden|koos|invulde|schreef)\b": "je hebt ...",
    r"\bpagina haar\b|\bbekijk haar\b": "hem",
    r"\bagenda-programma\b": "agenda-app",
    r"\bbehoeften?\b": "leerwens",
    r"\been lopende duo\b": "een lopend duo",
    r"‘|’": "“ ” and '",
}


def catalog() -> list[tuple[str, str]]:
    """Return every message with its Dutch, each plural form apart."""
    with (ROOT / "mentorship/translations/nl/LC_MESSAGES/messages.po").open("rb") as source:
        known = read_po(source, locale="nl")
    found = []
    for entry in known:
        english = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        dutch = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        found.extend(zip(english, dutch, strict=False))
    return found


def mails(language: str) -> list[str]:
    """Return what the golden mails say, without their addresses."""
    folder = ROOT / "tests/golden/mail"
    return [re.sub(r"https?://\S+", "", path.read_text()) for path in sorted(folder.glob(f"*.{language}.txt"))]


@pytest.mark.parametrize(("word", "better"), NOT_IN_ENGLISH.items())
def test_english_words_that_do_not_come_back(word: str, better: str):
    said = [english for english, _ in catalog()] + mails("en")
    assert not [text for text in said if re.search(word, text, re.IGNORECASE)], f"better: {better}"


@pytest.mark.parametrize(("word", "better"), NOT_IN_DUTCH.items())
def test_dutch_words_that_do_not_come_back(word: str, better: str):
    said = [dutch for _, dutch in catalog()] + mails("nl")
    assert not [text for text in said if re.search(word, text, re.IGNORECASE)], f"better: {better}"


def test_templates_say_nothing_outside_the_catalog():
    words = "|".join([*NOT_IN_ENGLISH, *NOT_IN_DUTCH])
    visible = re.compile(r">[^<>{}]*(?:" + words + r")[^<>{}]*<", re.IGNORECASE)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        assert not visible.search(path.read_text()), path.name


def test_saved_is_not_kept_in_dutch():
    saved = [dutch for english, dutch in catalog() if re.search(r"\bsav(e|ed|ing)\b", english, re.IGNORECASE)]
    assert saved
    assert not [text for text in saved if re.search(r"bewa(ar|ren)", text, re.IGNORECASE)], "better: opslaan"
