import pytest

from scripts.bytecode import libraries_of, linked, same_code

HOLE = "00" * 32


def test_the_same_code_is_the_same():
    assert same_code("0x6001", "0x6001")


def test_another_byte_is_another_code():
    assert not same_code("0x6001", "0x6002")


def test_immutable_values_may_differ():
    assert same_code("0x60" + HOLE + "61", "0x60" + "ab" * 32 + "61")


def test_only_immutable_values_may_differ():
    assert not same_code("0x60" + HOLE + "61", "0x60" + "ab" * 32 + "62")
    assert not same_code("0x60" + "00" * 8, "0x60" + "ab" * 8)


def test_a_linked_library_may_differ():
    placeholder = "__Acts" + "_" * 34
    assert len(placeholder) == 40
    assert same_code("0x73" + placeholder + "63", "0x73" + "cd" * 20 + "63")


def test_no_code_is_no_contract():
    assert not same_code("0x6001", "0x")
    assert not same_code("0x", "0x")


def test_libraries_are_named_and_linked():
    code = "0x73" + "__Acts".ljust(40, "_") + "63" + "__Ballots".ljust(40, "_") + "__Acts".ljust(40, "_")
    assert libraries_of(code) == ["Acts", "Ballots"]
    whole = linked(code, {"Acts": "0x" + "aa" * 20, "Ballots": "0x" + "bb" * 20})
    assert whole.hex() == "73" + "aa" * 20 + "63" + "bb" * 20 + "aa" * 20


def test_a_library_without_an_address_is_not_left_out():
    with pytest.raises(KeyError, match="Acts"):
        linked("0x73" + "__Acts".ljust(40, "_"), {})
