"""A chain in memory behind the node's port: mines blocks with the logs of given events, forks, and misbehaves.

The logs are encoded from the contracts' interfaces, so that the real decoder reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from eth_utils.abi import collapse_if_tuple, event_abi_to_log_topic
from eth_utils.crypto import keccak
from faster_eth_abi import encode

from backend.chain.interfaces import elements, load_abis
from backend.chain.node import BlockHeader, NodeRefusedError, RawLog
from backend.domain.ballots import Choice
from backend.domain.events import BallotCounted, Event, ProposalFiled, ProposalReconvened, ProposalRevised
from backend.domain.rules import Rule
from backend.errors import NodeUnavailableError

EVENTS = {event["name"]: event for abi in load_abis().values() for event in elements(abi, "event")}
RENAMED = {"class": "member_class", "etaSeconds": "eta", "daoURI": "uri"}
FOLLOWING = (ProposalFiled, ProposalReconvened, ProposalRevised, BallotCounted)
"""Logged in the transaction of the event before."""


@dataclass(frozen=True)
class Block:
    header: BlockHeader
    logs: tuple[RawLog, ...]


class SimulatedNode:
    """Starts with one empty block, number `start`."""

    def __init__(self, start: int = 4, time: int = 1_800_000_000 - 100):
        self.start = start
        self.blocks: list[Block] = []
        self.finalized = None
        self.tells_times = True
        self.widest = 1_000_000
        """Most blocks it gives logs of at once."""
        self.fails = 0
        """How many of the next questions it leaves unanswered."""
        self.asked: list[tuple[int, int]] = []
        self.visible = None
        """Newest block it shows, if it lags."""
        self.others: list[SimulatedNode] = []
        """Nodes that can be asked for their word on a block."""
        self.distrusted: list[str] = []
        self.mine(time)

    # ---- the port

    def chain_id(self):
        return 31337

    def has_code(self, _address):
        return True

    def head(self):
        self._answer()
        return self._shown()[-1].header

    def finalized_number(self):
        return self.finalized

    def headers(self, numbers):
        self._answer()
        by_number = {block.header.number: block.header for block in self._shown()}
        return [by_number.get(number) for number in numbers]

    def logs(self, first, last, addresses):
        self._answer()
        self.asked.append((first, last))
        if last - first + 1 > self.widest:
            raise NodeRefusedError("eth_getLogs", -32005, "too many blocks")
        wanted = set(addresses)
        inside = [block for block in self._shown() if first <= block.header.number <= last]
        return [log for block in inside for log in block.logs if log.address in wanted]

    def witnesses(self, number):
        return [block.header for other in self.others for block in other.blocks if block.header.number == number]

    def distrust(self, problem):
        self.distrusted.append(problem)

    # ---- what tests do to it

    def mine(self, time, *logged: tuple[str, Event], salt: str = ""):
        """Add a block with the events, each with the address that logs it."""
        number = self.start + len(self.blocks)
        parent = self.blocks[-1].header.hash if self.blocks else "0x" + "00" * 32
        block_hash = _hash(parent, number, time, salt, repr(logged))
        logs = tuple(
            self._log(number, block_hash, index, emitter, event, time) for index, (emitter, event) in enumerate(logged)
        )
        self.blocks.append(Block(BlockHeader(number, block_hash, parent, time), logs))

    def forget(self, depth):
        """Drop the newest blocks, as a reorganisation does before it brings others."""
        gone = self.blocks[len(self.blocks) - depth :]
        del self.blocks[len(self.blocks) - depth :]
        return gone

    def _log(self, number, block_hash, index, emitter, event, time):
        topics, data = encode_event(event)
        return RawLog(
            address=emitter,
            topics=topics,
            data=data,
            block_number=hex(number),
            block_hash=block_hash,
            transaction_hash=_hash(block_hash, index),
            log_index=hex(index),
            block_timestamp=hex(time) if self.tells_times else None,
        )

    def _shown(self):
        return self.blocks if self.visible is None else self.blocks[: self.visible - self.start + 1]

    def _answer(self):
        if self.fails:
            self.fails -= 1
            raise NodeUnavailableError("simulated")


def tell(node, told, salt=""):
    """Mine a block for each event and those that are logged in the same transaction."""
    waiting = []
    for index, (place, event) in enumerate(told):
        waiting.append((place.emitter, event))
        if index + 1 == len(told) or not isinstance(told[index + 1][1], FOLLOWING):
            node.mine(place.block_time, *waiting, salt=salt)
            waiting.clear()


def encode_event(event: Event):
    """Topics and data of the log that a contract would write."""
    described = EVENTS[type(event).__name__]
    given = {field.name: getattr(event, field.name) for field in fields(event)} | {"signatures": ()}
    topics, kinds, values = ["0x" + event_abi_to_log_topic(described).hex()], [], []
    for argument in described["inputs"]:
        kind = collapse_if_tuple(argument)
        value = _solidity(kind, given[_field(argument["name"])])
        if argument["indexed"]:
            topics.append("0x" + encode([kind], [value]).hex())
        else:
            kinds.append(kind)
            values.append(value)
    return tuple(topics), "0x" + encode(kinds, values).hex()


def _field(name):
    return RENAMED.get(name, "".join("_" + letter.lower() if letter.isupper() else letter for letter in name))


def _solidity(kind, value):
    match value:
        case Rule():
            return _rule(value)
        case Choice():
            return value.mark
        case None:
            return 0
    return _bytes(kind, value) if "bytes" in kind else _texts(kind, value)


def _bytes(kind, value):
    if kind == "bytes[]":
        return [bytes.fromhex(each[2:]) for each in value]
    if value.startswith("0x"):
        return bytes.fromhex(value[2:])
    return value.encode().ljust(int(kind[5:]), b"\0")


def _texts(kind, value):
    return [""] * len(value) if kind == "string[]" else value


def _rule(rule):
    durations = (rule.notice, rule.short_notice, rule.period, rule.standstill, rule.veto_window)
    fractions = (rule.quorum, rule.majority, rule.countries)
    numbers = [part for ratio in fractions for part in (ratio.numerator, ratio.denominator)]
    counting = (rule.strict, rule.abstentions_cast, rule.silence_consents, rule.binding)
    settings = (rule.early_close, rule.revisable, rule.external_approval)
    rest = (int(rule.tie), rule.calls, rule.mandates, rule.veto_grounds)
    return (*durations, *numbers, int(rule.base), *counting, *settings, *rest)


def _hash(*parts):
    return "0x" + keccak(repr(parts).encode()).hex()
