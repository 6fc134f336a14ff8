"""QR codes: what the camera of a phone opens, drawn as a part of the page."""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Empty modules around a code, without which a camera does not find it."""


def drawn(address: str) -> Markup:
    """Draw an address as an SVG of attributes alone, always dark on white; a fold or a smudge of 15 % does not hurt."""
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
    return Markup(picture)  # noqa: S704 (segno writes the numbers of a path, and nothing of the address)
