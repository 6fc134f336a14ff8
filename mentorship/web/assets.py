"""Sheets, scripts, drawings, letters: hashed and compressed files when they were built, else the files themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, send_from_directory, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import Accept

from mentorship.base.config import ROOT
from mentorship.base.signing import HostSigner
from mentorship.web.asset_sources import fingerprint_now

SHEET = "sheet.css"
"""All sheets as one, purged of what no page uses."""
BUILT = "built/"
NEEDLESS = ("Content-Disposition", "Last-Modified")
"""What a file goes without: its address names it, and its ETag tells whether it changed; each weighs on a cold page."""
ENDINGS = {"br": ".br", "gzip": ".gz"}
"""How a compressed file beside another is called, the smallest first."""


def is_static() -> bool:
    """Tell whether a file is asked for that is the same for everybody."""
    return request.endpoint == "static"


def built_files(static: Path) -> dict[str, str]:
    """Return the built file for each by name; none when nothing was built, or the checkout changed since."""
    path = static / BUILT / "list.json"
    if not path.exists():
        return {}
    listed = path.read_text("utf-8")
    told = json.loads(listed)
    if static == ROOT / "static" and told["fingerprint"] != fingerprint_now(ROOT):
        return {}
    files: dict[str, str] = told["files"]
    return files


def style_sheets(names: Sequence[str]) -> list[str]:
    """Return the addresses of the sheets to link: one for all of them once it is built."""
    built = current_app.extensions["mentorship_assets"]
    files = [f"{name}.css" for name in names]
    if SHEET in built:
        files = [SHEET]
    return [url_for("static", filename=file) for file in files]


def best_encoding(accepted: Accept) -> str | None:
    """Return how to send a file that lies compressed beside itself; None: as it is."""
    for encoding in ENDINGS:
        if accepted.quality(encoding) > 0:
            return encoding
    return None


class _Cookies(SecureCookieSessionInterface):
    """What a browser keeps of us, signed: taken from any host of ours, and not with a file that caches share."""

    digest_method = staticmethod(hashlib.sha256)  # Flask's own is SHA-1

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs cookies."""
        found = super().get_signing_serializer(app)
        if found is not None:
            found.signer = HostSigner
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep the session, but not with a static file."""
        if not is_static():
            super().save_session(app, session, response)


def init(app: Flask) -> None:
    """Serve what was built, and let addresses lead there."""
    folder = Path(app.static_folder or "")
    files = built_files(folder)
    app.extensions["mentorship_assets"] = files
    app.session_interface = _Cookies()
    app.view_functions["static"] = _serve
    app.jinja_env.globals.update(style_sheets=style_sheets)

    @app.url_defaults
    def lead_to_built(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static":
            return
        name = values["filename"]
        values["filename"] = files.get(name, name)


def _serve(filename: str) -> Response:
    """Send a file, compressed as the browser likes where that was made beforehand."""
    folder = Path(current_app.static_folder or "")
    beside = folder / f"{filename}.br"
    packed = filename.startswith(BUILT) and beside.is_file()
    encoding = best_encoding(request.accept_encodings) if packed else None
    ending = ENDINGS[encoding] if encoding else ""
    answer = send_from_directory(
        folder,
        filename + ending,
        download_name=Path(filename).name,
    )
    if encoding:
        answer.headers["Content-Encoding"] = encoding
    if packed:
        answer.vary.add("Accept-Encoding")
    for name in NEEDLESS:
        answer.headers.pop(name, None)
    return answer
