"""Let the sample consortium live its story: real transactions, each signed with the member's own key.

The chain's clock is moved to each step's second. Whatever the story says must be refused is sent all the same, and has
to be refused with the code the story names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from backend.documents.reasons import BallotName, Reason
from backend.domain.members import MemberClass
from backend.domain.values import Address, MemberId, ProposalId
from scripts.admit_member import admission, record_accession
from scripts.contract import RefusedError
from scripts.plan import SECONDS, rule_tuple
from scripts.propose import (
    Call,
    Filing,
    filing,
    find_filing,
    propose,
    reconvene,
    resolution,
    resolution_for,
    revise,
    withdraw,
)
from scripts.queue_and_execute import execute, queue
from scripts.replay_acts import ends_as_told, perform
from scripts.roll import Organisation, bytes32
from scripts.scenario import Ballot, Motion, Way
from scripts.schedule import (
    Cast,
    CastInVain,
    Execute,
    Perform,
    Publish,
    Queue,
    RecordAccession,
    Schedule,
    Step,
    Withdraw,
)
from scripts.stage import FiledMotion, Stage, StoryError
from scripts.vote import relay_vote, send_signed, vote, vote_by_mandate

GAS = 3_000_000
"""For every step, so that a call bound to be refused is sent and refused on chain."""


def replay(stage: Stage, plan: Schedule, advance: Callable[[Step], object] = lambda _step: None) -> None:
    """Perform all steps. Raises `StoryError` at the first that ends otherwise than the story says."""
    for step in plan.steps:
        stage.node.call("evm_setNextBlockTimestamp", step.at)
        try:
            _take(stage, step)
        except RefusedError as refusal:
            raise StoryError(f"{step.deed}: refused with {refusal}") from refusal
        advance(step)


def _take(stage: Stage, step: Step) -> None:
    match step.deed:
        case Publish(motion, opens_at):
            _publish(stage, motion, opens_at, step.at)
        case Withdraw(motion):
            filed = stage.filings[motion.reference]
            withdraw(stage.wallet(motion.proposer), stage.governor_of(motion), filed, GAS)
        case Cast(motion, ballot):
            _cast(stage, motion, ballot)
        case CastInVain(motion, refused):
            what = f"{motion.reference}: ballot of {refused.ballot.member}"
            ends_as_told(refused.code, what, lambda: _cast(stage, motion, refused.ballot))
        case Perform(motion, act):
            ends_as_told(act.code, f"{motion.reference}: {act.name}", lambda: perform(stage, motion, act, GAS))
        case Queue(motion) | Execute(motion):
            carry_on = queue if isinstance(step.deed, Queue) else execute
            carry_on(stage.wallet(motion.proposer), stage.governor_of(motion), stage.filings[motion.reference], GAS)
        case RecordAccession(member):
            _record_accession(stage, member)


def _publish(stage: Stage, motion: Motion, opens_at: int, now: int) -> None:
    if motion.reconvenes is not None:
        _reconvene(stage, motion, motion.reconvenes, opens_at)
        return
    cid = stage.store.put_proposal(motion.document)
    proposer, governor = stage.wallet(motion.proposer), stage.governor_of(motion)
    filed = filing([_call(stage, motion, cid)], cid, proposer.address)
    _keep(stage, motion, filed, filed.proposal_id(governor))
    try:
        _put(stage, motion, filed, opens_at)
    except RefusedError as refusal:
        _must_be_early(motion, refusal, now)
        stage.refused[motion.reference] = refusal.code
    else:
        if motion.expected is not None and motion.expected.outcome == "refused":
            raise StoryError(f"{motion.reference} was put although it must be refused")


def _put(stage: Stage, motion: Motion, filed: Filing, opens_at: int) -> None:
    proposer, governor = stage.wallet(motion.proposer), stage.governor_of(motion)
    if motion.revises is None:
        propose(proposer, governor, filed, opens_at, motion.extraordinary, GAS)
    else:
        vetoed = stage.filed[motion.revises].proposal_id
        revise(proposer, governor, vetoed, filed, opens_at, motion.extraordinary, GAS)


def _reconvene(stage: Stage, motion: Motion, failed: str, opens_at: int) -> None:
    """The contract writes the link to the failed call into the text, so what was filed is read from the chain."""
    caller, governor = stage.wallet(motion.proposer), stage.governor_of(motion)
    proposal_id = reconvene(caller, governor, stage.filings[failed], opens_at, GAS)
    _keep(stage, motion, find_filing(governor, proposal_id), proposal_id)


def _keep(stage: Stage, motion: Motion, filed: Filing, proposal_id: int) -> None:
    stage.filings[motion.reference] = filed
    stage.filed[motion.reference] = FiledMotion(stage.body_of(motion), proposal_id)


def _must_be_early(motion: Motion, refusal: RefusedError, now: int) -> None:
    expected = motion.expected
    if expected is None or expected.notice is None or refusal.code != expected.reason:
        raise refusal
    if refusal.facts[1] != now + expected.notice:
        raise StoryError(f"{motion.reference}: earliest date {refusal.facts[1]}, not {now + expected.notice}")


def _call(stage: Stage, motion: Motion, cid: str) -> Call:
    rulebook = stage.record.contract(stage.node, "Rulebook")
    if motion.action is None:
        return resolution(rulebook, stage.record, motion.kind, cid)
    contract, function = motion.action["call"].split(".")
    target = stage.record.contract(stage.node, contract)
    match function:
        case "admit":
            member_class = MemberClass[motion.action["class"].upper()]
            return admission(target, stage.roll[motion.action["member"]], member_class)
        case "resolveFor":
            return resolution_for(rulebook, stage.record, motion.kind, stage.member_id(motion.action["member"]), cid)
        case "setRegistrar":
            return Call(target.address, target.data(function, stage.office(motion.action["office"]).address))
        case "setRule":
            notice = motion.action["notice_days"] * SECONDS["days"]
            rule = replace(stage.plan.rules[motion.action["rule"]], notice=notice)
            return Call(target.address, target.data(function, bytes32(motion.action["rule"]), rule_tuple(rule)))
        case _:
            return Call(target.address, target.data(function, *_member_arguments(stage, motion.action)))


def _member_arguments(stage: Stage, action: dict[str, Any]) -> list[int]:
    remedy = [action["remedy_days"] * SECONDS["days"]] if "remedy_days" in action else []
    return [stage.member_id(action["member"]), *remedy]


def _cast(stage: Stage, motion: Motion, ballot: Ballot) -> None:
    voter, governor, number = stage.wallet(ballot.member), stage.governor_of(motion), stage.proposal_id(motion)
    choice, place = ballot.choice, (motion.reference, ballot.member)
    match ballot.way:
        case Way.WALLET:
            vote(voter, governor, number, choice, _commitment(stage, motion, ballot), GAS)
        case Way.RELAYER:
            stage.signatures[place] = relay_vote(stage.registrar, voter, governor, number, choice, GAS)
        case Way.REPLAY:
            send_signed(stage.registrar, voter.address, governor, number, choice, stage.signatures[place], GAS)
        case Way.MANDATE:
            holder, principal = stage.wallet(str(ballot.holder)), stage.member_id(ballot.member)
            vote_by_mandate(holder, governor, number, principal, choice, _commitment(stage, motion, ballot), GAS)
        case Way.OLD_WALLET:
            vote(stage.wallet(ballot.member, turn=1), governor, number, choice, gas=GAS)


def _commitment(stage: Stage, motion: Motion, ballot: Ballot) -> str | None:
    """Keep the words; the ballot they name is the member's own, whoever casts it."""
    if ballot.reason is None:
        return None
    governor, member = Address(stage.governor_of(motion).address), MemberId(stage.member_id(ballot.member))
    name = BallotName(governor, ProposalId(stage.proposal_id(motion)), member)
    return stage.store.put_reason(Reason(name, "sl" if ballot.member.startswith("SI-") else "en", ballot.reason))


def _record_accession(stage: Stage, member: str) -> None:
    organisation = stage.roll[member]
    record_accession(stage.registrar, stage.registry, organisation.wallet, accession_document(organisation), GAS)


def accession_document(organisation: Organisation) -> bytes:
    """What the sample takes for a signed accession document."""
    return f"Sample accession document of {organisation.name} ({organisation.code}). It binds nobody.\n".encode()


def document_hash(organisation: Organisation) -> str:
    """The hash under which it is recorded."""
    return "0x" + hashlib.sha256(accession_document(organisation)).hexdigest()


def main() -> None:
    """Replay the story on a chain of this run and compare four accounts of it; exits with 1 on any difference."""
    from scripts.demo import running_demo  # noqa: PLC0415 - the demo is made of this module
    from scripts.toolchain import free_port  # noqa: PLC0415

    with TemporaryDirectory(prefix="zbor-story-") as folder, running_demo(Path(folder), free_port(), free_port()):
        pass


if __name__ == "__main__":
    main()
