from eth_account import Account

from scripts.raw_signing import sign_call

KEY = bytes.fromhex("11" * 32)
TO = "0x5FbDB2315678afecb367f032d93F642f64180aa3"


def test_the_bytes_are_those_of_the_reference_implementation():
    transaction = {
        "type": 2, "chainId": 31_337, "nonce": 7, "maxFeePerGas": 0, "maxPriorityFeePerGas": 0,
        "gas": 200_000, "to": TO, "value": 0, "data": "0x56781388",
    }  # fmt: skip
    expected = "0x" + Account.sign_transaction(transaction, KEY).raw_transaction.hex()
    assert sign_call(KEY, 31_337, 7, bytes.fromhex(TO[2:]), bytes.fromhex("56781388"), 200_000) == expected


def test_the_sender_is_the_owner_of_the_key():
    signed = sign_call(KEY, 31_337, 0, bytes.fromhex(TO[2:]), b"", 21_000)
    assert Account.recover_transaction(signed) == Account.from_key(KEY).address
