import json

import pytest

from backend.chain.contracts import MissingContractError, check_deployment, load_deployment
from backend.errors import SettingsError, WrongChainError

REGISTRY = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
RECORD = {
    "network": "trial",
    "chainId": 31337,
    "block": 7,
    "deployedAt": 1_800_000_000,
    "deployer": REGISTRY,
    "registrar": REGISTRY,
    "contracts": {
        name: {"address": REGISTRY, "block": 7, "constructorArguments": [REGISTRY, ["x", 1]]}
        for name in ("MemberRegistry", "Rulebook", "Records")
    },
    "bodies": [{"id": 0, "name": "general_assembly", "governor": REGISTRY, "timelock": REGISTRY}],
    "compiler": "a field of a later release",
}


@pytest.fixture
def written(tmp_path):
    def write(record):
        path = tmp_path / "trial.json"
        path.write_text(record if isinstance(record, str) else json.dumps(record))
        return path

    return write


class Node:
    def __init__(self, chain_id=31337, empty=()):
        self.number = chain_id
        self.empty = empty

    def chain_id(self):
        return self.number

    def has_code(self, address):
        return address not in self.empty


def test_a_record_is_read_with_addresses_in_their_one_spelling(written):
    deployment = load_deployment(written(RECORD))

    assert deployment.registry == "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    assert deployment.bodies[0].governor == deployment.rulebook == deployment.records == deployment.registry
    assert (deployment.chain_id, deployment.block, deployment.notice) == (31337, 7, None)


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("", "no deployment record"),
        ("{", "no deployment record"),
        ("[]", "Expected `object`"),
        (RECORD | {"chainId": "31337"}, "chainId"),
        (RECORD | {"contracts": {}}, "MemberRegistry is missing"),
        (
            RECORD | {"bodies": [{"id": 0, "name": "x", "governor": "0x12", "timelock": REGISTRY}]},
            "no deployment record",
        ),
    ],
    ids=["empty", "cut off", "list", "text for number", "no contracts", "bad address"],
)
def test_a_file_that_is_no_record_is_refused_with_the_first_thing_wrong(written, record, problem):
    with pytest.raises(SettingsError, match=problem) as caught:
        load_deployment(written(record))
    assert caught.value.variable == "ZBOR_DEPLOYMENT"


def test_a_missing_file_is_a_wrong_setting(tmp_path):
    with pytest.raises(SettingsError, match="No such file"):
        load_deployment(tmp_path / "none.json")


def test_a_deployment_on_its_own_chain_is_in_order(written):
    check_deployment(Node(), load_deployment(written(RECORD)))


def test_another_chain_is_refused(written):
    with pytest.raises(WrongChainError, match="serves chain 1, but the contracts are on chain 31337"):
        check_deployment(Node(chain_id=1), load_deployment(written(RECORD)))


def test_an_address_without_a_contract_is_refused_by_name(written):
    deployment = load_deployment(written(RECORD))
    with pytest.raises(MissingContractError, match="no contract MemberRegistry at 0x5aAeb6"):
        check_deployment(Node(empty=(deployment.registry,)), deployment)
