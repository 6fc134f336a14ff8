"""Pages sent compressed, from whose size nothing can be guessed."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from mentorship.web.compression import unmasked

PAGE = "/account/sign-in"
PACKED = {"Accept-Encoding": "gzip, deflate, br"}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def own_app(empty_app: Flask) -> Flask:
    app = empty_app
    rows = "a,b\n" * 1000
    for path, kind in (("/file", "text/csv"), ("/page", "text/html")):
        view = lambda kind=kind: Response(rows, mimetype=kind)  # noqa: E731
        view.access = app.view_functions["account.sign_in"].access
        app.add_url_rule(path, path, view, methods=["GET", "POST"])
    stream = lambda: Response(iter([rows]), mimetype="text/html")  # noqa: E731
    stream.access = app.view_functions["account.sign_in"].access
    app.add_url_rule("/stream", "stream", stream)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def reader(own_app: Flask) -> FlaskClient:
    return own_app.test_client()


def test_a_page_is_compressed_for_who_can_read_it(reader):
    plain = reader.get(PAGE)
    packed = reader.get(PAGE, headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]
    read = gzip.decompress(packed.data).decode()
    assert TOKEN.sub("", read) == TOKEN.sub("", plain.text)
    assert len(packed.data) < len(plain.data) / 2 and packed.headers["Content-Length"] == str(len(packed.data))
    refused = reader.get(PAGE, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
    head = reader.head(PAGE, headers=PACKED)
    assert (head.data, head.headers["Content-Encoding"]) == (b"", "gzip")


@pytest.mark.parametrize("path", ["/file", "/stream"])
def test_files_and_streams_are_sent_as_they_are(reader, path):
    answer = reader.get(path, headers=PACKED)
    assert "Content-Encoding" not in answer.headers and answer.text == "a,b\n" * 1000


def test_the_answer_to_a_form_is_sent_as_it_is(reader):
    assert reader.get("/page", headers=PACKED).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in reader.post("/page", headers=PACKED).headers


def test_the_length_of_the_same_page_varies(reader):
    lengths = {len(reader.get("/page", headers=PACKED).data) for _ in range(40)}
    assert len(lengths) > 10 and max(lengths) - min(lengths) <= 100


def test_the_token_looks_different_in_each_answer_and_is_the_same_in_one(reader):
    pages = [reader.get(PAGE).text for _ in range(5)]
    tokens = [TOKEN.findall(page) for page in pages]
    for found in tokens:
        assert len(found) >= 2 and len(set(found)) == 1
    starts = {found[0][:20] for found in tokens}
    ends = {found[0][-40:] for found in tokens}
    assert len(starts) == len(ends) == 5
    assert len({unmasked(found[0]).split(".")[0] for found in tokens}) == 1, "the secret of this session"


@pytest.mark.parametrize("sent", ["", "x", "YWJj", "é", "\x00", "A" * 5000, "ImE4.awqQig.qqle", "____"])
def test_what_is_no_token_opens_nothing(own_app, sent):
    own_app.config["WTF_CSRF_ENABLED"] = True
    client = own_app.test_client()
    client.get(PAGE)
    answer = client.post("/account/language", data={"csrf_token": sent, "locale": "en"})
    assert answer.status_code == 400
    token = TOKEN.search(client.get(PAGE).text)[1]
    assert client.post("/account/language", data={"csrf_token": token, "locale": "en"}).status_code == 303
    assert own_app.test_client().post("/account/language", data={"csrf_token": token}).status_code == 400
