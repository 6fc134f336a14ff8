"""One odd request out of a number: the same seed and number, the same request."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urlencode

from flask import Flask
from sqlmodel import Session
from werkzeug.routing import Rule
from werkzeug.test import run_wsgi_app

from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.people.queries import roles_of
from tests.fuzz import values
from tests.fuzz.forms import PageForm
from tests.fuzz.world import ARGUMENT, EVERYTHING, Caller, World
from tests.test_bad_input import FORMS_OF, pairs

URLENCODED = "application/x-www-form-urlencoded"
NOT_FORMS = (
    "application/json",
    "text/plain",
    "application/xml",
    "",
    "no/type; =;",
    f"{URLENCODED}; charset=utf-16",
    f"{URLENCODED}; charset=no",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/mixed; boundary=x",
)
MOST_TRIED, MOST_SHOWN = 60, 3
"""How many ids are tried for a page, and how many pages of a kind are looked at."""
RIGHT, LACKING, ANOTHERS = "right", "lacking", "another's"


@dataclass
class Sample:
    """A form as it stood on somebody's page."""

    person_id: int | None
    endpoint: str
    rule: str
    form: PageForm


@dataclass
class Odd:
    """A request, with all that is odd about it."""

    number: int
    caller: Caller
    rule: str
    method: str
    path: bytes
    query: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    content_type: str = ""
    csrf: str = ""

    def __str__(self) -> str:
        sent = f"{self.content_type} {self.body[:300]!r}" if self.method == "POST" else ""
        where = (self.path + b"?" + self.query)[:200].decode("latin-1")
        return f"#{self.number} {self.caller.name}: {self.method} {where} {self.headers or ''} {sent}"


@dataclass
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: Any
    text: str
    seconds: float


def send(app: Flask, odd: Odd) -> Answer:
    """Put a request before the application as a server would."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": odd.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(odd.path).decode("latin-1"),
        "RAW_URI": odd.path.decode("latin-1"),
        "QUERY_STRING": odd.query.decode("latin-1"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": odd.caller.cookie,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(odd.body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_TYPE": odd.content_type,
        "CONTENT_LENGTH": str(len(odd.body)) if odd.body else "",
    }
    for name, value in odd.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") and key != "CONTENT_ENCODING" else f"HTTP_{key}"] = value
    begun = perf_counter()
    parts, status, headers = run_wsgi_app(app, environ, buffered=True)
    body = b"".join(parts)
    return Answer(int(status.split()[0]), headers, body.decode("utf-8", "replace"), perf_counter() - begun)


class Maker:
    """Makes requests by number."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.seed = seed
        self.samples: list[Sample] = []
        self._rules = world.rules()
        self._doors: list[tuple[str, list[Sample]]] = []

    def make(self, number: int) -> Odd:
        """Return the request of a number."""
        random = Random(f"{self.seed}/{number}")
        kind = random.random()
        if kind < 0.03:
            path = random.choice(values.PATHS)
            return self._dressed(Odd(number, self._anybody(random), "-", "GET", path), random)
        if kind < 0.45 and self._doors:
            return self._dressed(self._of_sample(number, random), random)
        rule = random.choice(self._rules)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        method = random.choice(values.METHODS if random.random() < 0.04 else methods)
        path, named = self._path(rule, random)
        odd = Odd(number, self._caller(rule, named, random), rule.rule, method, path)
        if method != "GET":
            _, form = FORMS_OF.get(rule.endpoint, ("", {}))
            self._fill(odd, pairs(form), random)
        return self._dressed(odd, random)

    def addresses(self, rule: Rule, person_id: int | None) -> list[bytes]:
        """Return where somebody finds what a rule shows: with a few ids that it shows them."""
        arguments = ARGUMENT.findall(rule.rule)
        if not arguments:
            return [rule.rule.encode()]
        random = Random(f"{self.seed}/{rule.rule}/{person_id}")
        stands = guard.stated(self.world.app, rule.endpoint)
        found = []
        for _ in range(MOST_TRIED):
            path, named = self._path(rule, random)
            if (named and self._shows(stands, named, person_id)) or not self.world.ids.get(arguments[0]):
                found.append(path)
        return list(dict.fromkeys(found))[:MOST_SHOWN]

    def _shows(self, stands: Any, named: dict[str, int], person_id: int | None) -> bool:
        if stands is None or person_id is None:
            return False
        stated, find = stands
        with self.world.app.app_context(), Session(self.world.engine) as session:
            reader = Actor(person_id, roles_of(session, person_id))
            subject = find(session, **named) if find else None
            return bool(stated.allows(reader, subject))

    def spread(self) -> None:
        """Let each door count alike, however many forms lead to it."""
        by_door: dict[str, list[Sample]] = {}
        for sample in self.samples:
            by_door.setdefault(sample.endpoint, []).append(sample)
        self._doors = sorted(by_door.items())

    def _of_sample(self, number: int, random: Random) -> Odd:
        _, samples = random.choice(self._doors)
        sample = random.choice(samples)
        path, _, query = sample.form.action.partition("?")
        odd = Odd(number, self.world.caller(sample.person_id), sample.rule, "POST", path.encode(), query.encode())
        ticked = [pair for pair in sample.form.offered if random.random() < 0.3]
        self._fill(odd, [*sample.form.fields, *ticked], random)
        return odd

    def _anybody(self, random: Random) -> Caller:
        return self.world.caller(random.choice([None, *self.world.people.values()]))

    def _caller(self, rule: Rule, named: dict[str, int], random: Random) -> Caller:
        """Mostly somebody who may, so that what lies behind the gate is tried as well."""
        stands = guard.stated(self.world.app, rule.endpoint)
        if stands is None or random.random() < 0.3:
            return self._anybody(random)
        stated, find = stands
        if stated.owner and find is not None and named:
            with self.world.app.app_context(), Session(self.world.engine) as session:
                subject = find(session, **named)
            if subject is not None and subject.owners:
                return self.world.caller(random.choice(sorted(subject.owners)))
        able = [role for role in stated.roles if role in self.world.people]
        return self.world.caller(self.world.people[random.choice([*sorted(able), EVERYTHING])])

    def _path(self, rule: Rule, random: Random) -> tuple[bytes, dict[str, int]]:
        path, named = rule.rule, {}
        for name in ARGUMENT.findall(rule.rule):
            known = self.world.ids.get(name)
            if known and random.random() < 0.8:
                chosen = random.choice(known)
                named[name], text = chosen, str(chosen)
            elif name in ("secret", "token") and random.random() < 0.6:
                text = random.choice(self.world.secrets if name == "secret" else self.world.tokens)
            else:
                text = quote(random.choice(values.IDS).encode("utf-8", "surrogatepass"), safe="%")
            path = ARGUMENT.sub(lambda _, text=text: text, path, count=1)
        arguments = len(ARGUMENT.findall(rule.rule))
        return path.encode(), named if len(named) == arguments else {}

    def _fill(self, odd: Odd, fields: list[tuple[str, Any]], random: Random) -> None:
        fields = [(name, str(value)) for name, value in fields]
        for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
            _spoil(fields, random)
        odd.csrf = random.choices((RIGHT, LACKING, ANOTHERS), (90, 5, 5))[0]
        if odd.csrf == RIGHT:
            fields.append(("csrf_token", odd.caller.token))
        elif odd.csrf == ANOTHERS:
            other = self._anybody(random)
            odd.csrf = ANOTHERS if other.cookie != odd.caller.cookie else RIGHT
            fields.append(("csrf_token", other.token))
        random.shuffle(fields)
        kind = random.random()
        if kind < 0.85:
            odd.content_type, odd.body = URLENCODED, _encoded(fields, random)
        elif kind < 0.94:
            odd.content_type, odd.body = _multipart(fields, random)
        else:
            odd.content_type = random.choice(NOT_FORMS)
            odd.body = random.choice((b'{"a": [' * 2000, b"null", b"\0\xff", b"--x--\r\n", _encoded(fields, random)))

    def _dressed(self, odd: Odd, random: Random) -> Odd:
        if random.random() < (0.5 if odd.method == "GET" else 0.05):
            odd.query = _query(random)
        if random.random() < 0.2:
            odd.headers = dict(random.choice(values.HEADERS))
            if random.random() < 0.7 and "Cookie" in odd.headers:
                odd.headers["Cookie"] += f"; {odd.caller.cookie}"
        return odd


