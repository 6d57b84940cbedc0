"""Let the sample consortium live its story: real transactions, each signed with the member's own key.

The chain's clock is moved to each step's second. Whatever the story says must be refused is sent all the same, and has
to be refused with the code the story names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.documents.reasons import BallotName, Reason
from backend.documents.store import DocumentStore
from backend.domain.members import MemberClass
from backend.domain.values import Address, MemberId, ProposalId
from scripts.admit_member import admission, record_accession
from scripts.contract import Contract, RefusedError
from scripts.node import Node
from scripts.plan import SECONDS, Plan, rule_tuple
from scripts.propose import Call, Filing, filing, propose, resolution, withdraw
from scripts.queue_and_execute import execute, queue
from scripts.record import Record
from scripts.roll import Organisation, bytes32, sample_key
from scripts.scenario import Ballot, Motion, RefusedBallot
from scripts.schedule import (
    Cast,
    CastInVain,
    Execute,
    Publish,
    Queue,
    RecordAccession,
    Schedule,
    Step,
    Withdraw,
)
from scripts.vote import relay_vote, vote
from scripts.wallet import Wallet

GAS = 3_000_000
"""For every step, so that a call bound to be refused is sent and refused on chain."""
REGISTRAR_KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"
"""The local chain's second account, known to everybody."""


class StoryError(Exception):
    """The chain did not do what the story says; the message names the step."""


@dataclass(frozen=True, slots=True)
class FiledMotion:
    """A proposal as it was put."""

    body: str
    proposal_id: int


@dataclass(slots=True)
class Stage:
    """Everything a step needs, and what the steps so far have left."""

    node: Node
    record: Record
    plan: Plan
    roll: dict[str, Organisation]
    store: DocumentStore
    filings: dict[str, Filing] = field(default_factory=dict)
    filed: dict[str, FiledMotion] = field(default_factory=dict)
    """By reference."""
    refused: dict[str, str] = field(default_factory=dict)
    """Reference → code, for proposals that could not be put."""
    _wallets: dict[str, Wallet] = field(default_factory=dict)

    def wallet(self, code: str) -> Wallet:
        """A member's wallet."""
        if code not in self._wallets:
            self._wallets[code] = Wallet(self.node, sample_key(code))
        return self._wallets[code]

    @property
    def registrar(self) -> Wallet:
        """The coordinator's office."""
        return Wallet(self.node, REGISTRAR_KEY)

    def body_of(self, motion: Motion) -> str:
        """The body that decides on proposals of this kind."""
        return next(kind.body for kind in self.plan.kinds if kind.name == motion.kind)

    def governor_of(self, motion: Motion) -> Contract:
        """The governor of that body."""
        return self.record.governor(self.node, self.body_of(motion))


def replay(stage: Stage, plan: Schedule, advance: Callable[[Step], object] = lambda _step: None) -> None:
    """Perform all steps. Raises `StoryError` at the first that ends otherwise than the story says."""
    for step in plan.steps:
        stage.node.call("evm_setNextBlockTimestamp", step.at)
        try:
            _perform(stage, step)
        except RefusedError as refusal:
            raise StoryError(f"{step.act}: refused with {refusal}") from refusal
        advance(step)


def _perform(stage: Stage, step: Step) -> None:
    match step.act:
        case Publish(motion, opens_at):
            _publish(stage, motion, opens_at, step.at)
        case Withdraw(motion):
            filed = stage.filings[motion.reference]
            withdraw(stage.wallet(motion.proposer), stage.governor_of(motion), filed, GAS)
        case Cast(motion, ballot):
            _cast(stage, motion, ballot)
        case CastInVain(motion, ballot):
            _cast_in_vain(stage, motion, ballot)
        case Queue(motion):
            queue(stage.wallet(motion.proposer), stage.governor_of(motion), stage.filings[motion.reference], GAS)
        case Execute(motion):
            execute(stage.wallet(motion.proposer), stage.governor_of(motion), stage.filings[motion.reference], GAS)
        case RecordAccession(member):
            _record_accession(stage, member)


def _publish(stage: Stage, motion: Motion, opens_at: int, now: int) -> None:
    cid = stage.store.put_proposal(motion.document)
    proposer, governor = stage.wallet(motion.proposer), stage.governor_of(motion)
    filed = filing([_call(stage, motion, cid)], cid, proposer.address)
    stage.filings[motion.reference] = filed
    stage.filed[motion.reference] = FiledMotion(stage.body_of(motion), filed.proposal_id(governor))
    try:
        propose(proposer, governor, filed, opens_at, motion.extraordinary, GAS)
    except RefusedError as refusal:
        _must_be_refused(motion, refusal, now)
        stage.refused[motion.reference] = refusal.code
    else:
        if motion.expected is not None and motion.expected.outcome == "refused":
            raise StoryError(f"{motion.reference} was put although it must be refused")


