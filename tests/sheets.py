"""Lay every page of every role side by side, to be looked at: `make sheets`, one picture a role and look.

A fresh demo, its pages as test_axe lists them, as they are on a desk in light, dark, English, the colours of the
system and on paper, and on a phone. Pictures go to build/sheets, which is not kept.
"""

from __future__ import annotations

import base64
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine, open_session
from mentorship.demo.build import build
from tests.browser.cast import Cast, complete
from tests.browser.conftest import FLAGS
from tests.browser.inspecting import NARROW, WIDE
from tests.browser.serving import Site, chromium, serve
from tests.browser.test_axe import PAGES

TARGET = Path("build/sheets")
ACROSS = 4
LONGEST = 3000
"""Pixels of a page that are shown: a list of fifty cards says no more."""


@dataclass(frozen=True)
class Look:
    """One way to look at a page."""

    name: str
    size: Any = field(default_factory=lambda: WIDE)
    options: dict[str, Any] = field(default_factory=dict)
    media: Literal["screen", "print"] = "screen"


LOOKS = (
    Look("light"),
    Look("dark", options={"color_scheme": "dark"}),
    Look("phone", NARROW, {"has_touch": True, "is_mobile": True}),
    Look("english", options={"locale": "en-GB"}),
    Look("forced", options={"forced_colors": "active"}),
    Look("paper", {"width": 794, "height": 1123}, media="print"),
)


def main() -> None:
    """Write the sheets, and where each stands."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tool:
        path = Path(folder) / "demo.db"
        cast = _demo(path)
        browser = tool.chromium.launch(executable_path=chromium(), args=FLAGS)
        with serve(path) as site:
            cast.get_link(site.app)
            for role in PAGES:
                for look in LOOKS:
                    print(_sheet(browser, site, cast, role, look))
        browser.close()


def _demo(path: Path) -> Cast:
    engine = make_engine(f"sqlite:///{path}")
    build(engine, utc_now())
    with open_session(engine) as session:
        cast = complete(session, utc_now())
        session.commit()
    engine.dispose()
    return cast


def _sheet(browser: Browser, site: Site, cast: Cast, role: str, look: Look) -> Path:
    """Take the pages of one role in one look, and lay them side by side."""
    options = {"locale": "nl-NL", "reduced_motion": "reduce", **look.options}
    context = browser.new_context(base_url=site.url, viewport=look.size, **options)
    page = context.new_page()
    if role != "anonymous":
        cast.sign_in(page, role)
    if look.name == "english" and role != "anonymous":
        _read(page, "en")
    page.emulate_media(media=look.media)
    taken = []
    for address in PAGES[role]:
        page.set_viewport_size(look.size)
        page.goto(address.format(**cast.ids))
        # as tall as the page, so that what stays at the foot of a screen stands at the foot of the picture
        height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
        page.set_viewport_size({**look.size, "height": max(height, look.size["height"])})
        taken.append((address, page.screenshot(type="jpeg", quality=60)))
    if look.name == "english" and role != "anonymous":
        _read(page, "nl")
    target = TARGET / f"{role}-{look.name}.png"
    context.close()
    paper = browser.new_page()
    _lay_out(paper, taken, target, 2 * ACROSS if look.size == NARROW else ACROSS)
    paper.close()
    return target


def _read(page: Page, language: str) -> None:
    with page.expect_navigation():
        page.locator(f"form[data-language] [value={language}]").first.evaluate("button => button.click()")


def _lay_out(page: Page, taken: list[tuple[str, bytes]], target: Path, across: int) -> None:
    figures = []
    for address, picture in taken:
        data = base64.b64encode(picture).decode()
        shown = f'<img src="data:image/jpeg;base64,{data}">'
        figures.append(f"<figure><figcaption>{escape(address)}</figcaption>{shown}</figure>")
    style = f"main{{columns:{across};column-gap:8px;background:#888;font:12px sans-serif}}"
    style += "figure{margin:0 0 8px;break-inside:avoid}img{width:100%}"
    page.set_viewport_size({"width": 2400, "height": 900})
    page.set_content(f"<style>{style}</style><main>{''.join(figures)}</main>")
    page.screenshot(path=target, full_page=True)


if __name__ == "__main__":
    main()
