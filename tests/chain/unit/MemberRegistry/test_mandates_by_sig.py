"""Signed mandates, as whoever would profit tries to use them: again, late, elsewhere, altered, in another's name."""

import pytest
from brownie import accounts, chain
from consortium import DAY, LEFT, at, wallet_of
from eth_account import Account
from eth_account.messages import _hash_eip191_message, encode_typed_data
from reverts import refused

PRINCIPAL, HOLDER, ASSEMBLY = 5, 6, 0
FIELDS = {
    "principalId": "uint16",
    "holderId": "uint16",
    "bodyId": "uint8",
    "proposalId": "uint256",
    "until": "uint48",
    "nonce": "uint256",
    "deadline": "uint48",
}
TYPES = {"Mandate": [{"name": name, "type": kind} for name, kind in FIELDS.items()]}


def domain_of(registry):
    return {
        "name": "MemberRegistry",
        "version": "1",
        "chainId": chain.id,
        "verifyingContract": registry.address,
    }


@pytest.fixture
def registry(consortium):
    return consortium.registry


@pytest.fixture
def principal(consortium):
    return consortium.wallet(PRINCIPAL)


@pytest.fixture
def mandate():
    """The message, as the principal signs it first."""
    now = chain[-1].timestamp
    return {
        "principalId": PRINCIPAL,
        "holderId": HOLDER,
        "bodyId": ASSEMBLY,
        "proposalId": 0,
        "until": now + 10 * DAY,
        "nonce": 0,
        "deadline": now + DAY,
    }


def signed(registry, wallet, mandate, **domain):
    signature = Account.sign_typed_data(wallet.private_key, domain_of(registry) | domain, TYPES, mandate)
    return signature.signature.hex()


def relay(registry, mandate, signature, relayer):
    parts = [value for name, value in mandate.items() if name != "nonce"]
    return registry.setMandateBySig(*parts, signature, {"from": relayer})


def test_anyone_may_hand_in_a_signed_mandate(registry, principal, mandate, stranger):
    tx = relay(registry, mandate, signed(registry, principal, mandate), stranger)
    expected = (PRINCIPAL, HOLDER, ASSEMBLY, 0, mandate["until"])
    assert tuple(tx.events["MandateGranted"].values()) == expected
    assert registry.holderOf(PRINCIPAL, ASSEMBLY, 1) == HOLDER
    assert registry.mandateNonce(PRINCIPAL) == 1


def test_signed_mandate_of_nobody_takes_the_mandate_back(registry, principal, mandate, stranger):
    registry.grantMandate(HOLDER, ASSEMBLY, 0, mandate["until"], {"from": principal})
    none = mandate | {"holderId": 0, "nonce": 1}
    tx = relay(registry, none, signed(registry, principal, none), stranger)
    assert tuple(tx.events["MandateRevoked"].values()) == (PRINCIPAL, ASSEMBLY)
    again = none | {"nonce": 2}
    with refused("MemberRegistryNoMandate", PRINCIPAL, ASSEMBLY):
        relay(registry, again, signed(registry, principal, again), stranger)


def test_signature_counts_once(registry, principal, mandate, stranger):
    signature = signed(registry, principal, mandate)
    relay(registry, mandate, signature, stranger)
    with refused("MemberRegistryInvalidSignature", PRINCIPAL):
        relay(registry, mandate, signature, stranger)


def test_mandate_taken_back_is_not_restored_by_a_signature_from_before(registry, principal, mandate, stranger):
    signature = signed(registry, principal, mandate | {"nonce": 1})
    registry.grantMandate(HOLDER, ASSEMBLY, 0, mandate["until"], {"from": principal})
    registry.revokeMandate(ASSEMBLY, {"from": principal})
    with refused("MemberRegistryInvalidSignature", PRINCIPAL):
        relay(registry, mandate, signature, stranger)
    assert registry.mandateNonce(PRINCIPAL) == 2


def test_nobody_else_moves_the_nonce(registry, principal, mandate, consortium, stranger):
    registry.grantMandate(PRINCIPAL, ASSEMBLY, 0, mandate["until"], {"from": consortium.wallet(HOLDER)})
    with refused("MemberRegistryInvalidSignature", PRINCIPAL):
        relay(registry, mandate, signed(registry, consortium.wallet(HOLDER), mandate), stranger)
    relay(registry, mandate, signed(registry, principal, mandate), stranger)