def _spoil(fields: list[tuple[str, str]], random: Random) -> None:
    """Make one field of a form odd, or add one."""
    kind = random.random()
    if not fields or kind < 0.1:
        fields.append((random.choice(values.NAMES), values.bad_value(random)))
        return
    place = random.randrange(len(fields))
    name, value = fields[place]
    if kind < 0.7:
        fields[place] = name, values.bad_value(random)
    elif kind < 0.78:
        fields[place] = name, str(random.randrange(1, 200))
    elif kind < 0.84:
        del fields[place]
    elif kind < 0.92:
        fields.append((name, values.bad_value(random)))
    elif kind < 0.96:
        fields += [(name, value)] * 300
    else:
        fields[place] = name + random.choice(("[]", "-x", "\0", "*", ":")), value


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _encoded(fields: list[tuple[str, str]], random: Random) -> bytes:
    body = urlencode([(_bytes(name), _bytes(value)) for name, value in fields]).encode()
    if random.random() < 0.05:
        body += b"&x=" + random.choice(values.RAW) + b"&=&&;="
    return body


def _multipart(fields: list[tuple[str, str]], random: Random) -> tuple[str, bytes]:
    boundary = b"x" * random.choice((1, 8, 70, 200))
    body = b""
    for name, value in fields:
        body += b"--" + boundary + b'\r\nContent-Disposition: form-data; name="' + _bytes(name)[:500] + b'"'
        if random.random() < 0.15:
            named = quote_from_bytes(_bytes(random.choice(values.TEXTS))[:200]).encode()
            body += b'; filename="' + named + b'"\r\nContent-Type: ' + random.choice((b"text/csv", b"x", b"\xff"))
        body += b"\r\n\r\n" + _bytes(value) + b"\r\n"
    if random.random() < 0.9:
        body += b"--" + boundary + b"--\r\n"
    return f"multipart/form-data; boundary={boundary.decode()}", body


def _query(random: Random) -> bytes:
    found: list[bytes] = []
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        name = quote(random.choice(values.QUERY))
        if random.random() < 0.1:
            value = random.choice(values.RAW)
        else:
            text = random.choice(values.KNOWN if random.random() < 0.4 else values.VALUES)[:6000]
            value = quote(_bytes(text)).encode()
        found.append(name.encode() + b"=" + value)
    return b"&".join(found)
