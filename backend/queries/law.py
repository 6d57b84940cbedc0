"""The law in force, whole."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.queries.bodies import list_bodies
from backend.queries.consortium import Consortium
from backend.queries.kinds import list_kinds
from backend.queries.rules import list_rules
from backend.queries.views import LawView


def read_law(session: Session, consortium: Consortium, now: int) -> LawView:
    """Say which bodies there are, what they decide, and under which rules, as in force now."""
    return LawView(
        name=consortium.name,
        notice=consortium.notice,
        bodies=list_bodies(session, consortium, now),
        kinds=list_kinds(session, consortium),
        rules=list_rules(session, consortium, in_force=True),
    )
