"""The ABIs the backend reads are those of the compiled contracts."""

import pytest

from scripts.export_abi import DEPLOYED, TARGET, exported


@pytest.mark.parametrize("contract", DEPLOYED)
def test_committed_abi_is_that_of_the_build(project, contract):
    assert (TARGET / f"{contract}.json").read_text("utf-8") == exported(contract), "run scripts/export_abi.py"


def test_no_abi_is_left_over():
    assert {file.stem for file in TARGET.glob("*.json")} == set(DEPLOYED)
