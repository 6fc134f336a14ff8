"""What a device is called to who owns it: its browser and what it is, from what the browser says of itself."""

from __future__ import annotations

from ua_parser import parse

from mentorship.base.i18n import gettext

BROWSERS = {
    "Mobile Safari": "Safari",
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
    "Edge Mobile": "Edge",
    "Samsung Internet": "Samsung Internet",
}
"""What a browser is called by people, where its own name says more."""
SYSTEMS = {"Mac OS X": "Mac", "Chrome OS": "Chromebook"}


def described(user_agent: str) -> str:
    """Return "Safari on iPhone" or the like, in the reader's language; "unknown device" when nothing is known."""
    found = parse(user_agent)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    if system == "iOS" and found.device:
        system = found.device.family
    browser = BROWSERS.get(browser, browser)
    system = SYSTEMS.get(system, system)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("unknown device")
