"""Two hosts on one PostgreSQL behind nginx: a process dies in mid-work, then a whole host; what was taken stays."""

from __future__ import annotations

import os
import pathlib
import signal
import sys
from contextlib import ExitStack

import pytest

from tests.faults.stage import ByProxy, acknowledged, built, known, lost, wait_for, writing
from tests.serving.proxy import in_front, need_nginx
from tests.serving.stage import ONE_CORE, family, kill_hard, serving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there nginx is another program")
MOST_REFUSED = 8
"""Of what four people wrote: what was on its way to who died, and what nginx tried before it knew."""


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # the other one has one host
def test_work_goes_on_when_a_process_and_then_a_host_dies(empty_url: str, tmp_path: pathlib.Path):
    need_nginx()
    cookies = built(empty_url)
    settings = {**known(empty_url), "MENTORSHIP_PROXIES": "1"}
    folders = [tmp_path / name for name in ("one", "other", "nginx")]
    for folder in folders:
        folder.mkdir()
    with ExitStack() as both:
        one, other = (both.enter_context(serving(folder, ["-c", ONE_CORE], **settings)) for folder in folders[:2])
        proxy = both.enter_context(in_front(folders[2], one.port, other.port))
        people = both.enter_context(writing(cookies, proxy.port, ByProxy))
        wait_for(people, 8)
        assert len(family(one.pid)) == len(family(other.pid)) == 3, "two processes each, and who minds them"
        os.kill(family(one.pid)[-1], signal.SIGKILL)
        wait_for(people, 8)
        kill_hard(one.pid)
        wait_for(people, 8)
        for writer in people:
            writer.over.set()
        for writer in people:
            writer.join(30)
    refused = [said for writer in people for said in writer.refused]
    assert len(refused) <= MOST_REFUSED, refused
    assert len(acknowledged(people)) >= 24 and not lost(empty_url, people)
