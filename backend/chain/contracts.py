"""The deployment record: which contracts make up the consortium, and where. Written by the deploy script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from backend.chain.addresses import checksummed
from backend.chain.node import Node
from backend.domain.values import Address
from backend.errors import ChainError, SettingsError, WrongChainError

VARIABLE = "ZBOR_DEPLOYMENT"


class MissingContractError(ChainError):
    """There is no contract where the record says: the node is not in step, or the record is of another chain."""

    code = "CONTRACT_MISSING"

    def __init__(self, name: str, address: Address) -> None:
        self.name = name
        self.address = address
        super().__init__(
            f"There is no contract {name} at {address}. Use the record of the chain that ZBOR_RPC_URL serves,"
            " or wait until that node is in step."
        )


class DeployedContract(msgspec.Struct, frozen=True, rename="camel"):
    """One contract of the record."""

    address: Address
    block: int
    constructor_arguments: list[Any] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "address", checksummed(self.address))


class DeployedBody(msgspec.Struct, frozen=True, rename="camel"):
    """One body of the record; bodies created later by decision are found on chain."""

    id: int
    name: str
    governor: Address
    timelock: Address

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "governor", checksummed(self.governor))
        msgspec.structs.force_setattr(self, "timelock", checksummed(self.timelock))


class Deployment(msgspec.Struct, frozen=True, rename="camel"):
    """The record as a whole."""

    network: str
    chain_id: int
    block: int
    """Nothing of ours happened before this block."""
    contracts: dict[str, DeployedContract]
    bodies: tuple[DeployedBody, ...] = ()
    deployed_at: int | str | None = None
    deployer: str | None = None
    registrar: str | None = None
    notice: str | None = None
    """What every page must show, such as that the data are samples."""

    def __post_init__(self) -> None:
        for name in ("MemberRegistry", "Rulebook", "Records"):
            if name not in self.contracts:
                raise ValueError(f"contract {name} is missing")

    @property
    def registry(self) -> Address:
        """Address of the member registry."""
        return self.contracts["MemberRegistry"].address

    @property
    def rulebook(self) -> Address:
        """Address of the rulebook."""
        return self.contracts["Rulebook"].address

    @property
    def records(self) -> Address:
        """Address of the contract that logs resolutions."""
        return self.contracts["Records"].address


def load_deployment(path: Path) -> Deployment:
    """Read a deployment record.

    Raises:
        SettingsError: the file is missing or is no deployment record; names the first thing that is wrong with it.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Deployment)
    except OSError as error:
        raise SettingsError(VARIABLE, f"{path} cannot be read ({error.strerror})") from error
    except msgspec.MsgspecError as error:
        raise SettingsError(VARIABLE, f"{path} is no deployment record ({error})") from error


def check_deployment(node: Node, deployment: Deployment) -> None:
    """See that the node serves the record's chain and that the contracts are there.

    Raises:
        WrongChainError: the node serves another chain.
        MissingContractError: there is no code at one of the addresses.
        NodeUnavailableError: the node does not answer.
    """
    found = node.chain_id()
    if found != deployment.chain_id:
        raise WrongChainError(deployment.chain_id, found)
    for name, contract in deployment.contracts.items():
        if not node.has_code(contract.address):
            raise MissingContractError(name, contract.address)
