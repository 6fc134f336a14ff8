"""Every part in every state is valid, labelled, and free of inline script and style."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.client import InspectingClient
from tests.parts.gallery import NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_parts_are_valid(app: Flask, name: str, language: str):
    page = InspectingClient(app).get(f"/parts/{name}", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
