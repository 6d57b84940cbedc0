"""Takes in signed ballots: checked against the document, the mirror, the signature and the chain, then kept.

What costs least is looked at first. Nothing is asked of a node before the mirror agrees and the signature is the
voter's, or the voter's wallet is a contract.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from backend.chain.ballot_calls import SignedBallot
from backend.chain.places import Places
from backend.chain.sending import SendingEndpoints
from backend.chain.typed_ballots import TypedBallot, as_contracts_take_it
from backend.database.desk import RelayBallotRecord, RelayRequestRecord
from backend.database.desk.alone import alone_at
from backend.documents.reasons import BallotName, Reason, is_commitment
from backend.domain.ballots import MOST_REVISIONS, Choice
from backend.domain.values import MemberId
from backend.queries.mirror import Mirror, Reading
from backend.queries.positions import Position, find_body_of, read_position
from backend.queries.reasons import commitments_of
from backend.queries.relay import (
    DAY,
    accepted_since,
    find_by_nonce,
    find_request,
    read_relay,
    relayed_ballot_view,
    way_of,
)
from backend.queries.views import RelayedBallotView
from backend.relay.batches import refusal_of
from backend.relay.handed import LONGEST_SIGNATURE, HandedBallot
from backend.relay.preparing import NameOf, require_counted
from backend.relay.refusals import (
    AnotherChainError,
    BadSignatureError,
    BallotUnderWayError,
    ForeignContractError,
    IdempotencyKeyReusedError,
    NotAMemberError,
    ReasonMismatchError,
    RelayAwayError,
    RelayEmptyError,
    RelayOffError,
    RelayQuotaError,
    TypedDataError,
    WrongNonceError,
    error_of,
)

NOT_COUNTED = ("accepted", "sent")
"""Ballots whose words are kept when they come again."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A ballot that is kept."""

    ballot: RelayedBallotView
    new: bool
    """False where the same ballot was handed in before."""
    replaced: str = ""
    """Commitment of the failed ballot whose place it took."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where signed ballots are handed in."""

    mirror: Mirror
    node: SendingEndpoints
    name_of: NameOf
    most_a_day: int
    """Ballots of one member in 24 hours."""
    draw_id: Callable[[], str] = lambda: secrets.token_hex(16)
    strangers: Places = field(default_factory=Places)

    def take_in(self, handed: HandedBallot, key: str | None = None) -> Taken:
        """Check a ballot and keep it for the relay; the same one again gives what it gave before.

        `key` is the client's own name for the request.

        Raises:
            RelayError: it is not taken in; the class says why.
            ProposalNotFoundError: the mirror knows no such proposal.
            NodeUnavailableError: no node answers.
        """
        taken, reason = self._take_in(handed, key)
        # Not within the transaction of the ballot: the store may write to the same database, and would wait for it.
        # Nor for a ballot that was counted: whoever has the request of then could bring erased words back.
        if reason is not None and taken.ballot.status in NOT_COUNTED:
            self.mirror.consortium.documents.put_reason(reason)
        if taken.replaced:
            self._forget_words(taken.ballot.member.id, taken.replaced)
        return taken

    def _forget_words(self, member_id: int, commitment: str) -> None:
        """No row names them any more, so that whoever erases the member's reasons would not find them."""
        consortium = self.mirror.consortium
        with self.mirror.asking() as session:
            given = commitments_of(session, consortium, member_id, 0, self.mirror.wall_clock())
        if commitment not in {each for _, each in given}:
            consortium.documents.erase_reason(commitment)

    def _take_in(self, handed: HandedBallot, key: str | None) -> tuple[Taken, Reason | None]:
        with self.mirror.reading() as reading:
            position, now = self._position(reading, handed), reading.now
        # The database is let go of here: strangers can make us ask a node, which may take its time.
        ballot = _ballot(handed)
        signature = as_contracts_take_it(ballot, handed.signature)
        by_key = self._require_signature(position, ballot, signature)
        reason = _reason_of(position, handed)
        known = self._known(ballot, handed, signature, key, by_key=by_key)
        if known is not None:
            return known, reason
        require_counted(position.refusal(handed.support, now), handed.proposal_id)
        if handed.own_ballots != position.own_ballots:
            raise WrongNonceError
        self._require_relay()
        signed = SignedBallot(handed.voter, handed.support, handed.reason, signature)
        refusal = refusal_of(self.node, handed.governor, handed.proposal_id, signed)
        if refusal is not None:
            raise error_of(refusal)
        return self._keep(position, ballot, handed, signature, key), reason

    def _position(self, reading: Reading, handed: HandedBallot) -> Position:
        if handed.chain_id != reading.consortium.chain_id:
            raise AnotherChainError(reading.consortium.chain_id)
        body = find_body_of(reading.session, reading.consortium, handed.governor)
        if body is None:
            raise ForeignContractError
        if handed.body != self.name_of(body):
            raise TypedDataError("domain.name", "is not the governor's name")
        return read_position(
            reading.session, reading.consortium, handed.proposal_id, handed.voter, reading.now, governor=handed.governor
        )

    def _require_signature(self, position: Position, ballot: TypedBallot, signature: bytes) -> bool:
        """Whether it is the voter's own key's; a member's wallet that is a contract is asked on the chain, later."""
        if ballot.signer(signature) == ballot.voter:
            return True
        if position.member is None:
            raise NotAMemberError
        with self.strangers.one():
            if len(signature) > LONGEST_SIGNATURE or not self.node.has_code(ballot.voter):
                raise BadSignatureError
        return False

    def _known(
        self, ballot: TypedBallot, handed: HandedBallot, signature: bytes, key: str | None, *, by_key: bool
    ) -> Taken | None:
        with self.mirror.sessions() as session:
            if key is not None:
                self._require_same_request(session, handed, key)
            kept = self._kept(session, handed)
            same = kept is not None and kept.digest == ballot.digest
            if kept is None or not same or not (by_key or kept.signature == "0x" + signature.hex()):
                return None
            if way_of(session, self.mirror.consortium, kept).status == "failed":
                return None
            return Taken(relayed_ballot_view(session, self.mirror.consortium, kept), new=False)

    def _require_same_request(self, session: Session, handed: HandedBallot, key: str) -> None:
        request = find_request(session, self.mirror.consortium, handed.voter, key)
        if request is not None and request.digest != handed.fingerprint:
            raise IdempotencyKeyReusedError

    def _require_relay(self) -> None:
        with self.mirror.sessions() as session:
            relay = read_relay(session, self.mirror.consortium, self.mirror.wall_clock())
        problems = {"off": RelayOffError, "away": RelayAwayError, "empty": RelayEmptyError}
        if relay.status in problems:
            raise problems[relay.status]

    def _keep(
        self, position: Position, ballot: TypedBallot, handed: HandedBallot, signature: bytes, key: str | None
    ) -> Taken:
        consortium, now = self.mirror.consortium, self.mirror.wall_clock()
        with self.mirror.writing() as session:
            alone_at(session, "relay", consortium.id)
            if key is not None:
                self._require_same_request(session, handed, key)
            kept = self._kept(session, handed)
            if kept is not None and way_of(session, consortium, kept).status != "failed":
                if kept.digest != ballot.digest:
                    raise BallotUnderWayError(kept.id)
                return Taken(relayed_ballot_view(session, consortium, kept), new=False)
            replaced = kept.reason if kept is not None else ""
            row = _row(kept, self.draw_id(), position, ballot, signature, now)
            row.consortium_id = consortium.id
            self._require_quota(session, row.member_id, now)
            session.add(row)
            self._free_key(session, handed, key)
            session.add(self._request(row, handed, key, now))
            session.flush()
            return Taken(relayed_ballot_view(session, consortium, row), new=True, replaced=replaced)

    def _kept(self, session: Session, handed: HandedBallot) -> RelayBallotRecord | None:
        place = (handed.governor, handed.proposal_id, handed.voter, handed.own_ballots)
        return find_by_nonce(session, self.mirror.consortium, *place)

    def _require_quota(self, session: Session, member_id: int, now: int) -> None:
        if accepted_since(session, self.mirror.consortium, member_id, now - DAY) >= self.most_a_day:
            raise RelayQuotaError(self.most_a_day)

    def _free_key(self, session: Session, handed: HandedBallot, key: str | None) -> None:
        """A ballot that failed may come again under the same key; the day's count keeps the request of then."""
        before = None if key is None else find_request(session, self.mirror.consortium, handed.voter, key)
        if before is not None:
            before.key = None
            session.flush()

    def _request(self, row: RelayBallotRecord, handed: HandedBallot, key: str | None, now: int) -> RelayRequestRecord:
        return RelayRequestRecord(
            consortium_id=row.consortium_id,
            id=self.draw_id(),
            member_id=row.member_id,
            voter=row.voter,
            key=key,
            digest=handed.fingerprint,
            ballot_id=row.id,
            at=now,
        )


