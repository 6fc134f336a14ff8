"""A test client that inspects every page it fetches, and sends the csrf token that the last page held."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import html5lib
from flask import Flask
from sqlmodel import Session
from werkzeug.test import TestResponse

import hatch_build
from mentorship.base.config import ROOT
from mentorship.people.account.actions import start_session
from mentorship.people.models import Person
from mentorship.web import asset_sources
from mentorship.web.headers import HEADERS
from tests.house.markup import classes_of

XHTML = "{http://www.w3.org/1999/xhtml}"
LABELLED = ("input", "select", "textarea")
DRAWN = re.compile(r"icons\.svg[^#\"]*#([\w-]+)")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_fine: set[bytes] = set()
"""The digests of pages that were inspected before, for many tests pass by the same ones."""


class InspectingClient:
    """Signs in as one person; every HTML page must be valid, labelled, titled, and free of inline script and style."""

    def __init__(self, app: Flask, session: Session | None = None, person_id: int | None = None) -> None:
        self.app = app
        self._client = app.test_client()
        self._token = ""
        if person_id is not None:
            assert session is not None
            now = app.config["CLOCK"]()
            secret = start_session(session, session.get_one(Person, person_id), "test", 12, now)
            session.commit()
            with self._client.session_transaction() as cookie:
                cookie["_user_id"] = secret

    def get(self, url: str, **options: Any) -> TestResponse:
        return self._inspected(self._client.get(url, **options))

    def post(self, url: str, data: dict[str, Any] | None = None, *, csrf: bool = True, **options: Any) -> TestResponse:
        """Post a form; without `csrf` the token is left out."""
        if csrf and not self._token:
            self.get("/account" if self.get("/").status_code == 200 else "/account/sign-in")
        fields = {**(data or {}), **({"csrf_token": self._token} if csrf else {})}
        return self._inspected(self._client.post(url, data=fields, **options))

    def follow(self, answer: TestResponse) -> TestResponse:
        """Go where a redirect leads."""
        assert answer.status_code in (302, 303), f"{answer.status_code}: {answer.text[:2000]}"
        return self.get(answer.location)

    @property
    def flask(self) -> Any:
        return self._client

    def _inspected(self, answer: TestResponse) -> TestResponse:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, f"{name} on {answer.request.path}"
        assert answer.headers["Cache-Control"] == "no-store" or answer.request.path.startswith("/static")
        if answer.mimetype == "text/html" and answer.data and answer.status_code not in (302, 303):
            found = TOKEN.search(answer.text)
            if found:
                self._token = found[1]
            page = TOKEN.sub('name="csrf_token" value="x"', answer.text)
            digest = hashlib.sha256(page.encode()).digest()
            if digest not in _fine:
                inspect(page, answer.request.path)
                _fine.add(digest)
        return answer


def inspect(text: str, where: str) -> None:
    """Assert what every page must keep."""
    whole = "<html" in text
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(text) if whole else parser.parseFragment(text)
    errors = [str(e) for e in parser.errors if whole or "doctype" not in str(e)]
    assert not errors, f"{where}: invalid HTML {errors[:3]}"
    tags = [e for e in tree.iter() if isinstance(e.tag, str)]
    undrawn = set(DRAWN.findall(text)) - set(hatch_build.ICONS)
    assert not undrawn, f"{where}: no drawing of {undrawn}"
    ids = Counter(e.get("id") for e in tags if e.get("id"))
    assert not [i for i, n in ids.items() if n > 1], f"{where}: an id twice: {[i for i, n in ids.items() if n > 1]}"
    for element in tags:
        name = element.tag.removeprefix(XHTML)
        assert not element.get("style"), f"{where}: inline style on {name}"
        assert not [a for a in element.attrib if a.startswith("on")], f"{where}: inline script on {name}"
        if name == "script":
            assert element.get("src") and not (element.text or "").strip(), f"{where}: inline script"
        for reference in ("aria-describedby", "for", "aria-controls"):
            for target in (element.get(reference) or "").split():
                assert target in ids, f"{where}: {reference}={target} points nowhere"
        address = element.get("href") or element.get("src") or element.get("action") or ""
        calendar = address.startswith("webcal://localhost/")  # ours, for a calendar programme
        assert calendar or not urlsplit(address).netloc, f"{where}: leads elsewhere: {address}"
        if address.startswith("#") and name == "a":
            assert address[1:] in ids, f"{where}: {address} points nowhere"
        if name == "a":
            assert "".join(element.itertext()).strip() or element.get("aria-label"), f"{where}: an empty link"
        if name == "form" and element.get("method") == "post":
            assert any(e.get("name") == "csrf_token" for e in element.iter()), f"{where}: a form without token"
    _labelled(tags, where)
    _headed(tags, where)
    worn = {name for element in tags for name in (element.get("class") or "").split()}
    assert not worn & purged(), f"{where}: purged from the sheet, for no file names them so: {worn & purged()}"
    if whole:
        count = Counter(e.tag.removeprefix(XHTML) for e in tags)
        assert count["h1"] == 1, f"{where}: {count['h1']} h1"
        shown = [e for e in tags if e.get("hidden") is None]
        blue = [e for e in shown if "btn-primary" in (e.get("class") or "").split()]
        is_gallery = where.startswith("/parts/")  # every way a button can look, beside each other
        assert len(blue) <= 1 or is_gallery, f"{where}: {len(blue)} blue buttons"
        _ways(tags, where)
        title = next(e for e in tags if e.tag == f"{XHTML}title")
        assert (title.text or "").strip(" –"), f"{where}: no title"
        assert next(e for e in tags if e.tag == f"{XHTML}html").get("lang") in ("nl", "en")


@lru_cache
def purged() -> set[str]:
    """Return the classes that our sheets style, but the one built from them does not."""
    styled: set[str] = set()
    for name in asset_sources.sheets(ROOT):
        styled |= classes_of((ROOT / "static" / name).read_text("utf-8"))
    return styled - set(asset_sources.used_names(ROOT))


def _ways(tags: list[Any], where: str) -> None:
    """The way to a page names each place once."""
    for way in [e for e in tags if e.get("class") == "crumbs"]:
        named = [" ".join(step.itertext()).strip() for step in way.iter(f"{XHTML}li")]
        assert len(named) == len(set(named)), f"{where}: the way here is {named}"


def _headed(tags: list[Any], where: str) -> None:
    """Every row of a table says whose it is, in a head of its own; what is unfolded below one is no row."""
    rows = [row for body in tags if body.tag == f"{XHTML}tbody" for row in body if row.tag == f"{XHTML}tr"]
    for row in rows:
        cells = [cell for cell in row if cell.get("colspan") is None]
        heads = [cell for cell in cells if cell.tag == f"{XHTML}th" and cell.get("scope") == "row"]
        assert len(heads) == 1 or not cells, f"{where}: a row without a head: {' '.join(row.itertext()).split()[:8]}"


def _labelled(tags: list[Any], where: str) -> None:
    labels = {e.get("for") for e in tags if e.tag == f"{XHTML}label"}
    for element in tags:
        name = element.tag.removeprefix(XHTML)
        if name in LABELLED and element.get("type") not in ("hidden", "submit"):
            known = element.get("id") in labels or element.get("aria-label")
            assert known, f"{where}: {name} {element.get('name')} has no label"
