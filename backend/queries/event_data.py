"""Events and moments in the words of the API: a type for each, what it is about, and its parameters."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, get_args

import msgspec

from backend.domain.ballots import Choice
from backend.domain.events import Event
from backend.domain.moments import Turn
from backend.domain.values import Ratio
from backend.queries.texts import commitment_in

TYPES = {
    "MemberAdmitted": "member.admitted",
    "AccessionRecorded": "member.acceded",
    "MemberStatusChanged": "member.status_changed",
    "MemberClassChanged": "member.class_changed",
    "BreachNotified": "member.breach_notified",
    "VotingRightsChanged": "member.voting_rights_changed",
    "WalletRotated": "member.wallet_rotated",
    "RotationProposed": "rotation.proposed",
    "RotationApproved": "rotation.approved",
    "RotationStopped": "rotation.stopped",
    "BodyCreated": "body.created",
    "SeatGranted": "seat.granted",
    "SeatEnded": "seat.ended",
    "ChairSet": "body.chair_set",
    "MandateGranted": "mandate.granted",
    "MandateRevoked": "mandate.revoked",
    "RegistrarChanged": "office.registrar_changed",
    "ApproverChanged": "office.approver_changed",
    "FactoryChanged": "office.factory_changed",
    "DAOURIUpdate": "consortium.uri_changed",
    "RuleSet": "rule.set",
    "KindSet": "kind.set",
    "ActionListed": "kind.action_listed",
    "ActionUnlisted": "kind.action_unlisted",
    "Resolved": "resolution.recorded",
    "ResolvedFor": "resolution.recorded",
    "Anchored": "document.anchored",
    "ProposalCreated": "proposal.created",
    "ProposalFiled": "proposal.filed",
    "ProposalReconvened": "proposal.reconvened",
    "ProposalRevised": "proposal.revised",
    "ProposalClosedEarly": "proposal.closed_early",
    "MinutesRecorded": "minutes.recorded",
    "MinutesObjected": "minutes.objected",
    "ApprovalRecorded": "approval.recorded",
    "ProposalQueued": "proposal.queued",
    "ProposalExecuted": "proposal.executed",
    "ProposalCanceled": "proposal.withdrawn",
    "VoteCast": "ballot.cast",
    "BallotCounted": "ballot.changed",
    "BallotRefused": "ballot.refused",
    "MemberRecused": "member.recused",
    "VetoRaised": "veto.raised",
    "VetoWithdrawn": "veto.withdrawn",
}
"""Name of an event → type of the change."""
BY_MANDATE = "ballot.cast_by_mandate"
"""A first ballot that another member cast; `BallotCounted` tells of those that were changed, too."""
REVERTED, REORGANISED = "reverted", "index.reorganised"
ALL_TYPES = tuple(sorted({*TYPES.values(), *(turn.value for turn in Turn), BY_MANDATE, REVERTED, REORGANISED}))

EVENT_CLASSES: dict[str, type[Event]] = {each.__name__: each for each in get_args(Event)}
BIG = {"proposal_id", "previous_id", "vetoed_id", "values"}
TIMES = {"vote_start", "vote_end", "until", "remedy_until", "effective_from", "closed_at", "eta", "at"}


@dataclass(frozen=True, slots=True)
class Told:
    """What an event or a moment says."""

    type: str
    proposal_id: int | None
    member_id: int | None
    body_id: int | None
    voter: str | None
    """The wallet, where it stands for the member."""
    data: dict[str, object]


def read_told(name: str, arguments: str) -> Told:
    """Read what was written under that name."""
    if name not in TYPES:
        return _read_other(name, msgspec.json.decode(arguments))
    event: Any = msgspec.json.decode(arguments, type=EVENT_CLASSES[name])
    kind = BY_MANDATE if name == "BallotCounted" and event.previous is None else TYPES[name]
    given = {field.name: getattr(event, field.name) for field in fields(event)}
    return Told(
        type=kind,
        proposal_id=given.get("proposal_id"),
        member_id=given.get("member_id", given.get("proposer_id", given.get("principal_id"))),
        body_id=given.get("body_id"),
        voter=given.get("voter"),
        data=_data(given),
    )


def _read_other(name: str, given: dict[str, Any]) -> Told:
    said = {key: value for key, value in given.items() if value is not None}
    proposal_id, member_id, body_id = (given.get(key) for key in ("proposal_id", "member_id", "body_id"))
    return Told(name, proposal_id, member_id, body_id, None, _data(said))


def _data(given: dict[str, Any]) -> dict[str, object]:
    data = {name: _value(name, value) for name, value in given.items()}
    if "support" in data:
        data["choice"] = Choice(given["support"]).label
        del data["support"], data["weight"]
    if "reason" in data:
        # Whatever else a voter wrote may be personal.
        data["reason_commitment"] = commitment_in(given["reason"])
        del data["reason"]
    return data


def _value(name: str, value: Any) -> object:  # noqa: ANN401 - fields of events are of many types
    if isinstance(value, tuple):
        return [_value(name, each) for each in value]
    if is_dataclass(value) and not isinstance(value, Ratio):
        return {field.name: _value(field.name, getattr(value, field.name)) for field in fields(value)}
    return _single(name, value)


def _single(name: str, value: Any) -> object:  # noqa: ANN401 - same
    match value:
        case Enum():
            return getattr(value, "label", value.name.lower())
        case Ratio():
            return str(value)
        case int() if name in BIG:
            return str(value)
        case int() if name in TIMES:
            return _time(value)
    return value


def _time(seconds: int) -> str | int:
    try:
        return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return seconds  # a contract may say a second that no calendar has
