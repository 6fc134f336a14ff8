"""The forms on a page, as a browser would send them when nobody touched anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

SKIPPED = frozenset({"csrf_token"})


@dataclass
class PageForm:
    """Where a form goes, and what stands in it; `offered` may be ticked as well."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    offered: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self._form: PageForm | None = None
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._form = PageForm(given.get("action", ""))
            self.found.append(self._form)
        if self._form is None:
            return
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            chosen = self._form.fields if "selected" in given else self._form.offered
            chosen.append((self._select, given.get("value", "")))
        elif tag == "textarea":
            self._area = name
        elif tag in ("input", "button") and name and name not in SKIPPED:
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            chosen = self._form.fields if ticked and tag == "input" else self._form.offered
            chosen.append((name, given.get("value", "on" if given.get("type") == "checkbox" else "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._settle()

    def _settle(self) -> None:
        """A list of which nothing is chosen sends its first."""
        if self._form is not None and self._select not in [name for name, _ in self._form.fields]:
            self._form.fields += [pair for pair in self._form.offered if pair[0] == self._select][:1]
        self._select = ""

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._area:
            self._form.fields.append((self._area, data))
            self._area = ""


def forms_on(page: str) -> list[PageForm]:
    """Return the forms of a page that change something."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
