"""Projections: one small function for each event, which brings the records in line with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError

from backend.chain.decoder import Logged
from backend.domain import events
from backend.domain.events import Event, Place
from backend.errors import MirrorError
from backend.indexer.projections import (
    bodies,
    mandates,
    members,
    objections,
    proposals,
    resolutions,
    rulebook,
    votes,
)
from backend.indexer.projections.projection import Projection

HANDLERS: dict[type[Event], Callable[[Projection, Any, Place], None]] = {
    events.MemberAdmitted: members.member_admitted,
    events.AccessionRecorded: members.accession_recorded,
    events.MemberStatusChanged: members.member_status_changed,
    events.MemberClassChanged: members.member_class_changed,
    events.BreachNotified: members.breach_notified,
    events.VotingRightsChanged: members.voting_rights_changed,
    events.WalletRotated: members.wallet_rotated,
    events.RotationProposed: mandates.rotation_proposed,
    events.RotationApproved: mandates.rotation_approved,
    events.RotationStopped: mandates.rotation_stopped,
    events.BodyCreated: bodies.body_created,
    events.SeatGranted: bodies.seat_granted,
    events.SeatEnded: bodies.seat_ended,
    events.ChairSet: bodies.chair_set,
    events.MandateGranted: mandates.mandate_granted,
    events.MandateRevoked: mandates.mandate_revoked,
    events.RegistrarChanged: bodies.registrar_changed,
    events.ApproverChanged: bodies.approver_changed,
    events.FactoryChanged: bodies.factory_changed,
    events.DAOURIUpdate: bodies.dao_uri_update,
    events.RuleSet: rulebook.rule_set,
    events.KindSet: rulebook.kind_set,
    events.ActionListed: rulebook.action_listed,
    events.ActionUnlisted: rulebook.action_unlisted,
    events.Resolved: resolutions.resolved,
    events.ResolvedFor: resolutions.resolved_for,
    events.Anchored: resolutions.anchored,
    events.ProposalCreated: proposals.proposal_created,
    events.ProposalFiled: proposals.proposal_filed,
    events.ProposalReconvened: proposals.proposal_reconvened,
    events.ProposalRevised: proposals.proposal_revised,
    events.ProposalClosedEarly: proposals.proposal_closed_early,
    events.ApprovalRecorded: proposals.approval_recorded,
    events.MinutesRecorded: objections.minutes_recorded,
    events.MinutesObjected: objections.minutes_objected,
    events.ProposalQueued: proposals.proposal_queued,
    events.ProposalExecuted: proposals.proposal_executed,
    events.ProposalCanceled: proposals.proposal_canceled,
    events.VoteCast: votes.vote_cast,
    events.BallotCounted: votes.ballot_counted,
    events.MemberRecused: votes.member_recused,
    events.VetoRaised: objections.veto_raised,
    events.VetoWithdrawn: objections.veto_withdrawn,
}


class PoisonEventError(MirrorError):
    """An event contradicts what is mirrored: the mirror stops rather than be wrong. Report it with the message."""

    code = "POISON_EVENT"

    def __init__(self, event: Event, place: Place, problem: str) -> None:
        self.event = event
        self.place = place
        super().__init__(
            f"{type(event).__name__} in block {place.block_number}, log {place.log_index}, of {place.emitter} "
            f"contradicts the mirror ({problem}). Rebuild the mirror; if that fails, too, report this message."
        )


def project(batch: Projection, logged: Iterable[Logged]) -> None:
    """Bring the records in line with events, in their order.

    Raises:
        PoisonEventError: names the first event that does not fit what came before it.
        MirrorError: something happened to a proposal that is not on record, or to a ballot of which it was not said.
    """
    for event, place in logged:
        try:
            HANDLERS[type(event)](batch, event, place)
        except (LookupError, DataError, IntegrityError) as error:  # not the database's own troubles
            raise PoisonEventError(event, place, f"{type(error).__name__}: {error}") from error
    try:
        batch.write()
    except (LookupError, IntegrityError) as error:
        said = next(iter(str(error).splitlines()))
        raise MirrorError(f"The events do not fit what is mirrored: {said}. Rebuild the mirror.") from error
