"""Addresses of before: whoever bookmarked, printed or was mailed one is sent on to where it is now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.wrappers import Response


def init(app: Flask, addresses: Iterable[tuple[str, str]]) -> None:
    """Send every address of before, a pattern, on to its new one; what may be seen there is decided there.

    A pattern may begin with a method, where forms went elsewhere than their page.
    """
    before = [(re.compile(pattern), address) for pattern, address in addresses]

    @app.before_request
    def send_on() -> Response | None:
        if request.endpoint is not None:
            return None
        for pattern, address in before:
            found = pattern.fullmatch(request.path) or pattern.fullmatch(f"{request.method} {request.path}")
            if found is None:
                continue
            # as it was asked for: a stray "?" or end of a line in the path is part of the path
            location = quote(found.expand(address))
            query = request.query_string.decode("ascii", "replace")
            if query:
                location = f"{location}?{query}"
            # 308: a form that was open meanwhile is sent on as it is
            return redirect(location, 308)
        return None
