"""QR codes: a phone reads the address, also from a smudged card, and the page needs no inline style for it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorship.web import qr
from tests.scanning import modules, read

ADDRESS = "https://leermaat.voorbeeld.example/account/activate#name=12856&code=KQ4M-7PXT-29RD"


@settings(max_examples=30, deadline=None)
@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz.-", min_size=1, max_size=60),
    st.text(alphabet="23456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=12, max_size=12),
)
def test_what_is_scanned_is_the_address(host: str, code: str):
    address = f"https://{host}/links?code={code}"
    assert read(modules(qr.drawn(address, ""))) == address


def test_around_it_four_modules_stay_white():
    dark = modules(qr.drawn(ADDRESS, ""))
    inside = dark[4:-4, 4:-4]
    assert dark.sum() == inside.sum() and inside[0].any() and inside[:, 0].any()


def test_a_smudge_does_not_hurt():
    dark = modules(qr.drawn(ADDRESS, ""))
    dark[20:26, 20:26] = np.True_
    assert read(dark) == ADDRESS


def test_it_is_drawn_by_attributes_alone():
    picture = qr.drawn(ADDRESS + "&x=<script>", 'van "<b>"')
    assert "style" not in picture and "script" not in picture
    assert picture.startswith('<svg role="img" aria-label="van &#34;&lt;b&gt;&#34;" ')
