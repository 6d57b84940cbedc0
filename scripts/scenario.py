"""The sample story as values, read from `scripts/sample/scenario.yaml`; `later.yaml` lists what is not replayed yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from backend.documents.proposal_text import ProposalDocument, Text
from backend.domain.ballots import Choice

SAMPLE = Path(__file__).resolve().parent / "sample"
REPEATED = ("authoritative", "texts", "action")
"""What a further call has from the first."""
HOUR = 3_600
DAY = 24 * HOUR


class Way(StrEnum):
    """How a ballot comes to the governor."""

    WALLET = "wallet"
    RELAYER = "relayer"
    """Signed by the member, sent by somebody else."""
    REPLAY = "replay"
    """A ballot signed and counted before, sent again."""
    MANDATE = "mandate"
    """Cast by a member that holds a mandate."""
    OLD_WALLET = "old_wallet"
    """By a wallet that the member has lost since."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a member hands in; a reason is published only as a commitment."""

    member: str
    choice: Choice
    reason: str | None = None
    way: Way = Way.WALLET
    holder: str | None = None
    """Who casts it by mandate."""


@dataclass(frozen=True, slots=True)
class RefusedBallot:
    """A ballot that must not count, and the code it is refused with."""

    ballot: Ballot
    after: int | None
    """Seconds after the opening; None for right after the last good ballot."""
    code: str


@dataclass(frozen=True, slots=True)
class Act:
    """What else happens on a proposal: a veto, an objection, minutes, a mandate, an early close."""

    name: str
    after: int
    """Seconds after the opening; less than 0 before it."""
    by: str | None = None
    """The member that does it; None for an office, or where anybody may."""
    details: dict[str, Any] = field(default_factory=dict)
    code: str | None = None
    """The code it must be refused with."""

    @property
    def document_hash(self) -> bytes:
        """SHA-256 of the text that goes with it."""
        return hashlib.sha256(self.details["text"].encode()).digest()


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out, exactly."""

    outcome: str
    reason: str
    tally: dict[str, int]
    """eligible, participating, for, against, abstain, silent, and countries and countries_for where the rule asks for
    them; empty where nobody votes."""
    by_class: dict[str, dict[str, int]]
    notice: int | None
    """Seconds of notice whose lack gets the proposal refused."""


@dataclass(frozen=True, slots=True)
class Motion:
    """One proposal of the story. Times are seconds after the story's first midnight."""

    reference: str
    kind: str
    proposer: str
    authoritative: str
    texts: dict[str, Text]
    published: int
    opens: int
    withdrawn: int | None
    extraordinary: bool
    reconvenes: str | None
    """The call without a quorum whose text and action this one repeats."""
    revises: str | None
    """The vetoed proposal whose place it takes."""
    action: dict[str, Any] | None
    """The call it makes; None for a resolution."""
    changed: tuple[Ballot, ...]
    """Ballots handed in first, and replaced by one of the others."""
    ballots: tuple[Ballot, ...]
    refused: tuple[RefusedBallot, ...]
    acts: tuple[Act, ...]
    queued: int | None
    """When an adopted decision is carried out; None for as soon as it binds."""
    expected: Expected | None

    @property
    def document(self) -> ProposalDocument:
        """The text that the chain commits to."""
        return ProposalDocument(self.authoritative, self.reference, self.texts)


@dataclass(frozen=True, slots=True)
class Scenario:
    """The whole story."""

    name: str
    notice: str
    days: int
    """The story's last day is today."""
    ballot_spacing: int
    """Seconds between two ballots of a meeting."""
    closed: tuple[Motion, ...]
    running: tuple[Motion, ...]
    """Still pending or open when the story ends."""
    operations: dict[str, dict[str, Any]]
    """What goes wrong meanwhile, by its type."""

    @property
    def motions(self) -> tuple[Motion, ...]:
        """All that are replayed."""
        return self.closed + self.running


@dataclass(frozen=True, slots=True)
class Postponed:
    """A proposal that needs a rule that is not on chain yet."""

    reference: str
    title: str
    needs: str


