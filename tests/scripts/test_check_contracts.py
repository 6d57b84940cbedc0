"""No contract outgrows its limit unseen, and no committed ABI falls behind its contract."""

import json

import pytest

from scripts import check_contracts

ABI = [{"type": "function", "name": "vote"}, {"type": "event", "name": "Voted"}]


@pytest.fixture
def build(tmp_path):
    folder = tmp_path / "build"
    folder.mkdir()
    return folder


@pytest.fixture
def committed(tmp_path):
    folder = tmp_path / "abi"
    folder.mkdir()
    return folder


def write(folder, name, *, size=100, source="contracts/Governor.sol"):
    artifact = {"contractName": name, "abi": ABI, "deployedBytecode": "60" * size, "sourcePath": source}
    (folder / f"{name}.json").write_text(json.dumps(artifact))


def test_a_contract_at_the_limit_passes(build):
    write(build, "Governor", size=check_contracts.SIZE_LIMIT)
    assert check_contracts.size_faults(check_contracts.runtime_sizes(build)) == []


def test_a_contract_one_byte_above_the_limit_is_a_fault(build):
    write(build, "Governor", size=check_contracts.SIZE_LIMIT + 1)
    assert check_contracts.size_faults(check_contracts.runtime_sizes(build)) == [
        "Governor has 24,001 bytes of code, 1 above the limit"
    ]


def test_an_interface_has_no_size(build):
    write(build, "IGovernor", size=0)
    assert check_contracts.runtime_sizes(build) == {}


def test_a_contract_of_a_library_is_not_ours_to_measure(build):
    write(build, "Timelock", source="node_modules/@openzeppelin/contracts/governance/Timelock.sol")
    assert check_contracts.runtime_sizes(build) == {}


def test_an_empty_build_is_a_fault(build):
    assert len(check_contracts.size_faults(check_contracts.runtime_sizes(build))) == 1


def test_the_order_of_an_abi_says_nothing(build, committed):
    write(build, "Governor")
    (committed / "Governor.json").write_text(json.dumps(ABI[::-1]))
    assert check_contracts.abi_faults(build, committed) == []


def test_an_abi_that_lacks_an_entry_is_a_fault(build, committed):
    write(build, "Governor")
    (committed / "Governor.json").write_text(json.dumps(ABI[:1]))
    assert len(check_contracts.abi_faults(build, committed)) == 1


def test_an_abi_of_a_contract_that_is_gone_is_a_fault(build, committed):
    (committed / "Governor.json").write_text(json.dumps(ABI))
    assert len(check_contracts.abi_faults(build, committed)) == 1


def test_having_committed_no_abi_is_a_fault(build, committed):
    assert len(check_contracts.abi_faults(build, committed)) == 1
