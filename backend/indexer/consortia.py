"""The consortium that a deployment belongs to: the row that owns all others."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.chain.contracts import Deployment
from backend.database.records import ConsortiumRecord


def register(session: Session, deployment: Deployment, name: str | None = None) -> int:
    """Find or make the consortium of a deployment, and give it a name if one is given.

    Returns the key of its rows.
    """
    known = session.scalar(
        select(ConsortiumRecord).where(
            ConsortiumRecord.chain_id == deployment.chain_id,
            ConsortiumRecord.registry_address == deployment.registry,
        )
    )
    if known is None:
        known = ConsortiumRecord(
            slug=_free_slug(session, deployment),
            name=name or deployment.network,
            chain_id=deployment.chain_id,
            registry_address=deployment.registry,
        )
        session.add(known)
    if name is not None and known.name != name:
        known.name = name
    session.flush()
    return known.id


def _free_slug(session: Session, deployment: Deployment) -> str:
    taken = session.scalar(select(ConsortiumRecord.id).where(ConsortiumRecord.slug == deployment.network))
    return deployment.network if taken is None else f"{deployment.network}-{deployment.registry[2:10].lower()}"