def read_scenario(path: Path = SAMPLE / "scenario.yaml") -> Scenario:
    """Read the story."""
    table = yaml.safe_load(path.read_text())
    return Scenario(
        name=table["consortium"]["name"],
        notice=table["notice"],
        days=table["story"]["days"],
        ballot_spacing=60 * table["story"]["meeting_minutes_between_ballots"],
        closed=tuple(_motion(entry) for entry in _repeated(table["proposals"])),
        running=tuple(_motion(entry) for entry in table["open"]),
        operations={entry["type"]: entry for entry in table["operations"]},
    )


def _repeated(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A further call says again what the first one said."""
    told: dict[str, dict[str, Any]] = {}
    for entry in entries:
        first = told.get(entry.get("reconvenes", ""), {})
        repeated: dict[str, Any] = {name: first[name] for name in REPEATED if name in first}
        told[entry["reference"]] = {"extraordinary": bool(first), **repeated, **entry}
    yield from told.values()


def read_postponed(path: Path = SAMPLE / "later.yaml") -> tuple[Postponed, ...]:
    """What the story holds beyond the law that is on chain today."""
    entries = yaml.safe_load(path.read_text())["proposals"]
    return tuple(Postponed(entry["reference"], entry["title"], entry["needs"]) for entry in entries)


def _motion(entry: dict[str, Any]) -> Motion:
    return Motion(
        reference=entry["reference"],
        kind=entry["kind"],
        proposer=entry["proposer"],
        authoritative=entry["authoritative"],
        texts={language: Text(**text) for language, text in entry["texts"].items()},
        published=_second(entry["published"]),
        opens=_second(entry["opens"]),
        withdrawn=_second(entry["withdrawn"]) if "withdrawn" in entry else None,
        extraordinary=entry.get("extraordinary", False),
        reconvenes=entry.get("reconvenes"),
        revises=entry.get("revises"),
        action=entry.get("action"),
        changed=tuple(Ballot(member, _choice(first)) for member, first in entry.get("changed", {}).items()),
        ballots=tuple(_ballots(entry)),
        refused=tuple(_refused(ballot) for ballot in entry.get("invalid_ballots", ())),
        acts=tuple(_act(act) for act in entry.get("acts", ())),
        queued=_second(entry["queued"]) if "queued" in entry else None,
        expected=_expected(entry["expected"]) if "expected" in entry else None,
    )


def _second(point: dict[str, int]) -> int:
    return point["day"] * DAY + point["hour"] * HOUR


def _choice(name: str) -> Choice:
    return Choice[name.upper()]


def _ballots(entry: dict[str, Any]) -> Iterator[Ballot]:
    reasons, holders, relayed = entry.get("reasons", {}), entry.get("mandated", {}), entry.get("relayed", ())
    for choice, members in entry.get("ballots", {}).items():
        for member in members:
            way = Way.MANDATE if member in holders else Way.RELAYER if member in relayed else Way.WALLET
            yield Ballot(member, _choice(choice), reasons.get(member), way, holders.get(member))


def _refused(entry: dict[str, Any]) -> RefusedBallot:
    after = entry["hours_after_opening"] * HOUR if "hours_after_opening" in entry else None
    way = Way(entry.get("via", "wallet"))
    ballot = Ballot(entry["member"], _choice(entry["choice"]), way=way, holder=entry.get("holder"))
    return RefusedBallot(ballot, after, entry["expect"])


def _act(entry: dict[str, Any]) -> Act:
    return Act(entry["act"], entry["hours"] * HOUR, entry.get("by"), entry, entry.get("expect"))


def _expected(entry: dict[str, Any]) -> Expected:
    days = entry.get("days_of_notice")
    return Expected(
        outcome=entry["outcome"],
        reason=entry["reason"],
        tally=entry.get("tally", {}),
        by_class=entry.get("by_class", {}),
        notice=None if days is None else days * DAY,
    )
