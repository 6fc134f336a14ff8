"""One database after another filled, asked, and what came of it."""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from werkzeug.exceptions import HTTPException

from mentorship.base.db import make_engine
from tests.databases import postgres_programs, postgres_server, relaxed
from tests.fuzz.asking import Answer, Maker, Odd, Sample, send
from tests.fuzz.forms import forms_on
from tests.fuzz.judging import SLOW, faults_of
from tests.fuzz.ownership import Crawled, crawl
from tests.fuzz.world import World, demo_world, forgetting

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEPT = 0.3
"""The share of the requests, the last ones, of which stays what they did."""
RENEWED = 250
"""After so many of those everybody signs in again, for some were signed out."""


CRAWLERS, CRAWLED = 12, 3
"""So many people try so many ids of each door that asks whose it is."""


@dataclass
class Told:
    """What came of the requests on one database."""

    kind: str
    seed: int
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each role got an answer of each class."""
    routes: int = 0
    reached: int = 0
    forms: int = 0
    seconds: float = 0
    slowest: list[tuple[float, str]] = field(default_factory=list)
    crawled: Crawled = field(default_factory=Crawled)
    faults: list[str] = field(default_factory=list)

    def count(self, odd: Odd, answer: Answer) -> None:
        """Count an answer."""
        self.asked[odd.caller.name, f"{answer.status // 100}xx"] += 1
        line = f"{odd.method} {odd.rule} as {odd.caller.name}"
        self.slowest = sorted([*self.slowest, (answer.seconds, line)], reverse=True)[:5]


@contextmanager
def database(kind: str) -> Iterator[str]:
    """An empty database of our own, until the block ends."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'fuzz.db'}"
        return
    programs = postgres_programs()
    assert programs is not None, "PostgreSQL is not on this machine"
    with postgres_server(programs) as server:
        yield server.render_as_string(hide_password=False)


@contextmanager
def filled(kind: str) -> Iterator[World]:
    """The demo in a database of its own."""
    with database(kind) as url:
        engine = relaxed(make_engine(url))
        yield demo_world(engine, url, NOW)
        engine.dispose()


def fuzz(kind: str, count: int, seed: int, only: int | None = None) -> Told:
    """Ask `count` things; `only` one of them by its number, from the data as they were at first."""
    logging.disable(logging.CRITICAL)
    told = Told(kind, seed)
    begun = perf_counter()
    with filled(kind) as world:
        maker = Maker(world, seed)
        keeps_from = int(count * (1 - KEPT))
        with forgetting():
            asked = _look(world, maker, told)
            told.forms = len(maker.samples)
            for number in range(asked, keeps_from) if only is None else [only]:
                _ask(world, maker.make(number), told)
            told.routes = len({rule.endpoint for rule in world.rules()})
            told.reached = len(world.reached)
            told.crawled = crawl(world, list(world.people.values())[:CRAWLERS], CRAWLED) if only is None else Crawled()
        for number in range(keeps_from, count) if only is None else ():
            if (number - keeps_from) % RENEWED == 0:
                world.callers.clear()
            _ask(world, maker.make(number), told)
    told.faults += told.crawled.faults
    told.seconds = perf_counter() - begun
    return told


def _look(world: World, maker: Maker, told: Told) -> int:
    """Let everybody look at all there is, and keep the forms that stand there."""
    number = 0
    adapter = world.app.url_map.bind("localhost")
    for person_id in [None, *world.people.values()]:
        caller = world.caller(person_id)
        for rule in world.rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            for path in maker.addresses(rule, person_id):
                answer = _ask(world, Odd(number, caller, rule.rule, "GET", path), told)
                number += 1
                for form in forms_on(answer.text) if answer.status == 200 else ():
                    try:
                        endpoint, _ = adapter.match(form.action.partition("?")[0], method="POST")
                    except HTTPException:
                        told.faults.append(f"a form on {path.decode()} goes nowhere: {form.action}")
                        continue
                    target = next(r.rule for r in world.rules() if r.endpoint == endpoint)
                    maker.samples.append(Sample(person_id, endpoint, target, form))
    maker.spread()
    return number


def _ask(world: World, odd: Odd, told: Told) -> Answer:
    before = set(world.reached)
    world.reached.clear()
    answer = send(world.app, odd)
    for _ in range(2):
        if answer.seconds > SLOW:  # the machine may have been busy
            answer = send(world.app, odd)
    where = f" ({world.fault})" if answer.status >= 500 else ""
    told.faults += [f"{fault}{where}: {odd}" for fault in faults_of(odd, answer, world.reached)]
    world.reached |= before
    told.count(odd, answer)
    return answer
