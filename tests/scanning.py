"""What a phone reads from the QR codes on a page, drawn from the paths in its html."""

from __future__ import annotations

import re

import numpy as np
import zxingcpp
from numpy.typing import NDArray

DRAWN = re.compile(r'<div class="qr"[^>]*>(<svg.*?</svg>)</div>', re.S)
SIDE = re.compile(r'viewBox="0 0 (\d+) \1"')
DARK = re.compile(r'stroke="#000" d="([^"]+)"')
STEP = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")
PIXELS = 4


def modules(svg: str) -> NDArray[np.bool_]:
    """Return which modules of a drawn code are dark, its quiet zone with it."""
    side, path = SIDE.search(svg), DARK.search(svg)
    assert side and path, svg[:300]
    dark = np.zeros((int(side[1]), int(side[1])), dtype=bool)
    x, y = 0, 0.0
    for kind, along, down in STEP.findall(path[1]):
        if kind == "h":
            dark[int(y), x : x + int(along)] = True
            x += int(along)
        else:
            x, y = (int(along), float(down)) if kind == "M" else (x + int(along), y + float(down))
    return dark


def scanned(html: str) -> list[str]:
    """Return what the codes on a page say, in the order in which they stand there."""
    return [read(modules(svg)) for svg in DRAWN.findall(html)]


def read(dark: NDArray[np.bool_]) -> str:
    """Return what one code says."""
    picture = np.where(dark.repeat(PIXELS, 0).repeat(PIXELS, 1), 0, 255).astype(np.uint8)
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1, found
    text: str = found[0].text
    return text