def _ballot(handed: HandedBallot) -> TypedBallot:
    if not 0 <= handed.own_ballots <= MOST_REVISIONS:
        raise WrongNonceError
    return TypedBallot(
        handed.chain_id,
        handed.governor,
        handed.body,
        handed.proposal_id,
        handed.support,
        handed.voter,
        handed.own_ballots,
        handed.reason,
    )


def _row(
    kept: RelayBallotRecord | None, fresh_id: str, position: Position, ballot: TypedBallot, signature: bytes, now: int
) -> RelayBallotRecord:
    """Make the row; a ballot that failed gives its place to the next one with the same nonce."""
    row = kept or RelayBallotRecord(
        id=fresh_id,
        body_id=position.filed.body.body_id,
        governor=ballot.governor,
        proposal_id=ballot.proposal_id,
        voter=ballot.voter,
        own_ballots=ballot.own_ballots,
    )
    row.member_id = position.member.member_id if position.member else 0
    row.support, row.reason = int(Choice(ballot.support)), ballot.reason
    row.signature, row.digest = "0x" + signature.hex(), ballot.digest
    row.accepted_at, row.tries = now, 0
    row.sender = row.nonce = row.failure = None
    return row


def _reason_of(position: Position, handed: HandedBallot) -> Reason | None:
    """The words that were sent, as what was signed commits to them; they are never dropped.

    Raises:
        ReasonMismatchError: the words and the commitment do not belong together, or the commitment is none.
        InvalidDocumentError: the words break the format.
    """
    if handed.reason and not is_commitment(handed.reason):
        raise ReasonMismatchError("only a commitment goes on chain: 0x and 64 lower-case hexadecimal digits")
    if handed.words is None:
        return None
    member_id = MemberId(position.member.member_id if position.member else 0)
    name = BallotName(handed.governor, handed.proposal_id, member_id)
    reason = Reason(name, handed.words.language, handed.words.text, handed.words.salt)
    if reason.commitment != handed.reason:
        raise ReasonMismatchError("these words with this salt are not what the signed commitment stands for")
    return reason
