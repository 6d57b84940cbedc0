"""The page of attacks names tests that there are, and every test of an attack is in a row of its number."""

import re

from scripts.toolchain import ROOT

PAGE = (ROOT / "docs" / "attacks.md").read_text()
ATTACKS = 35
ROW = re.compile(r"^\| (\d+) \|(.+)\|$", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")
TESTS = re.compile(r"^\s*(?:async )?(?:def|function) (test_\w+)\(", re.MULTILINE)


def written():
    """Names of the tests of every layer, in Python and in Solidity."""
    files = [path for ending in ("test_*.py", "*.t.sol") for path in (ROOT / "tests").rglob(ending)]
    return {name for path in files for name in TESTS.findall(path.read_text())}


def rows():
    return {int(number): NAMED.findall(rest) for number, rest in ROW.findall(PAGE)}


def test_there_is_a_row_for_each_attack_and_a_test_in_each():
    assert list(rows()) == list(range(1, ATTACKS + 1))
    assert [number for number, names in rows().items() if not names] == []


def test_every_test_that_the_page_names_is_written():
    named = NAMED.findall(PAGE)
    assert len(named) > ATTACKS
    assert set(named) - written() == set()


def test_a_test_of_an_attack_is_named_in_the_row_of_its_number_or_not_at_all():
    numbered = re.compile(r"test_attack_(\d\d)_")
    for number, names in rows().items():
        assert {int(found[1]) for name in names if (found := numbered.match(name))} <= {number}
    assert {int(found[1]) for name in written() if (found := numbered.match(name))} <= rows().keys()


def test_every_attack_is_tried_by_its_number():
    elsewhere = {34}  # it is no attack, and held off by tests that were there before
    tried = {number for number, names in rows().items() if any(name.startswith("test_attack_") for name in names)}
    assert tried == set(range(1, ATTACKS + 1)) - elsewhere


def test_every_trap_names_a_test():
    traps = [line for line in PAGE.partition("## Traps")[2].splitlines() if line.startswith("| ")][1:]
    assert len(traps) == 10
    assert [line for line in traps if not NAMED.search(line)] == []
