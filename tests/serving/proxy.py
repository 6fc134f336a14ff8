"""The nginx of OPERATIONS.md, with a certificate of its own, in front of a service of this machine."""

from __future__ import annotations

import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.conftest import lacking
from tests.outbox.postbox import free_port
from tests.serving.stage import family

ROOT = pathlib.Path(__file__).parents[2]
HOST = "leermaat.example.nl"
BY_ITSELF = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{ }}
http {{
client_body_temp_path {folder}/body;
proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/fastcgi;
uwsgi_temp_path {folder}/uwsgi;
scgi_temp_path {folder}/scgi;
{told}
}}
"""


def need_nginx() -> None:
    """Skip where the programs are not there."""
    if not (shutil.which("nginx") or pathlib.Path("/usr/sbin/nginx").exists()):
        lacking("nginx")
    if not shutil.which("openssl"):
        lacking("openssl")


@dataclass(frozen=True)
class Proxy:
    """A running nginx."""

    port: int
    folder: pathlib.Path
    process: subprocess.Popen[str]

    def lead_to(self, *behind: int) -> None:
        """Lead requests to another port of this machine; what was asked before was answered when this returns."""
        before = set(family(self.process.pid)[1:])
        _write(self.port, behind, self.folder)
        self.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + 60
        while before & set(family(self.process.pid)):  # each goes once it has answered all
            assert time.monotonic() < until, "nginx leads where it did"
            time.sleep(0.05)


def _told(port: int, behind: Sequence[int], folder: pathlib.Path) -> str:
    """Return the examples of the document, on ports and with a certificate of this test; of two hosts both."""
    alone, several = re.findall(r"```nginx\n(.*?)```", (ROOT / "OPERATIONS.md").read_text(), re.DOTALL)
    told, leads_to = alone, f"http://127.0.0.1:{behind[0]};"
    changed: tuple[tuple[str, str], ...] = ()
    if len(behind) > 1:
        told, leads_to = several + alone, 'http://leermaat; proxy_set_header Connection "";'
        changed = tuple((f"10.0.0.{place}:8000", f"127.0.0.1:{one}") for place, one in enumerate(behind, start=1))
    for written, here in (
        *changed,
        ("listen 443 ", f"listen 127.0.0.1:{port} "),
        ("http://127.0.0.1:8000;", leads_to),
        ("/etc/ssl/leermaat.pem", f"{folder}/cert.pem"),
        ("/etc/ssl/leermaat.key", f"{folder}/key.pem"),
        ("/var/log/nginx/leermaat.log", f"{folder}/access.log"),
    ):
        assert told.count(written) == 1, written
        told = told.replace(written, here)
    return told


def _certificate(folder: pathlib.Path) -> None:
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem -subj"
    subprocess.run([*words.split(), f"/CN={HOST}"], cwd=folder, check=True, capture_output=True)


def _write(port: int, behind: Sequence[int], folder: pathlib.Path) -> pathlib.Path:
    written = folder / "nginx.conf"
    written.write_text(BY_ITSELF.format(folder=folder, told=_told(port, behind, folder)))
    return written


@contextmanager
def in_front(folder: pathlib.Path, *behind: int) -> Iterator[Proxy]:
    """Let nginx stand in front of a port of this machine, or two, until the block ends."""
    port = free_port()
    _certificate(folder)
    written = _write(port, behind, folder)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with subprocess.Popen([program, "-c", str(written), "-e", "stderr"], stderr=subprocess.PIPE, text=True) as nginx:
        try:
            _wait(nginx, port)
            yield Proxy(port, folder, nginx)
        finally:
            nginx.terminate()


def _wait(nginx: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert nginx.poll() is None and nginx.stderr is not None, nginx.communicate()[1]
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")


def connect(port: int) -> ssl.SSLSocket:
    """Open a connection, whoever vouches for the certificate."""
    any_certificate = ssl.create_default_context()
    any_certificate.check_hostname = False
    any_certificate.verify_mode = ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), timeout=20)
    return any_certificate.wrap_socket(plain, server_hostname=HOST)
