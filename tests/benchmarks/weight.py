"""How heavy the main pages are for a phone that comes for the first time: python -m tests.benchmarks.weight.

Each page is loaded cold by Chromium at 390 px, over slow 4G (1.6 Mbit/s, 150 ms there and back) on a processor slowed
four times: bytes on the wire, when the largest thing stood there (LCP), how much moved meanwhile (CLS).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import chdir
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright

from mentorship.base.clock import utc_now
from mentorship.base.config import ROOT
from mentorship.base.db import make_engine, open_session
from mentorship.cli import main as command
from mentorship.demo.visiting import who
from mentorship.web import assets
from tests.benchmarks.figures import table
from tests.browser.serving import Site, chromium, serve, sign_in

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "locale": "nl-NL"}
PAGES = {
    None: ["/account/sign-in"],
    "junior": ["/", "/mentor-requests/mine", "/profiles"],
    "senior": ["/", "/mentorships"],
    "manager": ["/", "/insight/workload"],
    "coordinator": ["/", "/people", "/rounds"],
}
TIMES = 2
SEEN = """() => new Promise(told => {
  const found = {lcp: 0, cls: 0};
  new PerformanceObserver(list => { for (const e of list.getEntries()) found.lcp = e.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(list => { for (const e of list.getEntries()) found.cls += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => told(found), 500);
})"""


def cold(browser: Browser, site: Site, cookies: list[Any], path: str) -> dict[str, float]:
    """Load a page with nothing kept, and return its bytes, requests, LCP in ms and CLS."""
    context = browser.new_context(base_url=site.url, **PHONE)
    context.add_cookies(cookies)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    found = {"bytes": 0.0, "requests": 0.0}

    def add(event: dict[str, Any]) -> None:
        found["bytes"] += event["encodedDataLength"]
        found["requests"] += 1

    session.on("Network.loadingFinished", add)
    page.goto(path, wait_until="networkidle")
    found.update(page.evaluate(SEEN))
    context.close()
    return found


def signed_in(browser: Browser, site: Site, number: str | None) -> list[Any]:
    """Return the cookies of somebody of the demo."""
    if number is None:
        return []
    context = browser.new_context(base_url=site.url, **PHONE)
    page: Page = context.new_page()
    sign_in(page, number)
    cookies: list[Any] = list(context.cookies())
    context.close()
    return cookies


def main() -> None:
    """Serve a demo, built here or copied from the file given, and print the table."""
    if not assets.built_files(ROOT / "static"):
        sys.exit("build first what browsers get: python hatch_build.py")
    given = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        path = Path(folder) / "instance/demo.db"
        if given:
            path.parent.mkdir()
            shutil.copy(given, path)
        else:
            CliRunner().invoke(command, ["demo", "--build-only"])
        engine = make_engine(f"sqlite:///{path}")
        with open_session(engine) as session:
            numbers = {role: number for _, number, role in who(session, utc_now())}
        engine.dispose()
        with serve(path) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-quic"])
            print_table(browser, site, numbers)


def print_table(browser: Browser, site: Site, numbers: dict[str, str]) -> None:
    """Print the best of some loads of each page, for the machine has other things to do."""
    rows = []
    for role, paths in PAGES.items():
        cookies = signed_in(browser, site, numbers[role] if role else None)
        for path in paths:
            loads = [cold(browser, site, cookies, path) for _ in range(TIMES)]
            lcp = min(load["lcp"] for load in loads)
            cls = max(load["cls"] for load in loads)
            size, asked = loads[0]["bytes"], loads[0]["requests"]
            rows.append([role or "nobody", path, f"{size / 1000:.1f}", f"{asked:.0f}", f"{lcp:.0f}", f"{cls:.3f}"])
            print(*rows[-1], file=sys.stderr, flush=True)
    heads = ["who", "page", "kB (goal: 100)", "requests", "LCP ms (goal: 1200)", "CLS (goal: 0.02)"]
    table("cold, slow 4G, processor 4 times slower", heads, rows)


if __name__ == "__main__":
    main()
