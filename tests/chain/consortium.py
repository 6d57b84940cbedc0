"""A small consortium on the test chain, and the vocabulary to let it act.

Ten organisations: members 1 to 4 are founding members, 5 to 8 partners, 9 and 10 associates; 1, 2 and 3 have seats on
the executive board. `found_consortium` leaves the deployer in power, so that single acts can be tried without a vote;
`hand_over` takes it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from brownie import accounts, chain, web3

DAY = 86_400
AGAINST, FOR, ABSTAIN = 0, 1, 2
CAST, PARTICIPATING, ENTITLED = 0, 1, 2
NONE, BARS_VETO, RECUSES = 0, 1, 2
FOUNDING, PARTNER, ASSOCIATE = 1, 2, 3
ADMITTED, ACTIVE, IN_BREACH, DEFAULTING, EXCLUDED, LEFT = 1, 2, 3, 4, 5, 6
AGREEMENT = "0x" + sha256(b"consortium agreement").hexdigest()
DELAY = 2 * DAY
CHUNK = 24_000  # bytes of code kept in one data contract

BODIES = {
    "general_assembly": (1 << FOUNDING | 1 << PARTNER, "GA_2_3"),
    "executive_board": (0, "EB_2_3"),
    "consultation": (1 << FOUNDING | 1 << PARTNER | 1 << ASSOCIATE, "CONSULT"),
}

# Every field of a rule in its order; with these settings it asks for two thirds of the votes cast, at once.
RULE = {
    "notice": 0,
    "short_notice": 0,
    "period": DAY,
    "standstill": 0,
    "veto_window": 0,
    "quorum_numerator": 0,
    "quorum_denominator": 1,
    "majority_numerator": 2,
    "majority_denominator": 3,
    "country_numerator": 0,
    "country_denominator": 1,
    "base": CAST,
    "strict": False,
    "abstentions_cast": False,
    "silence_consents": False,
    "binding": True,
    "early_close": False,
    "revisable": False,
    "external_approval": False,
    "tie": 0,
    "calls": 0,
    "mandates": 0,
    "veto_grounds": 0,
}


def rule(**settings: int) -> tuple[int, ...]:
    """A rule as the rulebook takes it: the settings named, the rest as in `RULE`."""
    assert settings.keys() <= RULE.keys()
    return tuple((RULE | settings).values())


TWO_THIRDS = {"quorum_numerator": 2, "quorum_denominator": 3}
MAJORITY_51 = {"majority_numerator": 51, "majority_denominator": 100, "base": ENTITLED}
NO_MAJORITY = {"majority_numerator": 0, "majority_denominator": 1, "binding": False}

RULES = {
    "GA_2_3": rule(notice=45 * DAY, short_notice=15 * DAY, **TWO_THIRDS),
    "EB_2_3": rule(notice=14 * DAY, short_notice=7 * DAY, **TWO_THIRDS),
    "WRITTEN_51": rule(period=10 * DAY, **MAJORITY_51),
    "CONSULT": rule(period=10 * DAY, **NO_MAJORITY),
}

# body, rule, resolution, actions of the registry, actions of the rulebook, what follows for the member they name first
KINDS = {
    "member_admission": (0, "WRITTEN_51", False, ["admit"], [], NONE),
    "breach": (0, "WRITTEN_51", False, ["notifyBreach", "confirmRemedy"], [], BARS_VETO),
    "default_declaration": (0, "WRITTEN_51", False, ["declareDefault"], [], BARS_VETO),
    "exclusion": (0, "WRITTEN_51", False, ["exclude"], [], BARS_VETO),
    "law": (0, "GA_2_3", False, [], ["setRule", "setKind", "listAction", "unlistAction"], NONE),
    "work_plan": (0, "GA_2_3", True, [], [], NONE),
    "urgent_matter": (0, "WRITTEN_51", True, [], [], NONE),
    "award": (0, "WRITTEN_51", False, [], [], RECUSES),
    "board_matter": (1, "EB_2_3", True, [], [], NONE),
    "policy_consultation": (2, "CONSULT", True, [], [], NONE),
}

CLASSES = [FOUNDING] * 4 + [PARTNER] * 4 + [ASSOCIATE] * 2
SEATED = (1, 2, 3)


@dataclass(frozen=True)
class Consortium:
    """Everything deployed, and who is who."""

    deployer: Any
    registrar: Any
    approver: Any
    registry: Any
    rulebook: Any
    records: Any
    lens: Any
    governors: tuple[Any, ...]
    timelocks: tuple[Any, ...]
    wallets: tuple[Any, ...]

    @property
    def assembly(self) -> Any:
        """The governor of the general assembly."""
        return self.governors[0]

    def wallet(self, member_id: int) -> Any:
        """The wallet the member was founded with."""
        return self.wallets[member_id - 1]

    def kind(self, name: str) -> int:
        return self.rulebook.kindIdOf(bytes32(name))


@dataclass(frozen=True)
class Question:
    """A proposal as its proposer holds it."""

    id: int
    governor: Any
    targets: list[Any]
    calldatas: list[str]
    description: str

    @property
    def opens_at(self) -> int:
        return self.governor.proposalSnapshot(self.id)

    @property
    def closes_at(self) -> int:
        return self.governor.proposalDeadline(self.id)

    @property
    def parts(self) -> tuple[list[Any], list[int], list[str], bytes]:
        """What OpenZeppelin wants to see again at queueing, executing and canceling."""
        values = [0] * len(self.targets)
        return self.targets, values, self.calldatas, web3.keccak(text=self.description)


def bytes32(name: str) -> str:
    return "0x" + name.encode().hex().ljust(64, "0")


def plain(value: Any) -> Any:
    """What a view answers, as nested tuples: Brownie's own type compares with nothing but itself."""
    return tuple(plain(part) for part in value) if isinstance(value, list | tuple) else value


