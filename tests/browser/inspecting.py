"""What is measured on a page: axe, its width, what there is to press, and what the browser complains of."""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, ViewportSize

WIDE: ViewportSize = {"width": 1360, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
TAP = 48
# of rows built alike, in a list of fifty, two stay: axe would look at every one of them at length
_ALIKE = """() => {
  const seen = new Map();
  const built = e => [...e.querySelectorAll("*")].map(c => c.tagName + c.className.toString() + c.disabled).join();
  for (const row of document.querySelectorAll("tbody > tr, .list-group > *, .choices > li, option")) {
    const key = row.parentElement.tagName + row.className + built(row);
    seen.set(key, (seen.get(key) || 0) + 1);
    if (seen.get(key) > 2) row.remove();
  }
}"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
_AXE = """async only => {
  const options = {runOnly: only, resultTypes: ["violations"], preload: false, elementRef: false};
  const {violations} = await axe.run(document, options);
  const why = node => [...node.any, ...node.all, ...node.none].map(check => check.message).join("; ");
  const told = node => `${node.target.join(" ")} | ${node.html.slice(0, 160)} | ${why(node)}`;
  return violations.map(v => `${v.id} (${v.nodes.length}): ` + v.nodes.slice(0, 3).map(told).join("\\n    "));
}"""
_WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const beyond = e => e.getBoundingClientRect().right > root.clientWidth + 1;
  const out = [...document.querySelectorAll("body *")].filter(beyond);
  return [`${root.scrollWidth} px wide, by ` + out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" ; ")];
}"""
# a box inside its label is pressed by the label; a link inside a sentence is as tall as the line
_SMALL = """least => {
  const small = [];
  for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary, label.form-check")) {
    if (e.type === "hidden" || !e.checkVisibility({visibilityProperty: true}) || e.matches(".skip")) continue;
    const target = e.matches("[type=checkbox], [type=radio]") ? e.closest("label") || e : e;
    const {width, height} = target.getBoundingClientRect();
    const words = e.parentElement.textContent.trim().length > e.textContent.trim().length;
    if (e.matches("a:not(.btn, .choice)") && getComputedStyle(e).display === "inline" && words) continue;
    if (height < least - 0.5 || width < 24) small.push(`${width}x${height}: ${e.outerHTML.slice(0, 140)}`);
  }
  return small;
}"""

# WCAG 1.4.12: lines, paragraphs, letters and words further apart, as some readers set them
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important }"
    + "* { word-spacing: .16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [sheet];
}"""
_EDGES = """() => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const painted = (...colours) => {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = colours => painted(...colours).slice(0, 3).map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], .05);
  // the colours that lie on one another, from the first that lets nothing through
  const ground = e => {
    const colour = getComputedStyle(e).backgroundColor;
    return painted(colour)[3] === 255 || !e.parentElement ? [colour] : [...ground(e.parentElement), colour];
  };
  // a field is known by its edge or its fill; what is pressed may be words or a picture alone, without an edge
  const fields = ".form-control, .form-select, .form-check-input, .switch, .stepper, .tap span, .choice, .opt, "
    + ".answers span, .rank button, .hold, .rung:is(a, button), .btn:not([class*=btn-ghost], .btn-icon, .btn-link)";
  const others = ".btn, .filters summary, .pick button";
  const shown = [...document.querySelectorAll(`${fields}, ${others}`)].filter(one => one.checkVisibility());
  return shown.map(one => {
    const {borderTopColor, borderTopStyle, borderTopWidth} = getComputedStyle(one), under = ground(one.parentElement);
    const drawn = borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0 && painted(borderTopColor)[3] > 0;
    const around = light(under), inside = light(ground(one));
    const edge = drawn ? light([...ground(one), borderTopColor]) : around;
    const against = other => Math.max(other, around) / Math.min(other, around);
    if (Math.max(against(edge), against(inside)) >= 3 || !drawn && !one.matches(fields)) return "";
    return `${against(edge).toFixed(2)} ${one.outerHTML.slice(0, 90)}`;
  }).filter(Boolean);
}"""


@dataclass
class Complaints:
    """What the browser logged as an error since the last look: scripts, policy, things not found."""

    page: Page
    refused: bool = False
    """Whether a form is sent that the page does not leave for: its refusal (422) is what the test asked for."""
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.texts.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # the browser logs every answer of 4xx; for the page itself that is what the test asked for
        here = message.location.get("url", "") == self.page.url and "status of 4" in message.text
        own = here or (self.refused and "status of 422" in message.text)
        if message.type in ("error", "warning") and not own:
            self.texts.append(message.text)

    def taken(self) -> list[str]:
        """Return the complaints, and forget them."""
        found, self.texts[:] = list(self.texts), []
        return found


def violations(page: Page, only: list[str]) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA, by these tags or rules."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_ALIKE)
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_AXE, only)
    return found


def wider_than_screen(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    found: list[str] = page.evaluate(_WIDER)
    return found


def hard_to_press(page: Page, least: int = TAP) -> list[str]:
    """Return what there is to press that is too small for a gloved thumb."""
    found: list[str] = page.evaluate(_SMALL, least)
    return found


def faint_edges(page: Page) -> list[str]:
    """Return the controls whose edge stands out less than 3:1 from what is around them, and that are not filled."""
    found: list[str] = page.evaluate(_EDGES)
    return found


def set_letters(page: Page, size: int) -> None:
    """Read with letters of so many pixels, as one sets them in the browser; 16 is as they come."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    devtools.detach()
    assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == f"{size}px"


def space_out(page: Page, *, spaced: bool) -> None:
    """Read with lines, letters and words further apart, or as they come."""
    page.evaluate(_SPACED if spaced else "() => { document.adoptedStyleSheets = []; }")
