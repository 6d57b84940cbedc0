"""Whom and what an event names, written so that it can be looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Final, get_args

from backend.domain.events import Event

PROPOSALS: Final = ("proposal_id", "previous_id", "vetoed_id")
"""Arguments that name a proposal of the emitter."""
MEMBERS: Final = ("cast_by", "proposer_id", "principal_id", "member_id", "holder_id", "party_id")
"""Arguments that name a member, that of who acts first."""
WALLETS: Final = ("voter", "proposer", "wallet")


def of_proposal(proposal_id: int) -> str:
    """Write a proposal; one of the same id in another body is written alike."""
    return f"p{proposal_id}"


def of_member(member_id: int) -> str:
    """Write a member."""
    return f"m{member_id}"


def of_wallet(address: str) -> str:
    """Write a wallet."""
    return f"w{address}"


def subjects_of(event: Event) -> set[str]:
    """All that an event names."""
    named = ((write, getattr(event, name)) for name, write in _NAMING[type(event).__name__])
    return {write(value) for write, value in named if value is not None}


def _naming(kind: type[Any]) -> tuple[tuple[str, Callable[[Any], str]], ...]:
    kinds: tuple[tuple[Callable[[Any], str], tuple[str, ...]], ...] = (
        (of_proposal, PROPOSALS),
        (of_member, MEMBERS),
        (of_wallet, WALLETS),
    )
    known = {field.name for field in fields(kind)}
    return tuple((name, write) for write, names in kinds for name in names if name in known)


_NAMING = {kind.__name__: _naming(kind) for kind in get_args(Event)}
