"""Admit an organisation in two acts: `brownie run admit_member --network <network>`.

First the assembly decides on its admission; once that is executed and the signed accession document lies before the
registrar, the registrar records the document's hash, and from that second on the member votes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from backend.domain.members import MemberClass
from scripts.contract import Contract
from scripts.propose import Call
from scripts.record import Record
from scripts.roll import Organisation
from scripts.wallet import Wallet


def admission(registry: Contract, organisation: Organisation, member_class: MemberClass) -> Call:
    """The call of the proposal to admit it."""
    return Call(registry.address, registry.data("admit", organisation.admission(member_class)))


def record_accession(
    registrar: Wallet, registry: Contract, wallet: str, document: bytes, gas: int | None = None
) -> int:
    """Record the hash of the signed document; returns the member's number. Raises `RefusedError` if not admitted."""
    member_id, _ = registry.read("memberOf", wallet)
    digest = hashlib.sha256(document).digest()
    registrar.send(registry.address, registry.data("recordAccession", member_id, digest), gas)
    return int(member_id)


def main() -> None:
    """Print the admission's call for a proposal, or record an accession."""
    from scripts.prompt import active_deployment, ask, ask_wallet  # noqa: PLC0415 - needs Brownie, the rest does not

    node, record = active_deployment()
    registry = record.contract(node, "MemberRegistry")
    if ask("Record an accession document (r), or propose an admission (p)?", "r") == "r":
        wallet, document = ask("Wallet of the member"), Path(ask("File of the signed document")).read_bytes()
        number = record_accession(ask_wallet(node), registry, wallet, document)
        print(f"member {number} votes from now on")
    else:
        _propose_admission(record, registry, ask_wallet(node))


def _propose_admission(record: Record, registry: Contract, proposer: Wallet) -> None:
    from backend.documents.proposal_text import parse_proposal  # noqa: PLC0415 - only for this branch
    from backend.documents.store import DocumentStore  # noqa: PLC0415
    from scripts.prompt import ask  # noqa: PLC0415
    from scripts.propose import filing, propose  # noqa: PLC0415

    organisation = Organisation(
        ask("Short name"), ask("Name"), ask("Country (two letters)"), None, ask("Wallet of the organisation")
    )
    member_class = MemberClass[ask("Class: founding, partner or associate", "partner").upper()]
    document = parse_proposal(Path(ask("File with the proposal document (JSON)")).read_bytes())
    cid = DocumentStore(Path(ask("Folder of the service's documents", "var/documents"))).put_proposal(document)
    filed = filing([admission(registry, organisation, member_class)], cid, proposer.address)
    body = record.bodies[0].name
    print(f"put to the {body}: {propose(proposer, record.governor(registry.node, body), filed)}")
