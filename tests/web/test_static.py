"""What browsers keep: one purged sheet, hashed files, sent compressed, the same for everybody."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentorship.base.config import ROOT
from mentorship.base.db import make_engine
from mentorship.web import asset_sources, assets
from mentorship.web.headers import HEADERS, OF_FILES
from tests.conftest import NOW, lacking, make_app
from tests.house.markup import classes_of, selectors_of

LINKED = re.compile(r'(?:href|src)="(/static/[^"#]+)"')
WORD = re.compile(r"(?<![\w:-])[A-Za-z_][\w-]*")


@pytest.fixture
def built_app(empty_app: Flask) -> Flask:
    """An application of this tree, as it is now built."""
    if not assets.built_files(ROOT / "static"):
        lacking("what is built from this tree: python hatch_build.py")
    return empty_app


@pytest.fixture
def reader(built_app: Flask) -> FlaskClient:
    return built_app.test_client()


@pytest.fixture
def sheet(reader: FlaskClient) -> str:
    """The address of the one sheet."""
    linked = LINKED.findall(reader.get("/account/sign-in").text)
    sheets = [address for address in linked if address.endswith(".css")]
    assert len(sheets) == 1, "one sheet for all"
    return sheets[0]


def test_a_page_links_only_hashed_files_for_good(reader):
    linked = LINKED.findall(reader.get("/account/sign-in").text)
    assert linked
    for address in linked:
        assert re.fullmatch(r"/static/built/[\w.-]+\.[0-9a-f]{12}\.\w+", address), address
        answer = reader.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in answer.headers.get("Vary", "") and "Set-Cookie" not in answer.headers


def test_a_file_says_what_counts_for_it_and_a_drawing_all(reader):
    for address in LINKED.findall(reader.get("/account/sign-in").text):
        found = reader.get(address).headers
        drawing = address.endswith(".svg")
        assert all((name in found) is (drawing or name in OF_FILES) for name in HEADERS), address
        assert drawing or all(found[name] == value for name, value in OF_FILES.items())


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br", "gzip", "br;q=0, gzip", "identity", "", "br;q=0"])
def test_a_file_is_sent_as_the_browser_can_read_it(reader, sheet, accepted):
    plain = reader.get(sheet)
    answer = reader.get(sheet, headers={"Accept-Encoding": accepted})
    encoding = answer.headers.get("Content-Encoding")
    wanted = "br" if "br" in accepted and "br;q=0" not in accepted else "gzip" if "gzip" in accepted else None
    assert encoding == wanted
    if encoding == "gzip":
        assert gzip.decompress(answer.data) == plain.data
    assert answer.mimetype == "text/css" and answer.headers["Vary"] == "Accept-Encoding"
    assert (answer.headers["ETag"] == plain.headers["ETag"]) is (encoding is None), "a tag for each form"


def test_a_file_is_asked_for_again_in_part_or_by_its_head_alone(reader, sheet):
    packed = {"Accept-Encoding": "br"}
    whole = reader.get(sheet, headers=packed)
    assert not {"Content-Disposition", "Last-Modified"} & set(whole.headers.keys()), "weight for nothing"
    again = reader.get(sheet, headers={**packed, "If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["Vary"]) == (304, b"", "Accept-Encoding")
    part = reader.get(sheet, headers={**packed, "Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    head = reader.head(sheet, headers=packed)
    assert (head.status_code, head.data) == (200, b"") and head.headers["Content-Length"] == str(len(whole.data))


@pytest.mark.parametrize("name", ["none.css", "built/none.css", "built/../../pyproject.toml"])
def test_what_is_not_there_is_not_kept(reader, name):
    answer = reader.get(f"/static/{name}")
    assert answer.status_code == 404 and answer.headers["Cache-Control"] == "no-store"


def test_the_sheet_styles_every_name_that_pages_use(reader, sheet):
    styled = classes_of(reader.get(sheet).text)
    known = set(asset_sources.used_names(ROOT))
    whole, used = set(), set()
    for name in asset_sources.sheets(ROOT):
        for selector in selectors_of((ROOT / "static" / name).read_text()):
            named = classes_of(selector)
            whole |= named
            if set(WORD.findall(selector)) <= known:
                used |= named
    assert used <= styled, used - styled
    assert len(styled) < len(whole) / 4, "most of it is not used"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small checkout with one sheet, one template and some code."""
    write(tmp_path / asset_sources.STYLES, '{% for address in style_sheets(["vendor/all"]) %}{% endfor %}')
    names = ["btn-ok", "btn-never", "bg-ok-lt", "step-3", "step-none", "size-lg", "is-open", "mine", "yours"]
    write(tmp_path / "static/vendor/all.css", " ".join(f".{name} {{ color: red }}" for name in names))
    write(tmp_path / "static/vendor/icons.svg", '<symbol id="bell"></symbol>')
    write(tmp_path / "static/vendor/htmx.min.js", "")
    write(tmp_path / "static/js/page.js", 'part.className = "is-" + state; const state = "open";')
    write(tmp_path / "templates/page.html", '<p class="bg-{{ kind }}-lt {{ "btn-" ~ kind }} step-{{ number }}">')
    write(tmp_path / "mentorship/pages.py", 'KIND = "ok"\nCLASS = f"size-{LARGE}"\nLARGE = "lg"\nyours = "mine"\n')
    return tmp_path