@cache
def wallet_of(number: int) -> Any:
    """An account with a key of its own, the same in every run."""
    return accounts.add(sha256(f"test wallet {number}".encode()).hexdigest())


def admission(number: int, member_class: int) -> tuple[Any, ...]:
    return (wallet_of(number).address, member_class, "0x5349", bytes32(f"ORG-{number}"), f"Organisation {number}")


def deploy_body(project: Any, deployer: Any, registry: Any, rulebook: Any, name: str, timelock_delay: int) -> Any:
    """Timelock, governor and roles of the next body; answers both contracts."""
    classes, default_rule = BODIES[name]
    timelock = deployer.deploy(project.BodyTimelock, timelock_delay, deployer)
    setup = (name, registry, rulebook, timelock, registry.bodyCount(), bytes32(default_rule))
    governor = deployer.deploy(project.ConsortiumGovernor, setup)
    for role in (timelock.PROPOSER_ROLE(), timelock.CANCELLER_ROLE(), timelock.EXECUTOR_ROLE()):
        timelock.grantRole(role, governor, {"from": deployer})
    registry.createBody(bytes32(name), governor, timelock, classes, {"from": deployer})
    return governor, timelock


def found_consortium(project: Any, deployer: Any, registrar: Any, delay: int = DELAY) -> Consortium:
    """Deploy everything and found the consortium; the deployer keeps its powers."""
    registry = deployer.deploy(project.MemberRegistry, deployer, registrar)
    approver = accounts[2]
    registry.setApprover(approver, {"from": deployer})
    records = deployer.deploy(project.Records)
    rulebook = deployer.deploy(project.Rulebook, deployer, records)
    lens = deployer.deploy(project.Lens)
    deployer.deploy(project.Acts)
    for name, terms in RULES.items():
        rulebook.setRule(bytes32(name), terms, {"from": deployer})
    bodies = [deploy_body(project, deployer, registry, rulebook, name, delay) for name in BODIES]
    _set_kinds(rulebook, registry, deployer)
    admissions = [admission(number, of_class) for number, of_class in enumerate(CLASSES, 1)]
    registry.found(admissions, AGREEMENT, {"from": deployer})
    for member_id in SEATED:
        registry.grantSeat(1, member_id, 0, {"from": deployer})
    wallets = tuple(wallet_of(number) for number in range(1, len(CLASSES) + 1))
    governors, timelocks = zip(*bodies, strict=True)
    mine_at(chain[-1].timestamp + DAY)
    return Consortium(deployer, registrar, approver, registry, rulebook, records, lens, governors, timelocks, wallets)


def _set_kinds(rulebook: Any, registry: Any, owner: Any) -> None:
    for name, (body_id, rule_name, is_resolution, of_registry, of_rulebook, effect) in KINDS.items():
        terms = (bytes32(name), body_id, bytes32(rule_name), is_resolution, effect)
        kind_id = rulebook.setKind(*terms, {"from": owner}).return_value
        for contract, methods in ((registry, of_registry), (rulebook, of_rulebook)):
            for method in methods:
                party = (effect, 1 if effect else 0)
                rulebook.listAction(kind_id, contract, getattr(contract, method).signature, *party, {"from": owner})


