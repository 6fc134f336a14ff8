"""A page for each file of parts, at /parts/<name>, that shows every part of it in every state; only tests serve it.

To add one: gallery/<name>.html, which extends "gallery/_page.html", and in `VALUES` what it shows, if it needs any.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, abort, render_template

from mentorship.people.access import PUBLIC
from mentorship.people.account.guard import allow
from tests.conftest import make_app
from tests.parts import figure_values, shown

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "gallery").glob("[!_]*.html"))
VALUES: dict[str, Callable[[], dict[str, Any]]] = {
    **figure_values.VALUES,
    "answers": shown.answers,
    "choose": shown.choose,
    "inbox": shown.people,
    "panel": shown.people,
    "person": shown.people,
    "rows": shown.rows,
}
"""By page what its template shows, made within the request: in the reader's language."""

blueprint = Blueprint("parts", __name__, url_prefix="/parts", template_folder=str(HERE))


@blueprint.get("/<name>")
@allow(PUBLIC)
def show(name: str) -> str:
    """Show the parts of one file."""
    if name not in NAMES:
        abort(404)
    values = VALUES[name]() if name in VALUES else {}
    return render_template(f"gallery/{name}.html", name=name, pages=NAMES, **values)


def gallery_app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    """An application for tests that has these pages too."""
    app = make_app(engine, database_url, now)
    app.register_blueprint(blueprint)
    return app
