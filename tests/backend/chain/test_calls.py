import pytest
from eth_utils.crypto import keccak
from faster_eth_abi import encode

from backend.chain.calls import CallBook
from backend.chain.contracts import DeployedBody, DeployedContract, Deployment

WALLET = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
ADDRESSES = {name: "0x" + f"{n}{n}" * 20 for n, name in enumerate(("MemberRegistry", "Rulebook", "Records"), start=1)}
ADMIT = "admit((address,uint8,bytes2,bytes32,string))"


@pytest.fixture(scope="module")
def calls():
    return CallBook(
        Deployment(
            network="trial",
            chain_id=1,
            block=1,
            contracts={name: DeployedContract(address=address, block=1) for name, address in ADDRESSES.items()},
            bodies=(DeployedBody(id=0, name="jury", governor="0x" + "44" * 20, timelock="0x" + "55" * 20),),
        )
    )


def calldata(signature, *values):
    kinds = signature.partition("(")[2][:-1]
    return "0x" + (keccak(text=signature)[:4] + encode([kinds] if "(" in kinds else kinds.split(","), values)).hex()


def test_contracts_of_the_deployment_have_names_and_others_keep_their_address(calls):
    assert calls.contract_name(ADDRESSES["Records"]) == "Records"
    assert calls.contract_name("0x" + "44" * 20) == "ConsortiumGovernor:jury"
    assert calls.contract_name("0x" + "55" * 20) == "BodyTimelock:jury"
    assert calls.contract_name(WALLET) == WALLET


def test_a_selector_of_ours_has_a_signature_and_another_stays_as_it_is(calls):
    assert calls.signature("0x" + keccak(text="exclude(uint16)")[:4].hex()) == "exclude(uint16)"
    assert calls.signature("0xdeadbeef") == "0xdeadbeef"


def test_arguments_are_named_and_a_struct_is_opened(calls):
    admission = (WALLET.lower(), 2, b"SI", b"SI-ANA".ljust(32, b"\0"), "Zavod Ána".encode())
    data = calldata(ADMIT.replace("string", "bytes"), admission)
    selector = "0x" + keccak(text=ADMIT)[:4].hex()

    assert calls.arguments(selector + data[10:]) == (
        ("admission.wallet", WALLET),
        ("admission.class", "2"),
        ("admission.country", "0x5349"),
        ("admission.code", "SI-ANA"),
        ("admission.name", "Zavod Ána"),
    )


@pytest.mark.parametrize("raw", [b"", b"\xff\x00", "GА".encode(), b"GA\n2", b"GA\0B", b"\x1b[31m"], ids=repr)
def test_a_name_that_does_not_print_or_could_pass_for_another_stays_hexadecimal(calls, raw):
    word = raw.ljust(32, b"\0")
    call = calldata("setKind(bytes32,uint8,bytes32,bool,uint8)", word, 0, b"GA_2_3", False, 0)
    arguments = dict(calls.arguments(call))
    assert (arguments["name"], arguments["ruleName"]) == ("0x" + word.hex(), "GA_2_3")


def test_a_hash_is_never_read_as_text(calls):
    arguments = dict(calls.arguments(calldata("resolve(uint16,bytes32)", 7, b"A text of thirty-two bytes: yes.")))
    assert arguments["textHash"] == "0x" + b"A text of thirty-two bytes: yes.".hex()


def test_a_number_is_spelled_in_decimal(calls):
    assert calls.arguments(calldata("exclude(uint16)", 7)) == (("memberId", "7"),)


@pytest.mark.parametrize(
    "data",
    ["0x", "0x12", "0xdeadbeef", calldata("exclude(uint16)", 7)[:-2], calldata("exclude(uint16)", 7)[:10], "nonsense"],
)
def test_a_call_that_cannot_be_read_has_no_arguments(calls, data):
    assert calls.arguments(data) == ()


def test_attack_a_call_that_says_the_same_bytes_again_and_again_is_not_written_out(calls):
    """One such call of eight thousand bytes would be a page of a million, and a preview takes twenty."""
    signature, count, length = "propose(address[],uint256[],bytes[],string)", 120, 4_000
    words = (128, 128, 160, 128, 0, count, *(count * 32 for _ in range(count)), length)
    data = b"".join(word.to_bytes(32, "big") for word in words) + b"\xaa" * length

    assert calls.arguments("0x" + (keccak(text=signature)[:4] + data).hex()) == ()


def test_arguments_that_are_longer_in_words_than_in_bytes_are_written_out(calls):
    text = bytes(range(128, 256)) * 8
    assert (
        len(
            calls.arguments(
                calldata("setDaoURI(bytes)", text).replace(
                    keccak(text="setDaoURI(bytes)")[:4].hex(), keccak(text="setDaoURI(string)")[:4].hex()
                )
            )
        )
        == 1
    )
