"""Why a signed ballot is not taken in. Each has a code that never changes, and a message that says what to do.

RelayError
├── BallotRefusedError           the governor would not count it: one class for each of its reasons
├── UnfitBallotError             it is not what it should be, wherever it is handed in
└── RelayUnavailableError        the ballot may be good, but is not sent from here now
"""

from __future__ import annotations

from collections.abc import Mapping

from backend.domain.refusals import Refusal
from backend.errors import ZborError


class RelayError(ZborError):
    """A signed ballot is not taken in."""

    code = "RELAY_ERROR"


class BallotRefusedError(RelayError):
    """The governor would not count this ballot now."""

    code = "BALLOT_REFUSED"
    says = "The governor would refuse this ballot."

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or self.says)


class VotingNotOpenError(BallotRefusedError):
    """Wait until voting opens."""

    code = "VOTING_NOT_OPEN"
    says = "Voting has not opened yet. Hand the ballot in once it has."


class VotingClosedError(BallotRefusedError):
    """The deadline has passed, or the proposal was withdrawn."""

    code = "VOTING_CLOSED"
    says = "Voting is over or the proposal was withdrawn. A ballot can no longer count."


class NotAMemberError(BallotRefusedError):
    """Sign with the wallet that the consortium has on its roll."""

    code = "NOT_A_MEMBER"
    says = "This wallet belongs to no member. Sign with the one on the roll."


class WalletRevokedError(BallotRefusedError):
    """Sign with the member's new wallet."""

    code = "WALLET_REVOKED"
    says = "The member has moved on to another wallet. Sign with that one."


class MemberDefaultingError(BallotRefusedError):
    """A defaulting party has no vote until the assembly decides otherwise."""

    code = "MEMBER_DEFAULTING"
    says = "The member was declared defaulting and has no vote until the assembly decides otherwise."


class NoVotingRightError(BallotRefusedError):
    """The member has no vote in this body."""

    code = "NO_VOTING_RIGHT"
    says = "The member has no vote in this body."


class NotInElectorateError(BallotRefusedError):
    """The member had no vote yet when this vote opened."""

    code = "NOT_IN_ELECTORATE"
    says = "The member had no vote yet when this vote opened. It votes on proposals that open later."


class RecusedError(BallotRefusedError):
    """The member takes no part in this vote."""

    code = "RECUSED"
    says = "The member is recused from this vote."


class AlreadyVotedError(BallotRefusedError):
    """The member's ballot is counted, and the rule lets nobody change one."""

    code = "ALREADY_VOTED"
    says = "The member has voted already, and under this rule a ballot cannot be changed."


class TooManyRevisionsError(BallotRefusedError):
    """The ballot was changed as often as can be; the last one counts."""

    code = "TOO_MANY_REVISIONS"
    says = "The ballot was changed as often as a governor can count. The last one stands."


class WrongNonceError(BallotRefusedError):
    """The ballot was signed for another turn: ask for the document again and sign that."""

    code = "WRONG_NONCE"
    says = "The nonce is not that of the member's next ballot. Ask for the document again and sign it."


class UnfitBallotError(RelayError):
    """The ballot is not what it should be."""

    code = "UNFIT_BALLOT"


class TypedDataError(UnfitBallotError):
    """The document is not a ballot of the governors: ask for it here, or build it by the published types."""

    code = "TYPED_DATA_INVALID"

    def __init__(self, part: str, problem: str) -> None:
        super().__init__(f"typed_data.{part}: {problem}")


class AnotherChainError(UnfitBallotError):
    """The ballot was signed for another chain, where it may count; here it cannot."""

    code = "BALLOT_FOR_ANOTHER_CHAIN"

    def __init__(self, expected: int) -> None:
        super().__init__(f"The ballot was signed for another chain. The contracts are on chain {expected}.")


class ForeignContractError(UnfitBallotError):
    """The ballot was signed for a contract that is none of the consortium's governors."""

    code = "FOREIGN_CONTRACT"

    def __init__(self) -> None:
        super().__init__("The contract that was signed for is no governor of this consortium. See /v1/bodies.")


class BadSignatureError(UnfitBallotError):
    """The signature is not the voter's: sign the document anew with the voter's wallet."""

    code = "INVALID_SIGNATURE"

    def __init__(self) -> None:
        super().__init__("The signature is not the voter's under this document. Sign it again with its wallet.")


class ReasonMismatchError(UnfitBallotError):
    """The words that were sent are not those whose commitment was signed."""

    code = "REASON_MISMATCH"

    def __init__(self, problem: str) -> None:
        super().__init__(f"reason: {problem}")


class IdempotencyKeyReusedError(UnfitBallotError):
    """The key stands for another request: draw a new key for each ballot."""

    code = "IDEMPOTENCY_KEY_REUSED"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was sent with another ballot. Draw a new key for each.")


class BallotUnderWayError(RelayError):
    """Another ballot of the member on this proposal is on its way: wait until it is counted."""

    code = "BALLOT_UNDER_WAY"

    def __init__(self, ballot_id: str) -> None:
        super().__init__(f"Another ballot of this member is on its way, {ballot_id}. Wait until it is counted.")


class RelayQuotaError(RelayError):
    """The member has handed in as many as one day allows."""

    code = "RELAY_QUOTA"

    def __init__(self, most: int) -> None:
        super().__init__(f"The relay takes {most} ballots of a member in 24 hours. Wait, or send it yourself.")


class WordsTooLateError(RelayError):
    """Words of a reason are taken in while voting is open."""

    code = "WORDS_TOO_LATE"

    def __init__(self) -> None:
        super().__init__("Voting is over. The words of a reason are taken in while it is open.")


class RelayUnavailableError(RelayError):
    """The ballot may be good, but it is not sent from here now: send it yourself, or try again later."""

    code = "RELAY_UNAVAILABLE"


class RelayOffError(RelayUnavailableError):
    """No relay runs here."""

    code = "RELAY_OFF"

    def __init__(self) -> None:
        super().__init__("No relay runs here. Send the ballot yourself; anybody can.")


class RelayAwayError(RelayUnavailableError):
    """The relay gives no sign of life."""

    code = "RELAY_AWAY"

    def __init__(self) -> None:
        super().__init__("The relay gives no sign of life. Try again in a few minutes, or send the ballot yourself.")


class RelayEmptyError(RelayUnavailableError):
    """The relay cannot pay for another ballot."""

    code = "RELAY_EMPTY"

    def __init__(self) -> None:
        super().__init__("The relay cannot pay for another ballot. Tell the operator, or send the ballot yourself.")


OF_GOVERNOR: Mapping[Refusal, type[BallotRefusedError]] = {
    Refusal(error.code): error for error in BallotRefusedError.__subclasses__() if error.code in Refusal.__members__
}
"""The class for each reason of the governors that can concern a signed ballot."""


def error_of(code: str) -> RelayError:
    """Make the error for a governor's refusal."""
    if code == Refusal.INVALID_SIGNATURE:
        return BadSignatureError()
    known = OF_GOVERNOR.get(Refusal(code)) if code in Refusal.__members__ else None
    return known() if known else BallotRefusedError(f"The governor would refuse this ballot ({code}).")
