"""What the service asks of others: nobody leads it elsewhere."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from mentorship.people.identity_provider.transport import Line, Unreachable


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_provider_that_leads_elsewhere_is_not_followed(status):
    asked = []

    class Leads(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Location", "/internal/secrets")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words):
            pass

    with HTTPServer(("127.0.0.1", 0), Leads) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        with pytest.raises(Unreachable):
            Line(seconds=5).get(f"http://127.0.0.1:{server.server_port}/.well-known/openid-configuration")
        server.shutdown()
        serving.join(5)
    assert asked == ["/.well-known/openid-configuration"]