def _must_be_refused(motion: Motion, refusal: RefusedError, now: int) -> None:
    expected = motion.expected
    if expected is None or expected.notice is None or refusal.code != expected.reason:
        raise refusal
    if refusal.facts[1] != now + expected.notice:
        raise StoryError(f"{motion.reference}: earliest date {refusal.facts[1]}, not {now + expected.notice}")


def _call(stage: Stage, motion: Motion, cid: str) -> Call:
    if motion.action is None:
        return resolution(stage.record.contract(stage.node, "Rulebook"), stage.record, motion.kind, cid)
    contract, function = motion.action["call"].split(".")
    target = stage.record.contract(stage.node, contract)
    match function:
        case "admit":
            member_class = MemberClass[motion.action["class"].upper()]
            return admission(target, stage.roll[motion.action["member"]], member_class)
        case "setRule":
            notice = motion.action["notice_days"] * SECONDS["days"]
            rule = replace(stage.plan.rules[motion.action["rule"]], notice=notice)
            return Call(target.address, target.data("setRule", bytes32(motion.action["rule"]), rule_tuple(rule)))
        case _:
            return Call(target.address, target.data(function, *_member_arguments(stage, target, motion.action)))


def _member_arguments(stage: Stage, registry: Contract, action: dict[str, str | int]) -> list[int]:
    member_id, _ = registry.read("memberOf", stage.roll[str(action["member"])].wallet)
    remedy = [int(action["remedy_days"]) * SECONDS["days"]] if "remedy_days" in action else []
    return [member_id, *remedy]


def _cast(stage: Stage, motion: Motion, ballot: Ballot) -> None:
    commitment = _keep_reason(stage, motion, ballot, ballot.reason) if ballot.reason else None
    proposal_id = stage.filed[motion.reference].proposal_id
    vote(stage.wallet(ballot.member), stage.governor_of(motion), proposal_id, ballot.choice, commitment, GAS)


def _keep_reason(stage: Stage, motion: Motion, ballot: Ballot, text: str) -> str:
    registry = stage.record.contract(stage.node, "MemberRegistry")
    member_id, _ = registry.read("memberOf", stage.wallet(ballot.member).address)
    proposal_id = ProposalId(stage.filed[motion.reference].proposal_id)
    name = BallotName(Address(stage.governor_of(motion).address), proposal_id, MemberId(member_id))
    return stage.store.put_reason(Reason(name, "sl" if ballot.member.startswith("SI-") else "en", text))


def _cast_in_vain(stage: Stage, motion: Motion, ballot: RefusedBallot) -> None:
    voter, governor = stage.wallet(ballot.member), stage.governor_of(motion)
    proposal_id = stage.filed[motion.reference].proposal_id
    try:
        if ballot.relayed:
            relay_vote(stage.registrar, voter, governor, proposal_id, ballot.choice, GAS)
        else:
            vote(voter, governor, proposal_id, ballot.choice, gas=GAS)
    except RefusedError as refusal:
        if refusal.code == ballot.code:
            return
        raise
    raise StoryError(f"{motion.reference}: the ballot of {ballot.member} counted; expected {ballot.code}")


def _record_accession(stage: Stage, member: str) -> None:
    registry = stage.record.contract(stage.node, "MemberRegistry")
    record_accession(stage.registrar, registry, stage.roll[member].wallet, accession_document(stage.roll[member]), GAS)


def accession_document(organisation: Organisation) -> bytes:
    """What the sample takes for a signed accession document."""
    return f"Sample accession document of {organisation.name} ({organisation.code}). It binds nobody.\n".encode()


def document_hash(organisation: Organisation) -> str:
    """The hash under which it is recorded."""
    return "0x" + hashlib.sha256(accession_document(organisation)).hexdigest()


def keep_story(stage: Stage, path: Path) -> None:
    """Write down which proposal of the story became which on chain."""
    story = {
        "filed": {ref: {"body": f.body, "proposal_id": str(f.proposal_id)} for ref, f in stage.filed.items()},
        "refused": stage.refused,
    }
    path.write_text(json.dumps(story, indent=2) + "\n")


def read_story(path: Path) -> tuple[dict[str, FiledMotion], dict[str, str]]:
    """Read that back: proposals by reference, and codes of those that were refused."""
    story = json.loads(path.read_text())
    filed = {ref: FiledMotion(entry["body"], int(entry["proposal_id"])) for ref, entry in story["filed"].items()}
    return filed, story["refused"]


def main() -> None:
    """Replay the story on a chain of this run and compare four accounts of it; exits with 1 on any difference."""
    from scripts.demo import running_demo  # noqa: PLC0415 - the demo is made of this module
    from scripts.toolchain import free_port  # noqa: PLC0415

    with TemporaryDirectory(prefix="zbor-story-") as folder, running_demo(Path(folder), free_port(), free_port()):
        pass


if __name__ == "__main__":
    main()
