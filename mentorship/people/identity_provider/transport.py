"""Talking to the provider: over TLS, following nobody elsewhere, and never for long."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from threading import BoundedSemaphore
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from mentorship.base import turns
from mentorship.people.identity_provider.rules import LOOPBACK

LARGEST = 2**20
SECONDS = 5.0
"""So long the provider may take for one answer, of which nobody waits for more."""
AT_ONCE = 8
"""So many requests may wait for it; the other threads answer who needs nothing from there."""


class Unreachable(Exception):
    """The provider could not be asked: not there, too slow, or answering something else than it should."""


class _NobodyElsewhere(HTTPRedirectHandler):
    """Follows no redirect: the provider is where it says that it is."""

    def redirect_request(self, *_told: Any) -> None:
        """Return nowhere to go."""


class Reply:
    """An answer of the provider, as Authlib reads one."""

    def __init__(self, status: int, content: bytes) -> None:
        self.status_code = status
        self._content = content

    def json(self) -> Any:
        """Return what it holds; raise ValueError when that is no JSON."""
        try:
            return json.loads(self._content)
        except RecursionError as failure:
            raise ValueError("nested without end") from failure

    def raise_for_status(self) -> None:
        """Raise what tells that the provider could not be asked."""
        raise Unreachable(f"the provider answered {self.status_code}")


class Line:
    """The line to the provider; `post` has the form that Authlib's client expects of a session."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._places = BoundedSemaphore(AT_ONCE)

    def get(self, url: str) -> dict[str, Any]:
        """Return the JSON object at an address of the provider."""
        reply = self._ask(Request(url, headers={"Accept": "application/json"}))  # noqa: S310 (checked by `openid`)
        if reply.status_code != 200:
            raise Unreachable(f"the provider answered {reply.status_code}")
        try:
            found = reply.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise Unreachable("the provider answered with something else than JSON")
        return found

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> Reply:
        """Send a form; `auth` adds who we are."""
        sent = urlencode(data)
        url, told, sent = auth.prepare("POST", url, dict(headers), sent)
        return self._ask(
            Request(  # noqa: S310 (checked by `openid`)
                url,
                data=sent.encode(),
                headers=told,
                method="POST",
            )
        )

    def _ask(self, request: Request) -> Reply:
        if not self._places.acquire(blocking=False):
            raise Unreachable("as many as may already wait for the provider")
        try:
            with turns.aside():
                return self._answered(request)
        finally:
            self._places.release()

    def _opened(self, request: Request) -> Any:
        try:
            return _opener(request).open(request, timeout=self._seconds)
        except HTTPError as refusal:  # which is an answer too
            return refusal

    def _answered(self, request: Request) -> Reply:
        until = monotonic() + self._seconds
        try:
            with self._opened(request) as answer:
                return Reply(answer.status, _content(answer, until))
        except (OSError, HTTPException) as failure:
            raise Unreachable(f"the provider cannot be reached ({type(failure).__name__})") from failure


def _content(answer: Any, until: float) -> bytes:
    """Read an answer to its end, unless that takes too long or is too much: who sends letter by letter too."""
    parts: list[bytes] = []
    length = 0
    while part := answer.read1(65536):
        parts.append(part)
        length += len(part)
        if length > LARGEST or monotonic() > until:
            raise Unreachable("the provider sends too much, or too slowly")
    return b"".join(parts)


def _opener(request: Request) -> OpenerDirector:
    """Return what opens addresses; one of this machine never by way of a proxy."""
    at = urlsplit(request.full_url)
    if at.hostname in LOOPBACK:
        directly = ProxyHandler({})
        return build_opener(_NobodyElsewhere, directly)
    return build_opener(_NobodyElsewhere)
