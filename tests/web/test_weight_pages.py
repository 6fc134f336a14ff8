"""A page that comes to a phone for the first time, with all that it needs, stays light."""

from __future__ import annotations

import gzip
import re

import pytest

from mentorship.base.config import ROOT
from mentorship.web import assets
from tests.conftest import lacking

MOST = 100_000
LINKED = re.compile(r'(?:href|src)="(/static/[^"#]+)')
PHONE = {"Accept-Encoding": "gzip, deflate, br"}
HEADERS = 300
"""About what the head of an answer takes."""


@pytest.mark.parametrize(
    ("key", "url"),
    [
        (None, "/account/sign-in"),
        ("junior", "/"),
        ("junior", "/mentor-requests/mine"),
        ("junior", "/profiles"),
        ("senior", "/"),
        ("senior", "/mentorships"),
        ("manager", "/insight/workload"),
        ("coordinator", "/"),
        ("coordinator", "/people"),
        ("coordinator", "/rounds"),
    ],
)
def test_a_cold_page_is_under_a_hundred_kilobytes(visit, key, url):
    if not assets.built_files(ROOT / "static"):
        lacking("what is built from this tree: python hatch_build.py")
    client = visit(key).flask
    page = client.get(url, headers=PHONE)
    assert page.status_code == 200
    text = gzip.decompress(page.data).decode()
    weights = {url: len(page.data)}
    for address in set(LINKED.findall(text)):
        weights[address] = len(client.get(address, headers=PHONE).data)
    assert any(address.endswith(".woff2") for address in weights), "the letters are counted too"
    total = sum(weights.values()) + HEADERS * len(weights)
    assert total < MOST, sorted(weights.items(), key=lambda item: -item[1])
