"""Proposals named in answers about something else."""

from __future__ import annotations

from backend.api.answers import BigInteger, Model


class ProposalRefResponse(Model):
    """Which proposal."""

    id: BigInteger
    reference: str
    """Number for people, such as GA-7."""
