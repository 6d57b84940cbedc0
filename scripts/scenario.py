"""The sample story as values, read from `scripts/sample/scenario.yaml`; `later.yaml` lists what is not replayed yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from backend.documents.proposal_text import ProposalDocument, Text
from backend.domain.ballots import Choice

SAMPLE = Path(__file__).resolve().parent / "sample"
HOUR = 3_600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a member hands in; a reason is published only as a commitment."""

    member: str
    choice: Choice
    reason: str | None


@dataclass(frozen=True, slots=True)
class RefusedBallot:
    """A ballot that must not count, and the code it is refused with."""

    member: str
    choice: Choice
    relayed: bool
    """Signed by the member, sent by somebody else."""
    after: int | None
    """Seconds after the opening; None for right after the last good ballot."""
    code: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out, exactly."""

    outcome: str
    reason: str
    tally: dict[str, int]
    """eligible, participating, for, against, abstain, silent; empty where nobody votes."""
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
    action: dict[str, Any] | None
    """The call it makes; None for a resolution."""
    ballots: tuple[Ballot, ...]
    refused: tuple[RefusedBallot, ...]
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
        closed=tuple(_motion(entry) for entry in table["proposals"]),
        running=tuple(_motion(entry) for entry in table["open"]),
    )


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
        action=entry.get("action"),
        ballots=tuple(_ballots(entry)),
        refused=tuple(_refused(ballot) for ballot in entry.get("invalid_ballots", ())),
        expected=_expected(entry["expected"]) if "expected" in entry else None,
    )


def _second(point: dict[str, int]) -> int:
    return point["day"] * DAY + point["hour"] * HOUR


def _ballots(entry: dict[str, Any]) -> Iterator[Ballot]:
    reasons = entry.get("reasons", {})
    for choice, members in entry.get("ballots", {}).items():
        for member in members:
            yield Ballot(member, Choice[choice.upper()], reasons.get(member))


def _refused(entry: dict[str, Any]) -> RefusedBallot:
    after = entry["hours_after_opening"] * HOUR if "hours_after_opening" in entry else None
    relayed = entry.get("via") == "relayer"
    return RefusedBallot(entry["member"], Choice[entry["choice"].upper()], relayed, after, entry["expect"])


def _expected(entry: dict[str, Any]) -> Expected:
    days = entry.get("days_of_notice")
    return Expected(
        outcome=entry["outcome"],
        reason=entry["reason"],
        tally=entry.get("tally", {}),
        by_class=entry.get("by_class", {}),
        notice=None if days is None else days * DAY,
    )
