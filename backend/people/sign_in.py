"""Signing in: a message is asked for, signed by the wallet, and exchanged for a session, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from eth_utils.address import to_checksum_address
from sqlalchemy.orm import Session

from backend.chain.endpoints import open_node
from backend.chain.places import Places
from backend.chain.signatures import accepted_by_contract, signature_bytes, signer_of
from backend.domain.values import Address
from backend.errors import InvalidIdentifierError
from backend.people import nonces
from backend.people.callers import Caller
from backend.people.refusals import SignatureRefusedError, UnknownWalletError
from backend.people.representatives import person_with
from backend.people.roles import caller_of
from backend.people.sessions import LASTS, open_session
from backend.people.sign_in_message import check_message, read_message, write_message
from backend.queries.mirror import Mirror
from backend.settings import Settings

ContractWallets = Callable[[Address, str, bytes], bool]
"""Whether the contract at an address accepts a signature of a text."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A message to sign, and until when."""

    message: str
    expires_at: int


def contract_wallets_at(settings: Settings, chain_id: int) -> ContractWallets:
    """Ask the nodes of the settings; each question opens a connection of its own, since few wallets are contracts.

    Any signature that is not the wallet's own makes us ask, so that only so many questions are asked at a time.
    """
    strangers = Places()

    def accepts(wallet: Address, text: str, signature: bytes) -> bool:
        with strangers.one(), open_node(settings.rpc_url_of(chain_id).split(","), chain_id) as node:
            return accepted_by_contract(node, wallet, text, signature)

    return accepts


def invite(mirror: Mirror, settings: Settings, wallet: str) -> Invitation:
    """Write the message for a wallet, whoever's it may be: it says nothing of who is a member.

    Raises:
        InvalidIdentifierError: not an address.
    """
    try:
        address = to_checksum_address(wallet)
    except ValueError as error:
        raise InvalidIdentifierError("wallet", "must be an address: 0x and 40 hexadecimal digits") from error
    consortium, now = mirror.consortium, mirror.wall_clock()
    with mirror.asking() as session:
        key = nonces.find_key(session, consortium.id)
    if key is None:
        with mirror.writing() as session:
            key = nonces.make_key(session, consortium.id)
    nonce = nonces.fresh_nonce(key, now)
    expires_at = now + nonces.LASTS
    return Invitation(write_message(settings.origin, address, consortium.chain_id, nonce, now, expires_at), expires_at)


def sign_in(
    mirror: Mirror, settings: Settings, contract_wallets: ContractWallets, text: str, signature: str
) -> tuple[Caller, str]:
    """Exchange a signed message for a session. Returns who signed in, and the secret of the session.

    Raises:
        SignInRefusedError: the message, its nonce or its signature is not in order, or the wallet has no role.
        NodeUnavailableError: the wallet is a contract and no node answers for it.
    """
    message, now = read_message(text), mirror.wall_clock()
    check_message(message, settings.origin, mirror.consortium.chain_id, now)
    with mirror.asking() as session:
        expires_at = nonces.check_nonce(nonces.find_key(session, mirror.consortium.id), message.nonce, now)
        known = _known(session, mirror, message.address)
    _check_signature(contract_wallets, Address(message.address), text, signature, known=known is not None)
    with mirror.writing() as session:
        who = _known(session, mirror, message.address)
        if who is None:
            raise UnknownWalletError
        nonces.use_nonce(session, mirror.consortium.id, message.nonce, expires_at, now)
        secret = open_session(session, mirror.consortium.id, message.address, who.person, now)
        return replace(who, ends_at=now + LASTS - 1), secret


def _known(session: Session, mirror: Mirror, wallet: str) -> Caller | None:
    person = person_with(session, mirror.consortium.id, wallet, mirror.wall_clock())
    return caller_of(session, mirror.consortium, wallet, person)


def _check_signature(
    contract_wallets: ContractWallets, wallet: Address, text: str, signature: str, *, known: bool
) -> None:
    signed = signature_bytes(signature)
    if signed is None:
        raise SignatureRefusedError
    # A node is only asked for wallets that matter here: strangers cannot make us ask.
    if signer_of(text, signed) != wallet and not (known and contract_wallets(wallet, text, signed)):
        raise SignatureRefusedError
