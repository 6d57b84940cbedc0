"""The second part of the story: mandates, recusals, vetoes, minutes, outside answers, lost wallets, documents.

All of it in the assembly, on proposals that close before those of the first part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import events as e
from backend.domain.ballots import Choice
from backend.domain.rules import VetoGround
from backend.domain.values import Hash32, MemberId, Timepoint
from tests.backend import story as s

if TYPE_CHECKING:
    from tests.backend.story import Story

ANA, BEPPE, CVITA, DORA, ELEK = (MemberId(number) for number in range(1, 6))
MINUTES, CORRECTED, STATEMENT, ANSWER, DOCUMENT = (Hash32("0x" + f"{byte:02x}" * 32) for byte in range(0xD1, 0xD6))
NOBODY = "0x" + "00" * 20


def tell(story: Story) -> None:
    """Tell this part."""
    _offices(story)
    _mandates(story)
    _calls(story)
    _veto(story)
    _outside(story)
    _lost_wallets(story)
    _documents(story)


def _offices(story: Story) -> None:
    story.tell(
        s.START,
        s.REGISTRY,
        e.RegistrarChanged(NOBODY, s.wallet_of(8)),
        e.ApproverChanged(NOBODY, s.wallet_of(7)),
        e.FactoryChanged(NOBODY, s.wallet_of(6)),
        e.DAOURIUpdate(s.REGISTRY, "https://trial.example/dao.json"),
    )
    story.tell(s.START + s.DAY, s.REGISTRY, e.ChairSet(s.ASSEMBLY, ANA))
    story.tell(s.START + 2 * s.DAY, s.REGISTRY, e.SeatGranted(s.BOARD, BEPPE, Timepoint(s.NOW - 1)))


def _mandates(story: Story) -> None:
    at = s.START + 2 * s.DAY
    story.tell(
        at,
        s.REGISTRY,
        e.MandateGranted(DORA, BEPPE, s.ASSEMBLY, None, Timepoint(s.NOW - s.DAY)),
        e.MandateGranted(CVITA, DORA, s.ASSEMBLY, None, Timepoint(s.NOW)),
        e.MandateGranted(CVITA, ANA, s.ASSEMBLY, s.OPEN, Timepoint(s.NOW + 10 * s.DAY)),
        e.MandateGranted(ANA, ELEK, s.EVERYONE, None, Timepoint(s.NOW + 10 * s.DAY)),
        e.MandateRevoked(ANA, s.EVERYONE),
    )


def _calls(story: Story) -> None:
    opens, governor = s.START + 3 * s.DAY, s.GOVERNORS[s.ASSEMBLY]
    story.put(s.FIRST_CALL, s.ASSEMBLY, s.AWARD, s.GUARDED, opens, opens + s.DAY, chair=ANA)
    story.vote(opens + 5, s.ASSEMBLY, s.FIRST_CALL, (1, s.FOR))
    opens += s.DAY + 10
    story.put(s.SECOND_CALL, s.ASSEMBLY, s.AWARD, s.GUARDED, opens, opens + s.DAY, chair=ANA)
    story.tell(opens - 1, governor, e.ProposalReconvened(s.FIRST_CALL, s.SECOND_CALL, 2))
    story.vote(opens + 5, s.ASSEMBLY, s.SECOND_CALL, (1, s.FOR), (2, s.AGAINST), (3, s.FOR), (4, s.AGAINST))
    closed = opens + s.DAY + 1
    story.tell(closed, governor, e.MinutesRecorded(s.SECOND_CALL, 1, MINUTES))
    story.tell(closed + s.DAY, governor, e.MinutesObjected(s.SECOND_CALL, BEPPE, STATEMENT))
    story.tell(s.NOW - s.DAY, governor, e.MinutesRecorded(s.SECOND_CALL, 2, CORRECTED))


def _veto(story: Story) -> None:
    opens, governor = s.START + 5 * s.DAY, s.GOVERNORS[s.ASSEMBLY]
    story.put(s.VETOED, s.ASSEMBLY, s.AWARD, s.GUARDED, opens, opens + s.DAY)
    story.vote(opens + 5, s.ASSEMBLY, s.VETOED, (1, s.FOR), (2, s.FOR), (3, s.AGAINST), (4, s.FOR))
    for member, ground in ((CVITA, VetoGround.COSTS), (DORA, VetoGround.LIABILITIES)):
        story.tell(opens + 6, governor, e.VetoRaised(s.VETOED, member, ground, STATEMENT))
    story.tell(opens + 7, governor, e.VetoWithdrawn(s.VETOED, DORA))
    opens += s.DAY + 10
    story.put(s.REVISED, s.ASSEMBLY, s.AWARD, s.GUARDED, opens, opens + s.DAY, party=CVITA)
    story.tell(opens - 1, governor, e.ProposalRevised(s.VETOED, s.REVISED), e.MemberRecused(s.REVISED, CVITA, False))
    _changed_ballots(story, opens)


def _changed_ballots(story: Story, opens: int) -> None:
    """Beppe casts Dora's ballot by mandate, Dora overrides it, and Ana changes her mind twice."""
    governor = s.GOVERNORS[s.ASSEMBLY]
    story.vote(opens + 1, s.ASSEMBLY, s.REVISED, (2, s.FOR), (4, s.AGAINST))
    story.tell(opens + 1, governor, e.BallotCounted(s.REVISED, DORA, None, 0, BEPPE))
    story.vote(opens + 2, s.ASSEMBLY, s.REVISED, (4, s.FOR))
    story.tell(opens + 2, governor, e.BallotCounted(s.REVISED, DORA, Choice.AGAINST, 1, DORA))
    story.vote(opens + 3, s.ASSEMBLY, s.REVISED, (1, s.AGAINST))
    for second, support, previous, revision in ((4, s.ABSTAIN, Choice.AGAINST, 2), (5, s.FOR, Choice.ABSTAIN, 3)):
        story.vote(opens + second, s.ASSEMBLY, s.REVISED, (1, support))
        story.tell(opens + second, governor, e.BallotCounted(s.REVISED, ANA, previous, revision, ANA))


