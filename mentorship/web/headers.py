"""The headers of every answer: a strict content policy, nothing kept by caches, nothing framed."""

from __future__ import annotations

from flask import Flask, Response, request

from mentorship.web.assets import BUILT, is_static

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OF_FILES = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": HEADERS["X-Content-Type-Options"],
    "Cross-Origin-Resource-Policy": HEADERS["Cross-Origin-Resource-Policy"],
}
"""What counts for a file that no browser opens as a page; the others weigh more than a small one does."""


def init(app: Flask, *, https: bool) -> None:
    """Add the headers to every answer of `app`."""

    @app.after_request
    def protect(response: Response) -> Response:
        opened = not is_static() or response.status_code >= 400 or response.mimetype == "image/svg+xml"
        for name, value in (HEADERS if opened else OF_FILES).items():
            response.headers.setdefault(name, value)
        if https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        response.headers["Cache-Control"] = _kept(response, https)
        return response


def _kept(response: Response, https: bool) -> str:
    """Say how long a browser may keep an answer: what is personal never, a file with its hash in its name for good."""
    if not is_static() or response.status_code >= 400:
        return "no-store"
    if request.path.startswith(f"/static/{BUILT}"):
        return "public, max-age=31536000, immutable"
    return "public, max-age=86400" if https else "no-cache"
