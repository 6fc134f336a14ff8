"""QR codes: what the camera of a phone opens, drawn as a part of the page."""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Empty modules around a code, without which a camera does not find it."""


def drawn(address: str, label: str) -> Markup:
    """Draw an address as an SVG of attributes alone, always dark on white; 15 % of it may be smudged or folded.

    `label` says what it is to who does not see it.
    """
    code = segno.make(
        address,
        error="m",
        micro=False,
    )
    picture = code.svg_inline(
        omitsize=True,
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    told = Markup('<svg role="img" aria-label="{}" ').format(label)
    rest = picture.removeprefix("<svg ")
    return told + Markup(rest)  # noqa: S704 (segno writes the numbers of a path, and nothing of the address)
