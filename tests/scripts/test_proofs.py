"""What the scripts around forge make of its reports."""

from __future__ import annotations

import pytest

from scripts import bench_contracts, coverage, figures, mutants, mutate

RECORD = """\
SF:contracts/Acts.sol
DA:7,3
DA:9,0
BRF:4
BRH:3
LF:2
LH:1
end_of_record
SF:contracts/Lens.sol
DA:1,1
BRF:0
BRH:0
LF:2
LH:2
end_of_record
"""


def test_a_figure_within_its_goal_is_fine_and_one_above_is_not():
    assert figures.at_most("vote", 44_000, "gas", 44_000, 88_000)["ok"]
    assert figures.at_most("vote", 44_000, "gas", 44_000, 88_000)["ratio"] == 0.5
    assert not figures.at_most("vote", 44_001, "gas", 44_000, None)["ok"]


def test_every_figure_has_to_be_measured():
    ours = {figure.ours: 1 for figure in bench_contracts.FIGURES}
    theirs = {figure.theirs: 2 for figure in bench_contracts.FIGURES}
    assert len(bench_contracts.gas_lines(ours, theirs)) == len(bench_contracts.FIGURES)
    with pytest.raises(KeyError):
        bench_contracts.gas_lines({}, theirs)


def test_coverage_is_hit_by_found_over_all_files():
    assert coverage.share(RECORD, "L") == 0.75
    assert coverage.share(RECORD, "BR") == 0.75
    assert coverage.missed(RECORD) == ["contracts/Acts.sol:9"]


SOURCE = """\
// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;
// a == b is no code
contract X {
    uint256 public counted;
    function add(uint256 a, uint256 b) external {
        if (a == b) counted += 3;
    }
}
"""


def test_each_change_stands_beside_the_code_it_takes_the_place_of():
    tree = mutants.syntax_trees(mutate.COMPILER, {"X.sol": SOURCE}, {})["X.sol"]
    mutation = mutants.Mutation()
    rewritten = mutation.rewrite(SOURCE.encode(), tree).decode()
    assert {(mutant.before, mutant.after) for mutant in mutation.mutants} >= {
        ("a == b", "a != b"),
        ("a == b", "true"),
        ("a == b", "false"),
        ("counted += 3", "counted -= 3"),
        ("counted += 3", ""),
    }
    assert {mutant.place for mutant in mutation.mutants} == {"X.add"}
    assert [mutant.number for mutant in mutation.mutants] == list(range(1, len(mutation.mutants) + 1))
    assert all(f"block.basefee == {mutant.number} ?" in rewritten for mutant in mutation.mutants if mutant.after)
    mutants.syntax_trees(mutate.COMPILER, {"X.sol": rewritten}, {})


def test_code_that_does_not_compile_says_why():
    with pytest.raises(ValueError, match="Expected"):
        mutants.syntax_trees(mutate.COMPILER, {"X.sol": "contract {"}, {})


def test_files_to_mutate_are_there():
    for file in mutate.FILES:
        assert (mutate.ROOT / "contracts" / file).is_file(), file
