"""Who was erased and is added again, on purpose, is no longer among those who stay erased, unless it is undone.

The ledger itself is kept far above (`privacy/requests`), by a digest of the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import column, delete, insert, select, table
from sqlmodel import Session

from mentorship.base.db import UtcDateTime
from mentorship.base.secret_codes import seals
from mentorship.base.undo import About, state_verb
from mentorship.people.access import Actor

_LEDGER = table("erasure", column("number_seal"), column("erased_at", UtcDateTime()))


def note_again(session: Session, number: str, about: About | None = None) -> None:
    """Take a number out of the ledger of erasures, by the keys of now and of before; `about`: what may be undone."""
    these = _LEDGER.c.number_seal.in_(seals(number.casefold()))
    stood = session.execute(select(_LEDGER).where(these))
    entries = [[seal, at.isoformat()] for seal, at in stood]
    if not entries:
        return
    session.execute(delete(_LEDGER).where(these))
    if about is not None:
        state_verb(session, note_erased, about, entries=entries)


def note_erased(session: Session, _actor: Actor, *, entries: Sequence[tuple[str, str]], now: datetime) -> None:
    """Put entries of the ledger back, as they stood: who came back is not here after all."""
    for seal, at in entries:
        entry = {"number_seal": seal, "erased_at": datetime.fromisoformat(at)}
        session.execute(insert(_LEDGER).values(entry))
