"""Ballots as members sign them: EIP-712 documents, made from the fixed types of the governors alone.

A client that knows these types can build the same document itself and compare. The nonce is the proposal's id
followed by how many ballots of its own the member has cast on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eth_account import Account
from eth_account.messages import SignableMessage, encode_typed_data
from eth_keys.exceptions import BadSignature
from eth_utils.crypto import keccak
from eth_utils.exceptions import ValidationError

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import hash32
from backend.domain.values import Address, Hash32, ProposalId

VERSION = "1"
"""Of the signing domain, in all of OpenZeppelin's governors."""
OF_DOMAIN = (("name", "string"), ("version", "string"), ("chainId", "uint256"), ("verifyingContract", "address"))
PLAIN = (("proposalId", "uint256"), ("support", "uint8"), ("voter", "address"), ("nonce", "uint256"))
WITH_REASON = (*PLAIN, ("reason", "string"), ("params", "bytes"))
OF_KEY = 65
"""Bytes of a signature by a key; those of contracts have any length."""
LOWER_HALF = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
"""Half the order of secp256k1: of the two signatures that say the same the contracts take the lower one."""


@dataclass(frozen=True, slots=True)
class TypedBallot:
    """One ballot with all that its signature covers."""

    chain_id: int
    governor: Address
    body: str
    """Name of the governor in its signing domain."""
    proposal_id: ProposalId
    support: int
    voter: Address
    own_ballots: int
    """Ballots of its own that the member has cast before on the proposal."""
    reason: str = ""
    """As it goes on chain; empty where none is given."""

    @property
    def nonce(self) -> int:
        """What keeps the signature from counting twice."""
        return self.proposal_id << 64 | self.own_ballots

    @property
    def document(self) -> dict[str, Any]:
        """The document as `eth_signTypedData_v4` takes it; numbers beyond 53 bits are decimal strings."""
        name, fields = ("ExtendedBallot", WITH_REASON) if self.reason else ("Ballot", PLAIN)
        message: dict[str, Any] = {
            "proposalId": str(self.proposal_id),
            "support": self.support,
            "voter": self.voter,
            "nonce": str(self.nonce),
        }
        return {
            "types": {"EIP712Domain": listed(OF_DOMAIN), name: listed(fields)},
            "primaryType": name,
            "domain": {
                "name": self.body,
                "version": VERSION,
                "chainId": self.chain_id,
                "verifyingContract": self.governor,
            },
            "message": message | ({"reason": self.reason, "params": "0x"} if self.reason else {}),
        }

    @property
    def digest(self) -> Hash32:
        """The 32 bytes that are signed."""
        return digest_of(self._signable)

    @property
    def _signable(self) -> SignableMessage:
        document = self.document
        numbers = {"proposalId": int(self.proposal_id), "nonce": self.nonce}
        empty = {"params": b""} if self.reason else {}
        return encode_typed_data(full_message={**document, "message": document["message"] | numbers | empty})

    def signer(self, signature: bytes) -> Address | None:
        """The key behind a signature, as the contracts see it: 65 bytes, the lower half, 27 or 28 at the end."""
        if len(signature) != OF_KEY or signature[-1] not in (27, 28):
            return None
        if not 0 < int.from_bytes(signature[32:64]) <= LOWER_HALF:
            return None
        try:
            return checksummed(Account.recover_message(self._signable, signature=signature))
        except (BadSignature, ValidationError, ValueError):
            return None


def digest_of(signable: SignableMessage) -> Hash32:
    """Hash what a wallet signs."""
    return hash32(keccak(b"\x19" + signable.version + signable.header + signable.body))


def as_contracts_take_it(ballot: TypedBallot, signature: bytes) -> bytes:
    """Some wallets end a signature with 0 or 1 where the contracts want 27 or 28: mended where it is the voter's."""
    if len(signature) != OF_KEY or signature[-1] not in (0, 1):
        return signature
    mended = signature[:-1] + bytes([signature[-1] + 27])
    return mended if ballot.signer(mended) == ballot.voter else signature


def types_of(name: str) -> Mapping[str, str] | None:
    """The fields of a type of ours, in their order; None for any other."""
    known = {"EIP712Domain": OF_DOMAIN, "Ballot": PLAIN, "ExtendedBallot": WITH_REASON}.get(name)
    return None if known is None else dict(known)


def listed(fields: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """Spell fields as EIP-712 documents do."""
    return [{"name": name, "type": kind} for name, kind in fields]
