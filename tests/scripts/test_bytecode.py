import pytest
from eth_utils import to_canonical_address

from scripts.bytecode import (
    PIECE,
    UnlinkedError,
    created_address,
    domain_separator,
    libraries_of,
    linked,
    moved,
    pieces,
)

PLACEHOLDER = "__Acts" + "_" * 34
ACTS, OTHER = "0x" + "cd" * 20, "0x" + "ce" * 20
HERE, THERE = "0x" + "1a" * 20, "0x" + "2b" * 20


def artifact(code, *starts):
    places = [{"start": start, "length": 20} for start in starts]
    return {"bytecode": code, "linkReferences": {"contracts/Acts.sol": {"Acts": places}}}


def test_a_library_stands_where_the_compiler_says_and_nowhere_else():
    code = linked(artifact("73" + PLACEHOLDER + "6373" + PLACEHOLDER, 1, 23), {"Acts": ACTS})
    assert code == bytes.fromhex("73" + "cd" * 20 + "6373" + "cd" * 20)


def test_another_library_makes_another_code():
    unlinked = artifact("73" + PLACEHOLDER, 1)
    assert linked(unlinked, {"Acts": ACTS}) != linked(unlinked, {"Acts": OTHER})


def test_code_without_libraries_is_itself():
    assert linked({"bytecode": "0x6001"}, {}) == b"\x60\x01"


@pytest.mark.parametrize("starts", [(), (0,), (2,), (20,), (1, 1)])
def test_a_list_of_places_that_does_not_fit_the_code_is_an_error(starts):
    with pytest.raises(UnlinkedError):
        linked(artifact("73" + PLACEHOLDER + "63", *starts), {"Acts": ACTS})


def test_a_library_without_an_address_is_an_error():
    with pytest.raises(KeyError):
        linked(artifact("73" + PLACEHOLDER, 1), {})


def test_libraries_are_named_and_each_stands_in_its_own_places():
    code = "73" + PLACEHOLDER + "63" + "__Ballots".ljust(40, "_") + PLACEHOLDER
    places = {"contracts/Acts.sol": {"Acts": [1, 42]}, "contracts/Ballots.sol": {"Ballots": [22]}}
    references = {
        file: {name: [{"start": start, "length": 20} for start in starts] for name, starts in names.items()}
        for file, names in places.items()
    }
    unlinked = {"bytecode": code, "linkReferences": references}
    assert libraries_of(unlinked) == ["Acts", "Ballots"]
    whole = linked(unlinked, {"Acts": ACTS, "Ballots": OTHER})
    assert whole.hex() == "73" + "cd" * 20 + "63" + "ce" * 20 + "cd" * 20


def test_code_without_libraries_names_none():
    assert libraries_of({"bytecode": "0x6001"}) == []


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1])
def test_pieces_fit_a_contract_and_are_the_whole_code_in_order(length):
    code = bytes(number % 251 for number in range(length))
    assert b"".join(pieces(code)) == code
    assert len(pieces(code)) == -(-length // PIECE)
    assert all(0 < len(piece) <= PIECE < 24_576 for piece in pieces(code))


def test_the_address_of_a_creation_follows_from_creator_and_number():
    creator = "0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0"
    assert created_address(creator, 0) == "0xcd234A471b72ba2F1Ccf0A70FCABA648a5eeCD8d"
    assert created_address(creator, 1) == "0x343c43A37D37dfF08AE8C4A11544c718AbB4fCF8"


def test_only_what_follows_from_the_address_changes_with_it():
    def code(address):
        cached = to_canonical_address(address).rjust(32, b"\0")
        return b"\x7f" + cached + b"\x7f" + domain_separator("board", 7, address) + bytes(32)

    assert moved(code(HERE), HERE, THERE, 7, "board") == code(THERE)
    assert moved(code(HERE), HERE, THERE, 8, "board") != code(THERE)
    assert moved(code(HERE), HERE, THERE, 7, "assembly") != code(THERE)
    assert moved(bytes(64), HERE, THERE, 7, "board") == bytes(64)