def hand_over(consortium: Consortium) -> None:
    """The deployer keeps nothing: ownership to the assembly, admin roles renounced."""
    deployer, assembly = consortium.deployer, consortium.timelocks[0]
    consortium.registry.transferOwnership(assembly, {"from": deployer})
    consortium.rulebook.transferOwnership(assembly, {"from": deployer})
    for timelock in consortium.timelocks:
        timelock.renounceRole(timelock.DEFAULT_ADMIN_ROLE(), deployer, {"from": deployer})


def template(deployer: Any, project: Any, container: Any, *arguments: Any) -> tuple[Any, list[Any]]:
    """Creation code with its libraries linked, kept in data contracts: its hash, and the pieces."""
    code = bytes.fromhex(container.deploy.encode_input(*arguments).removeprefix("0x")[: len(container.bytecode)])
    pieces = [code[start : start + CHUNK] for start in range(0, len(code), CHUNK)]
    return web3.keccak(code), [deployer.deploy(project.CodeChunk, piece) for piece in pieces]


def deploy_factory(project: Any, consortium: Consortium) -> Any:
    """A factory of bodies that the registry knows; the deployer must still be its owner."""
    deployer, zero = consortium.deployer, "0x" + "00" * 20
    setup = ("", zero, zero, zero, 0, bytes32(""))
    governor = template(deployer, project, project.ConsortiumGovernor, setup)
    timelock = template(deployer, project, project.BodyTimelock, 0, zero)
    factory = deployer.deploy(project.BodyFactory, consortium.registry, consortium.rulebook, governor, timelock)
    consortium.registry.setFactory(factory, {"from": deployer})
    return factory


def call_of(contract: Any, method: str, *arguments: Any) -> tuple[Any, str]:
    """An action: whom to call, and with what."""
    return contract, getattr(contract, method).encode_input(*arguments)


def resolution(consortium: Consortium, kind: str, text: str = "we resolve") -> tuple[Any, str]:
    """The action of a decision that does nothing else."""
    digest = "0x" + sha256(text.encode()).hexdigest()
    return call_of(consortium.records, "resolve", consortium.kind(kind), digest)


def resolution_for(consortium: Consortium, kind: str, member_id: int, text: str = "we award") -> tuple[Any, str]:
    """The action of a decision about one member that does nothing else."""
    digest = "0x" + sha256(text.encode()).hexdigest()
    return call_of(consortium.records, "resolveFor", consortium.kind(kind), member_id, digest)


def put(governor: Any, proposer: Any, actions: Sequence[tuple[Any, str]], description: str = "text") -> Question:
    """Propose, to be opened as soon as the ordinary notice allows."""
    targets, calldatas = [target for target, _ in actions], [data for _, data in actions]
    values = [0] * len(actions)
    tx = governor.propose(targets, values, calldatas, description, {"from": proposer})
    return Question(tx.return_value, governor, targets, calldatas, description)


def at(second: int) -> None:
    """The next block, and so the next transaction, happens in this very second."""
    web3.provider.make_request("evm_setNextBlockTimestamp", [second])


def mine_at(second: int) -> None:
    """The newest block, on which views answer, is of this very second."""
    at(second)
    web3.provider.make_request("evm_mine", [])


def opened(question: Question) -> Question:
    """Voting is open from the next block on."""
    mine_at(question.opens_at + 1)
    return question


def closed(question: Question) -> Question:
    """Voting is over."""
    mine_at(question.closes_at + 1)
    return question


def vote(consortium: Consortium, question: Question, **members: Sequence[int]) -> None:
    """Ballots by direct transaction: `vote(c, q, for_=[1, 2], against=[3], abstain=[4])`."""
    supports = {"against": AGAINST, "for_": FOR, "abstain": ABSTAIN}
    for word, member_ids in members.items():
        for member_id in member_ids:
            question.governor.castVote(question.id, supports[word], {"from": consortium.wallet(member_id)})


def queue(question: Question, sender: Any) -> Any:
    return question.governor.queue(*question.parts, {"from": sender})


def execute(question: Question, sender: Any) -> Any:
    """Execute in the first second the timelock allows."""
    at(question.governor.proposalEta(question.id))
    return question.governor.execute(*question.parts, {"from": sender})


def adopt(consortium: Consortium, question: Question, members: Sequence[int] = range(1, 9)) -> Question:
    """Open, vote for, close."""
    vote(consortium, opened(question), for_=members)
    return closed(question)


def decide(consortium: Consortium, *actions: tuple[Any, str], description: str = "decision") -> Any:
    """The assembly decides and does it; answers the transaction of execution."""
    question = adopt(consortium, put(consortium.assembly, consortium.wallet(1), actions, description))
    queue(question, consortium.wallet(1))
    return execute(question, consortium.wallet(1))
