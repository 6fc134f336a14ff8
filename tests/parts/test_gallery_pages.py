"""Every part in every state is valid, labelled, and free of inline script and style."""

from __future__ import annotations

import html5lib
import pytest
from flask import Flask

from tests.client import XHTML, InspectingClient
from tests.parts.gallery import NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_parts_are_valid(app: Flask, name: str, language: str):
    page = InspectingClient(app).get(f"/parts/{name}", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text


SVG = "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("name", NAMES)
def test_no_drawing_goes_untold(app: Flask, name: str):
    page = html5lib.parse(InspectingClient(app).get(f"/parts/{name}").text)
    main = page.find(f".//{XHTML}main")
    parents = {child: parent for parent in main.iter() for child in parent}
    drawings = [each for each in main.iter(SVG) if "icon" not in (each.get("class") or "").split()]
    for drawing in drawings:
        if drawing.get("aria-hidden"):
            words = "".join(parents[drawing].itertext()).strip()
            assert words, f"{drawing.get('class')}: hidden, and nothing beside it says what it shows"
        else:
            told = drawing.get("aria-label") or drawing.get("aria-labelledby")
            assert drawing.get("role") == "img" and told, f"{drawing.get('class')}: a drawing without words"
