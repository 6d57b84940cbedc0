"""Let another member cast a member's ballots in a body: `brownie run mandate --network <network>`."""

from __future__ import annotations

from scripts.contract import Contract
from scripts.moments import second_of, written
from scripts.wallet import Wallet

EVERY_PROPOSAL = 0


def grant_mandate(
    principal: Wallet,
    registry: Contract,
    holder_id: int,
    body_id: int,
    until: int,
    proposal_id: int = EVERY_PROPOSAL,
    gas: int | None = None,
) -> None:
    """Give it up to the second `until`, for one proposal or for every one. Raises `RefusedError`."""
    data = registry.data("grantMandate", holder_id, body_id, proposal_id, until)
    principal.send(registry.address, data, gas)


def revoke_mandate(principal: Wallet, registry: Contract, body_id: int, gas: int | None = None) -> None:
    """Take it back. Raises `RefusedError` if there is none."""
    principal.send(registry.address, registry.data("revokeMandate", body_id), gas)


def main() -> None:
    """Ask whom the mandate is given to, or take it back."""
    from scripts.prompt import active_deployment, ask, ask_wallet  # noqa: PLC0415 - needs Brownie, the rest does not

    node, record = active_deployment()
    registry, principal = record.contract(node, "MemberRegistry"), ask_wallet(node)
    body = record.body(ask("Body", "general_assembly")).id
    holder = ask("Number of the member that is to hold it (0: take it back)", "0")
    if holder == "0":
        revoke_mandate(principal, registry, body)
        print("taken back")
    else:
        until = second_of(ask("Until (such as 2027-03-01T09:00+01:00)"))
        proposal_id = int(ask("Proposal id (0: every proposal)", "0"))
        grant_mandate(principal, registry, int(holder), body, until, proposal_id)
        print(f"member {holder} may cast the ballot until {written(until)}")
