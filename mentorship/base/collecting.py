"""The garbage collector, for work that holds much at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Look for no circles of objects meanwhile: walking past all that is held, again and again, finds none."""
    collected = gc.isenabled()
    if collected:  # where it was off another thread may turn it on at any moment, and nothing would again
        gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()