def test_a_class_that_is_put_together_survives(tree):
    found = asset_sources.used_names(tree)
    assert {"bg-ok-lt", "btn-ok", "step-3", "size-lg", "is-open", "mine"} <= set(found)
    assert not {"btn-never", "step-none", "yours"} & set(found)


def test_words_on_a_page_need_no_new_sheet_but_a_new_class_does(tree):
    before = asset_sources.fingerprint(tree)
    page = tree / "templates/page.html"
    page.write_text(page.read_text() + "<p>Something more to read</p>")
    assert asset_sources.fingerprint(tree) == before
    page.write_text(page.read_text() + '<p class="yours">')
    assert asset_sources.fingerprint(tree) != before


def test_a_name_that_only_the_code_uses_now_needs_a_new_sheet(tree):
    before = asset_sources.fingerprint(tree)
    code = tree / "mentorship/pages.py"
    code.write_text(code.read_text() + "yours = 1\n")
    assert asset_sources.fingerprint(tree) == before, "no page can see the name of a variable"
    code.write_text(code.read_text() + 'CLASS = "yours"\n')
    assert "yours" in asset_sources.used_names(tree)
    assert asset_sources.fingerprint(tree) != before


def test_make_builds_anew_when_anything_that_counts_changed():
    if not shutil.which("make"):
        lacking("make")
    asked = subprocess.run(["make", "-pnq"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    found = re.search(r"^static/built/list\.json: (.*)$", asked, re.MULTILINE)
    assert found
    looked_at = set(found[1].split())
    counted = {"assets.mjs", "mentorship/web", "templates/parts", "static/css/parts", "static/icon.svg"}
    for folder, ending in (("templates", "html"), ("mentorship", "py"), ("static/css", "css"), ("static/js", "js")):
        counted |= {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob(f"*.{ending}")}
    assert counted <= looked_at, counted - looked_at


@pytest.mark.parametrize("changed", ["static/vendor/all.css", "static/js/page.js"])
def test_a_changed_sheet_or_script_is_built_anew(tree, changed):
    before = asset_sources.fingerprint(tree)
    write(tree / changed, (tree / changed).read_text() + "/* more */")
    assert asset_sources.fingerprint(tree) != before


def test_a_page_of_a_tree_that_changed_since_links_the_sheets_themselves(built_app, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "static/built", tmp_path / "static/built")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "fingerprint_now", lambda root: "another")
    assert assets.built_files(tmp_path / "static") == {}
    assert assets.built_files(tmp_path / "nothing") == {}
    monkeypatch.setattr(assets, "built_files", lambda static: {})
    page = make_app(make_engine("sqlite://"), "sqlite://", NOW).test_client().get("/account/sign-in").text
    linked = [address for address in LINKED.findall(page) if address.endswith(".css")]
    wanted = [f"/static/{name}" for name in asset_sources.sheets(ROOT)]
    assert linked == wanted
