"""Signed ballots beside the story: one that was counted, one that waits, one that was refused."""

from __future__ import annotations

from backend.database.desk import RelayBallotRecord, RelayRecord
from tests.backend import story as s

COUNTED, WAITING, REFUSED = (f"{number:032x}" for number in (1, 2, 3))
SENDER = "0x" + "99" * 20


def rows(consortium_id):
    """What the relay keeps of them."""
    return [
        _ballot(consortium_id, COUNTED, 2, s.EXECUTED),
        _ballot(consortium_id, WAITING, 3, s.OPEN),
        _ballot(consortium_id, REFUSED, 4, s.OPEN, failure="MEMBER_DEFAULTING"),
        RelayRecord(
            consortium_id=consortium_id,
            sender=SENDER,
            balance=str(10**17),
            price=str(10**14),
            reserve="0",
            problem=None,
            seen_at=s.NOW - 3.0,
        ),
    ]


def _ballot(consortium_id, ballot_id, member, proposal, failure=None):
    return RelayBallotRecord(
        consortium_id=consortium_id,
        id=ballot_id,
        body_id=s.ASSEMBLY,
        governor=s.GOVERNORS[s.ASSEMBLY],
        proposal_id=proposal,
        member_id=member,
        voter=s.wallet_of(member),
        own_ballots=0,
        support=s.FOR,
        reason="",
        signature="0x" + "00" * 65,
        digest="0x" + f"{member:064x}",
        accepted_at=s.NOW - 60,
        tries=0,
        failure=failure,
    )
