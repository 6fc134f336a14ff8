"""What Chromium prints of a page on A4, without the colours of grounds: the words, where they stand, the QR codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import zxingcpp
from numpy.typing import NDArray
from playwright.sync_api import Page

A4 = (595, 842)
POINTS_A_MM = 72 / 25.4
HEAD = 16 * POINTS_A_MM
"""How high the line above every sheet reaches, in points."""


@dataclass(frozen=True)
class Sheet:
    """One side of paper: its words, how far they reach to the left and right in mm, and how it looks, 0 is black."""

    text: str
    left: float
    right: float
    picture: NDArray[np.uint8]

    @property
    def bare(self) -> str:
        """The letters without the spaces and line ends between them."""
        return bare(self.text)

    @property
    def scanned(self) -> list[str]:
        """What a phone reads from the codes on it."""
        return [code.text for code in zxingcpp.read_barcodes(self.picture)]

    @property
    def below_head(self) -> NDArray[np.uint8]:
        """How it looks without the line that says what time it is."""
        return self.picture[round(HEAD / A4[1] * len(self.picture)) :]


def bare(text: str) -> str:
    """Return letters and figures alone: paper breaks and hyphenates lines elsewhere than a screen."""
    return re.sub(r"[^\w%]", "", text)


def printed(page: Page, scale: float = 1) -> list[Sheet]:
    """Print a page as it is shown now; `scale` is pixels a point."""
    content = page.pdf(prefer_css_page_size=True, print_background=False)
    document = pdfium.PdfDocument(content)
    sheets = [_sheet(document[number], scale) for number in range(len(document))]
    document.close()
    return sheets


def _sheet(side: pdfium.PdfPage, scale: float) -> Sheet:
    assert tuple(round(length) for length in side.get_size()) == A4
    words = side.get_textpage()
    boxes = [words.get_rect(number) for number in range(words.count_rects())]
    grey = side.render(scale=scale, grayscale=True).to_numpy()
    return Sheet(
        text=words.get_text_bounded(),
        left=min(box[0] for box in boxes) / POINTS_A_MM,
        right=max(box[2] for box in boxes) / POINTS_A_MM,
        picture=np.ascontiguousarray(grey).reshape(grey.shape[:2]),
    )