def test_signature_is_good_in_the_last_second_of_its_time_and_not_after(registry, principal, mandate, stranger):
    signature, deadline = signed(registry, principal, mandate), mandate["deadline"]
    at(deadline + 1)
    with refused("MemberRegistrySignatureExpired", deadline, deadline + 1):
        relay(registry, mandate, signature, stranger)


def test_signature_is_good_in_its_last_second(registry, principal, mandate, stranger):
    signature = signed(registry, principal, mandate)
    at(mandate["deadline"])
    relay(registry, mandate, signature, stranger)


@pytest.mark.parametrize(
    "change",
    [
        {"holderId": 7},
        {"bodyId": 1},
        {"proposalId": 1},
        {"until": 2**48 - 1},
        {"deadline": 2**48 - 1},
        {"principalId": 7},
    ],
)
def test_nothing_that_was_signed_can_be_altered(registry, principal, mandate, change, stranger):
    altered = mandate | change
    with refused("MemberRegistryInvalidSignature", altered["principalId"]):
        relay(registry, altered, signed(registry, principal, mandate), stranger)


@pytest.mark.parametrize("domain", [{"chainId": 1}, {"verifyingContract": "0x" + "11" * 20}, {"name": "Other"}])
def test_mandate_of_another_roll_or_chain_is_no_mandate_here(registry, principal, mandate, domain, stranger):
    with refused("MemberRegistryInvalidSignature", PRINCIPAL):
        relay(registry, mandate, signed(registry, principal, mandate, **domain), stranger)


def test_holder_cannot_sign_for_the_principal(registry, consortium, mandate):
    holder = consortium.wallet(HOLDER)
    with refused("MemberRegistryInvalidSignature", PRINCIPAL):
        relay(registry, mandate, signed(registry, holder, mandate), holder)


def test_signature_of_a_wallet_left_behind_is_void(registry, principal, mandate, stranger):
    signature = signed(registry, principal, mandate)
    registry.rotateWallet(wallet_of(50), {"from": principal})
    with refused("MemberRegistryInvalidSignature", PRINCIPAL):
        relay(registry, mandate, signature, stranger)
    relay(registry, mandate, signed(registry, wallet_of(50), mandate), stranger)


def test_who_has_left_gives_no_mandate_by_a_signature_from_before(registry, principal, mandate, stranger):
    signature = signed(registry, principal, mandate)
    registry.recordExit(PRINCIPAL)
    with refused("MemberRegistryUnexpectedStatus", PRINCIPAL, LEFT):
        relay(registry, mandate, signature, stranger)


def test_malformed_signature_is_refused(registry, principal, mandate, stranger):
    good = bytes.fromhex(signed(registry, principal, mandate).removeprefix("0x"))
    for malformed in (b"", good[:-1], good + b"\x00", bytes(65), good[:64] + b"\x00"):
        with refused("MemberRegistryInvalidSignature", PRINCIPAL):
            relay(registry, mandate, malformed, stranger)


def wallet_that_approved(digest, deployer):
    """A contract whose `isValidSignature` answers ERC-1271's magic value for this digest and zero for every other."""
    answer = "7f" + digest.hex() + "600435" + "14" + "63" + "1626ba7e" + "60e01b" + "02" + "5f52" + "60205ff3"
    size = f"{len(answer) // 2:02x}"
    return deployer.transfer(data="0x60" + size + "600a5f3960" + size + "5ff3" + answer)


def test_contract_wallet_gives_what_it_has_approved_and_nothing_else(registry, principal, mandate, stranger):
    digest = _hash_eip191_message(encode_typed_data(domain_of(registry), TYPES, mandate))
    wallet = accounts.at(wallet_that_approved(digest, stranger).contract_address, force=True)
    registry.rotateWallet(wallet, {"from": principal})
    for other in (mandate | {"holderId": 7}, mandate | {"proposalId": 1}):
        with refused("MemberRegistryInvalidSignature", PRINCIPAL):
            relay(registry, other, b"", stranger)
    relay(registry, mandate, b"", stranger)
    assert registry.holderOf(PRINCIPAL, ASSEMBLY, 1) == HOLDER
    with refused("MemberRegistryInvalidSignature", PRINCIPAL):
        relay(registry, mandate, b"", stranger)
