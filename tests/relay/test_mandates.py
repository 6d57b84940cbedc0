"""Mandates by signature, with the real registry."""

from eth_account import Account

from backend.relay.mandates import WantedMandate, prepare_mandate
from scripts.record import read_record
from tests.relay.consortium import FREE

LATER = 4_000_000_000


def prepared(stage, holder):
    wanted = WantedMandate("IT-POLIMI", holder, "general_assembly", None, LATER, LATER)
    with stage.mirror.reading() as reading:
        return prepare_mandate(reading, wanted)


def hand_in(stage, made):
    """Let anybody send what the member has signed."""
    registry = read_record(stage.founded.record).contract(stage.node, "MemberRegistry")
    message = {name: int(value) for name, value in made.typed_data["message"].items()}
    signed = Account.sign_typed_data(stage.key("IT-POLIMI"), full_message={**made.typed_data, "message": message})
    names = ("principalId", "holderId", "bodyId", "proposalId", "until", "deadline")
    data = registry.data("setMandateBySig", *(message[name] for name in names), bytes(signed.signature))
    call = {"from": stage.node.call("eth_accounts")[0], "to": registry.address, "data": data, "gas": hex(500_000)}
    stage.node.call("eth_sendTransaction", {**call, **FREE})
    stage.index()
    assert "0x" + bytes(signed.message_hash).hex() == made.digest
    return registry.read("mandateOf", message["principalId"], message["bodyId"])


def test_mandates_are_given_changed_and_taken_back_by_signature(stage):
    holders = []
    for holder in ("IT-UNIBO", "IT-POLITO", None):
        made = prepared(stage, holder)
        kept, _, _ = hand_in(stage, made)
        holders.append((kept, made.holder.id if made.holder else 0))

    assert [kept for kept, _ in holders] == [asked for _, asked in holders]
    assert holders[0][0] > 0
