"""What the scripts around forge make of its reports."""

from __future__ import annotations

import pytest

from scripts import bench_contracts, coverage, mutate

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
    assert bench_contracts.line("vote", 44_000, "gas", 44_000, 88_000)["ok"]
    assert bench_contracts.line("vote", 44_000, "gas", 44_000, 88_000)["ratio"] == 0.5
    assert not bench_contracts.line("vote", 44_001, "gas", 44_000, None)["ok"]


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


def test_each_mutant_changes_one_line_of_code(monkeypatch, tmp_path):
    source = "import {A} from './A.sol';\n// a == b\nif (a == b) return 3;\n"
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts" / "X.sol").write_text(source)
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    found = {mutant.after for mutant in mutate.mutants_of("X.sol")}
    assert found == {
        "if (a != b) return 3;",
        "if (!!true || a == b) return 3;",
        "if (!true && a == b) return 3;",
        "if (a == b) return (3 + 1);",
    }
    assert {mutant.line for mutant in mutate.mutants_of("X.sol")} == {2}


def test_files_to_mutate_are_there():
    for file in mutate.FILES:
        assert (mutate.ROOT / "contracts" / file).is_file(), file
