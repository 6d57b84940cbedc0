"""Reads a signed document as it comes in: exactly a governor's ballot, or refused with the part that is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from backend.chain.addresses import checksummed
from backend.chain.typed_ballots import VERSION, types_of
from backend.domain.values import Address, ProposalId
from backend.relay.handed import LONGEST_SIGNATURE, HandedBallot, Words
from backend.relay.refusals import BadSignatureError, TypedDataError

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,77})")
_HEX = re.compile(r"0x([0-9a-fA-F]{2})*")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
PRIMARY = ("Ballot", "ExtendedBallot")
LONGEST_REASON = 66
"""Characters of a commitment."""


def read_ballot(document: dict[str, Any], signature: str, words: Words | None) -> HandedBallot:
    """Read what was signed, and the signature.

    Raises:
        TypedDataError: the document is no ballot of a governor.
        BadSignatureError: the signature is no hexadecimal text of a length that anything signs with.
    """
    _exactly(document, "", ("types", "primaryType", "domain", "message"))
    primary = document["primaryType"]
    if primary not in PRIMARY:
        raise TypedDataError("primaryType", f"must be one of {', '.join(PRIMARY)}")
    _require_types(document["types"], primary)
    domain = _exactly(document["domain"], "domain", ("name", "version", "chainId", "verifyingContract"))
    if domain["version"] != VERSION or not isinstance(domain["name"], str):
        raise TypedDataError("domain.version", f"must be {VERSION}, beside a name")
    fields = types_of(primary) or {}
    message = _exactly(document["message"], "message", fields)
    if message.get("params", "0x") != "0x":
        raise TypedDataError("message.params", "must be empty: 0x")
    return HandedBallot(
        chain_id=_number(domain["chainId"], "domain.chainId", 63),
        governor=_address(domain["verifyingContract"], "domain.verifyingContract"),
        body=domain["name"],
        proposal_id=ProposalId(_number(message["proposalId"], "message.proposalId", 192)),
        support=_number(message["support"], "message.support", 8),
        voter=_address(message["voter"], "message.voter"),
        nonce=_number(message["nonce"], "message.nonce", 256),
        reason=_reason(message, primary),
        signature=_signature(signature),
        words=words,
    )


def _exactly(value: Any, part: str, names: Collection[str]) -> dict[str, Any]:  # noqa: ANN401  # whatever was sent
    if not isinstance(value, dict) or value.keys() != set(names):
        raise TypedDataError(part or "document", f"must have exactly the keys {', '.join(names)}")
    return value


def _require_types(types: Any, primary: str) -> None:  # noqa: ANN401  # whatever was sent
    if not isinstance(types, dict) or primary not in types or types.keys() - {primary, "EIP712Domain"}:
        raise TypedDataError("types", f"must hold {primary}, EIP712Domain, and nothing else")
    for name, fields in types.items():
        wanted = [{"name": field, "type": kind} for field, kind in (types_of(name) or {}).items()]
        if fields != wanted:
            raise TypedDataError(f"types.{name}", "is not the governors' own, in their order")


def _number(value: Any, part: str, bits: int) -> int:  # noqa: ANN401  # whatever was sent
    number = value
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        number = int(value)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 1 << bits:
        raise TypedDataError(part, f"must be a decimal number of at most {bits} bits")
    return number


def _address(value: Any, part: str) -> Address:  # noqa: ANN401  # whatever was sent
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        raise TypedDataError(part, "must be 0x and 40 hexadecimal digits")
    return checksummed(value)


def _reason(message: dict[str, Any], primary: str) -> str:
    reason = message.get("reason", "")
    if not isinstance(reason, str) or len(reason) > LONGEST_REASON or bool(reason) != (primary == "ExtendedBallot"):
        raise TypedDataError("message.reason", "must be the commitment to a reason; without one sign a plain Ballot")
    return reason


def _signature(text: str) -> bytes:
    if not _HEX.fullmatch(text) or not 0 < len(text) // 2 - 1 <= LONGEST_SIGNATURE:
        raise BadSignatureError
    return bytes.fromhex(text[2:])
