"""Who was erased and is added again, on purpose, is no longer among those who stay erased.

The ledger itself is kept far above (`privacy/requests`), by a digest of the number.
"""

from __future__ import annotations

from sqlalchemy import column, delete, table
from sqlmodel import Session

from mentorship.base.secret_codes import seals

_LEDGER = table("erasure", column("number_seal"))


def note_again(session: Session, number: str) -> None:
    """Take a number out of the ledger of erasures, by the keys of now and of before."""
    known = seals(number.casefold())
    entries = delete(_LEDGER).where(_LEDGER.c.number_seal.in_(known))
    session.execute(entries)
