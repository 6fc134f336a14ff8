"""What the list of one's sessions calls each device."""

from __future__ import annotations

import pytest

from mentorship.base.i18n import use_locale
from mentorship.people.account.devices import described

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0"
)


@pytest.mark.parametrize(
    ("user_agent", "dutch", "english"),
    [
        (ANDROID, "Chrome op Android", "Chrome on Android"),
        (IPHONE, "Safari op iPhone", "Safari on iPhone"),
        (WINDOWS, "Edge op Windows", "Edge on Windows"),
        ("", "onbekend apparaat", "unknown device"),
        ("<script>", "onbekend apparaat", "unknown device"),
    ],
)
def test_a_device_is_called_by_its_browser_and_kind(user_agent: str, dutch: str, english: str):
    with use_locale("nl"):
        assert described(user_agent) == dutch
    with use_locale("en"):
        assert described(user_agent) == english
