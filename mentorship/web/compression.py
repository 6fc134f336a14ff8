"""Pages sent compressed, without telling by their size what stands in them (BREACH).

Who sees only how long an answer is, and can have a word of their own put into it, could guess a secret of the page
letter by letter. So the token of forms looks different in each answer, every length is blurred, and an answer to a form
is sent as it is: codes and calendar addresses are shown once, and only there.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import io
import secrets

from flask import Flask, Response, current_app, g, request, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

TimestampSigner.default_digest_method = staticmethod(hashlib.sha256)
"""By which the tokens of forms are signed; by itself it is SHA-1, and Flask-WTF cannot be told."""
FIELD = "csrf_token"
LEVEL = 6
BLUR = 100
"""Up to so many bytes more, in a name inside the answer that browsers do not read."""
SHORT = 500
SALT = "wtf-csrf-token"
"""What Flask-WTF signs its tokens for."""


class MaskedTokens(CSRFProtect):  # type: ignore[misc]
    """Protects forms by a token that is written anew in each answer."""

    def init_app(self, app: Flask) -> None:
        """Give templates the masked token."""
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = masked_token
        app.context_processor(lambda: {"csrf_token": masked_token})

    def _get_csrf_token(self) -> str | None:
        token = unmasked(super()._get_csrf_token())
        return token and signed_anew(token)


def masked_token() -> str:
    """Return this answer's token, behind as many random bytes."""
    if "masked_token" not in g:
        if FIELD not in session:
            session[FIELD] = secrets.token_urlsafe(16)  # 128 random bits; it stands in each page, twice as long
        token = generate_csrf().encode()
        pad = secrets.token_bytes(len(token))
        masked = pad + _mixed(pad, token)
        g.masked_token = base64.urlsafe_b64encode(masked).decode()
    found: str = g.masked_token
    return found


def unmasked(sent: str | None) -> str | None:
    """Return the token inside what a form sent; None when it holds none."""
    try:
        masked = base64.urlsafe_b64decode(sent or "")
        half = len(masked) // 2
        token = _mixed(masked[:half], masked[half:])
        return token.decode("ascii") or None
    except (binascii.Error, ValueError):
        return None


def signed_anew(token: str) -> str:
    """Return a token that a key of before signed, signed by the key of now: a form that was open is not lost."""
    for key in current_app.config["SECRET_KEY_FALLBACKS"]:
        try:
            inside = URLSafeTimedSerializer(key, salt=SALT).loads(token)
        except BadData:
            continue
        now = URLSafeTimedSerializer(current_app.secret_key or "", salt=SALT)
        return str(now.dumps(inside))
    return token


def _mixed(pad: bytes, text: bytes) -> bytes:
    pairs = zip(pad, text, strict=False)
    return bytes(one ^ other for one, other in pairs)


def init(app: Flask) -> None:
    """Compress the pages of `app`, after all else was done to them."""
    app.after_request(_compress)


def _compress(answer: Response) -> Response:
    if not _may(answer):
        return answer
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") <= 0:
        return answer
    page = answer.get_data()
    if len(page) >= SHORT:
        answer.set_data(_packed(page))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _may(answer: Response) -> bool:
    """Tell whether an answer is a page that was asked for: no file, no stream, no answer to a form."""
    asked_for = request.method in ("GET", "HEAD")
    found = answer.status_code == 200
    whole = not answer.is_streamed and not answer.direct_passthrough
    is_page = answer.mimetype == "text/html"
    return asked_for and found and whole and is_page


def _packed(page: bytes) -> bytes:
    name = "x" * secrets.randbelow(BLUR)
    target = io.BytesIO()
    with gzip.GzipFile(name, "wb", LEVEL, target, mtime=0) as packing:
        packing.write(page)
    return target.getvalue()
