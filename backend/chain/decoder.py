"""Turns raw logs into the events of the domain. What follows from an event is not known here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from eth_utils.abi import abi_to_signature, collapse_if_tuple, event_abi_to_log_topic
from faster_eth_abi import decode
from faster_eth_abi.exceptions import DecodingError

from backend.chain import ballot_reader
from backend.chain.addresses import checksummed
from backend.chain.event_decoders import DECODERS, IGNORED
from backend.chain.interfaces import Abi, elements, load_abis
from backend.chain.node import RawLog
from backend.domain.events import Event, Place
from backend.domain.values import Timepoint
from backend.errors import UndecodableLogError


class Logged(NamedTuple):
    """An event, and where it was logged."""

    event: Event
    place: Place


@dataclass(frozen=True, slots=True)
class _Form:
    """How one event lies in a log."""

    make: Callable[..., Event] | None
    """None for an event that the mirror passes over."""
    topics: tuple[Callable[[str], object], ...]
    """Readers of the topics after the first."""
    data: tuple[str, ...]
    """Types in the data."""
    order: tuple[int, ...]
    """Where each argument is found among topics, then data."""

    def read(self, log: RawLog) -> tuple[Any, ...]:
        """Take the arguments out of a log, in the interface's order."""
        indexed = [read(topic) for read, topic in zip(self.topics, log.topics[1:], strict=True)]
        found = (*indexed, *decode(self.data, bytes.fromhex(log.data[2:])))
        return tuple(found[position] for position in self.order)


class Decoder:
    """Knows the events of a set of interfaces, by default of all our contracts."""

    def __init__(self, abis: Iterable[Abi] | None = None) -> None:
        known = load_abis().values() if abis is None else abis
        self._forms = {
            "0x" + event_abi_to_log_topic(event).hex(): _form(event)
            for abi in known
            for event in elements(abi, "event")
            if abi_to_signature(event) in DECODERS | IGNORED
        }

    def decode(self, log: RawLog, block_time: Timepoint) -> Logged | None:
        """Decode a log of one of our contracts; None for an event that is passed over on purpose.

        Raises:
            UndecodableLogError: no event of ours has this topic, or the log does not fit the event.
        """
        topic = log.topics[0] if log.topics else "none"
        form = self._forms.get(topic)
        if form is None:
            raise UndecodableLogError(log.address, topic, f"unknown event{_at(log)}")
        if form.make is None:
            return None
        try:
            ballot = ballot_reader.read_ballot(log) if topic == ballot_reader.TOPIC else None
            return Logged(ballot or form.make(*form.read(log)), _place(log, block_time))
        except (DecodingError, ValueError, TypeError) as error:
            raise UndecodableLogError(log.address, topic, f"{error}{_at(log)}") from error


def _at(log: RawLog) -> str:
    block, index = log.place
    return f", block {block}, log {index}"


def _form(event: Any) -> _Form:  # noqa: ANN401  # an element of an interface
    inputs = event["inputs"]
    kinds = [collapse_if_tuple(argument) for argument in inputs]
    indexed = [position for position, argument in enumerate(inputs) if argument["indexed"]]
    rest = [position for position in range(len(inputs)) if position not in indexed]
    found = [*indexed, *rest]
    return _Form(
        make=DECODERS.get(abi_to_signature(event)),
        topics=tuple(_topic_reader(kinds[position]) for position in indexed),
        # A text is read as bytes, so that one that is no UTF-8 is ours to deal with.
        data=tuple(kinds[position].replace("string", "bytes") for position in rest),
        order=tuple(found.index(position) for position in range(len(inputs))),
    )


def _topic_reader(kind: str) -> Callable[[str], object]:
    if kind == "address":
        return lambda topic: "0x" + topic[26:]
    if kind.startswith("uint"):
        return lambda topic: int(topic, 16)
    width = int(kind.removeprefix("bytes"))
    return lambda topic: bytes.fromhex(topic[2 : 2 + 2 * width])


def _place(log: RawLog, block_time: Timepoint) -> Place:
    block, index = log.place
    return Place(block, log.block_hash, block_time, log.transaction_hash, index, checksummed(log.address))
