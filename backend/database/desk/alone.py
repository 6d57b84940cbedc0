"""One at a time: decisions that look before they write, such as quotas, must not overlap."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.database.locks import number_of


def alone_at(session: Session, *place: object) -> None:
    """Wait until no other transaction is at this place, until this one ends. Must come first in the transaction.

    In SQLite a writing transaction is alone anyway.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    # Who waited must see what was done meanwhile.
    session.connection(execution_options={"isolation_level": "READ COMMITTED"})
    session.execute(select(func.pg_advisory_xact_lock(number_of(*place))))