def _outside(story: Story) -> None:
    opens, governor = s.START + 8 * s.DAY, s.GOVERNORS[s.ASSEMBLY]
    for proposal in (s.NOT_APPROVED, s.AWAITING):
        story.put(proposal, s.ASSEMBLY, s.TREATY, s.OUTSIDE, opens, opens + s.DAY)
        story.vote(opens + 5, s.ASSEMBLY, proposal, (1, s.FOR), (2, s.FOR), (3, s.FOR))
    story.tell(opens + 6, governor, e.ProposalClosedEarly(s.AWAITING, Timepoint(opens + 6)))
    story.tell(opens + 2 * s.DAY, governor, e.ApprovalRecorded(s.NOT_APPROVED, False, ANSWER))


def _lost_wallets(story: Story) -> None:
    at = s.NOW - s.DAY
    story.tell(
        at,
        s.REGISTRY,
        e.RotationProposed(CVITA, s.wallet_of(3, 1)),
        e.RotationApproved(CVITA, s.wallet_of(3, 1), Timepoint(at + 3 * s.DAY)),
        e.RotationProposed(ELEK, s.wallet_of(5, 1)),
        e.RotationStopped(ELEK, s.wallet_of(5, 1)),
    )


def _documents(story: Story) -> None:
    at = s.START + 40 * s.DAY
    story.tell(at, s.RECORDS, e.Anchored(s.wallet_of(8), "notice_of_outcome", DOCUMENT))
    story.tell(at, s.RECORDS, e.Anchored(s.TIMELOCKS[s.ASSEMBLY], "statutes", DOCUMENT))
    story.tell(at, s.RECORDS, e.ResolvedFor(s.TIMELOCKS[s.ASSEMBLY], s.AWARD, CVITA, DOCUMENT))
