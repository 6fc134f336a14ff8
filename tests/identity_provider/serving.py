"""A real provider on a port of this machine, told by a test whom it knows and what it does wrong."""

from __future__ import annotations

import fcntl
import json
import pathlib
import re
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin

import hatch_build
from mentorship.base.config import ROOT

PROGRAM = pathlib.Path(__file__).with_name("provider.mjs")
CLIENT, SECRET = "leermaat", "only for tests, and long enough for that"
PUBLIC = "http://localhost"
"""Where Flask's test client thinks that it is."""


def modules() -> pathlib.Path:
    """Return the folder of the locked packages for development, installed by whichever worker comes first."""
    folder = ROOT / "build" / "developing"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = "".join((ROOT / name).read_text() for name in ("package.json", "package-lock.json"))
    mark = folder / ".mark"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists() or mark.read_text() != wanted:
            hatch_build.install(ROOT, folder, "--omit=optional")
            mark.write_text(wanted)
    return folder / "node_modules"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Provider:
    """One that runs; `tell` says what it is to know and do from now on, and forgets what it was told before."""

    def __init__(self, issuer: str, process: subprocess.Popen[str]) -> None:
        self.issuer = issuer
        self.process = process
        self._told: dict[str, Any] = {}

    def tell(self, **what: Any) -> None:
        self._told = what
        asked = urllib.request.Request(f"{self.issuer}/control", data=json.dumps(what).encode(), method="POST")
        with urllib.request.urlopen(asked) as answer:
            assert answer.status == 200

    def also(self, **what: Any) -> None:
        self.tell(**{**self._told, **what})

    def altered(self, token: str, **how: Any) -> str:
        """Return a token that the provider signed, with other claims or another header, signed by it anew."""
        asked = json.dumps({"token": token, **how}).encode()
        with urllib.request.urlopen(f"{self.issuer}/sign", data=asked) as answer:
            return str(json.load(answer)["token"])

    def settings(self) -> dict[str, Any]:
        """Return how our settings name it."""
        return {
            "oidc_issuer": self.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET,
            "oidc_name": "Installatiebedrijf",
            "oidc_person_claim": "employee_number",
            "public_url": PUBLIC,
        }


@contextmanager
def provider(port: int, logout: str, public: str = PUBLIC, kid: str = "first") -> Iterator[Provider]:
    """Start one on a port, with keys of its own."""
    issuer = f"http://127.0.0.1:{port}"
    settings = {
        "issuer": issuer,
        "port": port,
        "kid": kid,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [f"{public}/single-sign-on/callback"],
        "post_logout_redirect_uris": [f"{public}/account/sign-in"],
        "backchannel_logout_uri": logout,
    }
    told = json.dumps({"settings": settings, "modules": str(modules())})
    words = [str(hatch_build.node()), str(PROGRAM), told]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready", "the provider did not start"
        yield Provider(issuer, process)
    finally:
        process.kill()
        process.wait()


class Receiver:
    """Hears what the provider sends to us by itself, and hands each form on."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.deliver: Callable[[bytes], int] | None = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heard.append(body)
                self.send_response(outer.deliver(body) if outer.deliver else 200)
                self.end_headers()

            def log_message(self, *_words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/single-sign-out/by-provider"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_told: Any) -> None:
        return None


class Browser:
    """What somebody has the provider's cookies in; it follows the provider's redirects as far as they stay there."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._opener = urllib.request.build_opener(Stay, urllib.request.HTTPCookieProcessor(CookieJar()))

    def visit(self, url: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """Return where the provider leads to (back to us), or the page that it shows: its address and text."""
        data = urlencode(form).encode() if form is not None else None
        while url.startswith(self._provider.issuer):
            try:
                answer = self._opener.open(url, data=data)
            except HTTPError as found:
                if found.code not in (302, 303):
                    return url, found.read().decode()
                url, data = urljoin(url, found.headers["Location"]), None
                continue
            return url, answer.read().decode()
        return url, ""

    def sign_in(self, url: str, subject: str) -> str:
        """Go to the provider, be somebody there if it asks, and return the address of ours that it leads back to."""
        here, page = self.visit(url)
        if page:
            assert "Who are you?" in page, page
            here, page = self.visit(here, {"id": subject})
        assert not page, page
        return here

    def sign_out(self, url: str) -> str:
        """Follow our link to sign out there, and say yes."""
        here, page = self.visit(url)
        if not page:
            return here
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
        return self.visit(f"{self._provider.issuer}/session/end/confirm", {**fields, "logout": "yes"})[0]
