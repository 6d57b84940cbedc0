import eth_abi
import pytest
from eth_utils import keccak

from scripts.contract import Contract, refusal, selector


def test_an_error_is_named_with_its_facts():
    data = selector_of_error("ConsortiumGovernorNoticeTooShort(uint48,uint48)") + eth_abi.encode(
        ["uint48", "uint48"], [10, 20]
    )
    refused = refusal("0x" + data.hex())
    assert (refused.code, refused.facts) == ("NOTICE_TOO_SHORT", (10, 20))


@pytest.mark.parametrize("data", [None, "0x", "0xdeadbeef"])
def test_an_unknown_error_is_not_mistaken_for_a_known_one(data):
    assert refusal(data).error == "Reverted"


def test_a_call_starts_with_its_selector():
    contract = Contract(None, "Records", "0x" + "00" * 20)
    data = contract.data("resolve", 3, b"\x01" * 32)
    assert data.startswith("0x" + selector("Records", "resolve").hex())
    assert len(data) == 2 + 8 + 128


def selector_of_error(signature: str) -> bytes:
    return keccak(text=signature)[:4]
