"""Mandates as members sign them: EIP-712 documents for the registry's `setMandateBySig`, which anybody may send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eth_account.messages import encode_typed_data

from backend.chain.typed_ballots import OF_DOMAIN, VERSION, digest_of, listed
from backend.domain.values import Address, Hash32

NAME = "MemberRegistry"
"""Of the signing domain."""
MANDATE = (
    ("principalId", "uint16"),
    ("holderId", "uint16"),
    ("bodyId", "uint8"),
    ("proposalId", "uint256"),
    ("until", "uint48"),
    ("nonce", "uint256"),
    ("deadline", "uint48"),
)


@dataclass(frozen=True, slots=True)
class TypedMandate:
    """One mandate, or its end, with all that the signature covers."""

    chain_id: int
    registry: Address
    principal_id: int
    holder_id: int
    """0 takes the mandate back."""
    body_id: int
    proposal_id: int
    """0 for every proposal of the body."""
    until: int
    nonce: int
    """How many acts of the principal on its mandates came before."""
    deadline: int
    """Last second in which the signature can be handed in."""

    @property
    def document(self) -> dict[str, Any]:
        """The document as `eth_signTypedData_v4` takes it; numbers beyond 53 bits are decimal strings."""
        message = self._message | {"proposalId": str(self.proposal_id), "nonce": str(self.nonce)}
        return self._around(message)

    @property
    def digest(self) -> Hash32:
        """The 32 bytes that are signed."""
        return digest_of(encode_typed_data(full_message=self._around(self._message)))

    @property
    def _message(self) -> dict[str, Any]:
        return {
            "principalId": self.principal_id,
            "holderId": self.holder_id,
            "bodyId": self.body_id,
            "proposalId": self.proposal_id,
            "until": self.until,
            "nonce": self.nonce,
            "deadline": self.deadline,
        }

    def _around(self, message: dict[str, Any]) -> dict[str, Any]:
        domain = {
            "name": NAME,
            "version": VERSION,
            "chainId": self.chain_id,
            "verifyingContract": self.registry,
        }
        types = {"EIP712Domain": listed(OF_DOMAIN), "Mandate": listed(MANDATE)}
        return {"types": types, "primaryType": "Mandate", "domain": domain, "message": message}
