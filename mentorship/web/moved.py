"""Addresses of before: whoever bookmarked, printed or was mailed one is sent on to where it is now."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

MOVED = (
    (r"/account/calendar(/.*)?", r"/calendar\1"),
    (r"/account/mail", r"/reminders"),
    (r"/(activate|language|sign-in|sign-out)", r"/account/\1"),
    (r"/c(/.*)?", r"/links\1"),
    (r"/check-ins/codes", r"/links/codes"),
    (r"/check-ins/pair/(\d+)/end", r"/checkins/endings/\1"),
    (r"/check-ins/pair/(\d+)", r"/checkins/duo/\1"),
    (r"/check-ins/(\d+)/take-back", r"/checkins/endings/take-back/\1"),
    (r"/check-ins/(.*)", r"/checkins/\1"),
    (r"/claims/(.*)", r"/goals/claims/\1"),
    (r"POST /people/([1-9]\d{0,17})(/details)?", r"/insight/person/\1/work"),
    (r"/people/([1-9]\d{0,17})(/details)?", r"/insight/person/\1"),
    (r"/people/([1-9]\d{0,17})/roles", r"/insight/person/\1/roles"),
    (r"/people/(\d+)/profile", r"/profiles/\1"),
    (r"/people/(\d+)/training", r"/profiles/\1/training"),
    (r"/profile(/.*)?", r"/profiles\1"),
    (r"/(mentor-)?requests", r"/waiting"),
    (r"/mentor-requests/open\.(csv|xlsx)", r"/waiting/waiting.\1"),
    (r"/requests(/.*)", r"/mentor-requests\1"),
    (r"/rounds/(\d+)/requests/(\d+)", r"/rounds/\1/review/\2"),
    (r"/rounds/(\d+)/(decide|places|unmatched)", r"/rounds/\1/review/\2"),
    (r"/rounds/(\d+)/settings", r"/rounds/\1/terms"),
    (r"/trainings/(.*)", r"/profiles/trainings/\1"),
    (r"/wishes", r"/profiles/wishes"),
    (r"/workload/workload\.csv", r"/insight/workload.csv"),
    (r"/workload(/.*)?", r"/insight/workload\1"),
)
"""Addresses that were printed, mailed or bookmarked before, and where they lead now; the first that fits counts.

A pattern may begin with a method, where forms went elsewhere than their page.
"""


def init(app: Flask) -> None:
    """Send every address of before, a pattern, on to its new one; what may be seen there is decided there."""
    before = [(re.compile(pattern), address) for pattern, address in MOVED]

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
