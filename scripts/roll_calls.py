"""Recorded roll calls from a folder of four CSV files.

    members.csv            country_code, country                    the roll
    roll_calls.csv         rcid, short, descr, …                    the questions
    votes.csv              rcid, country_code, country, vote        yes, no or abstain; whoever is absent has no row
    expected_tallies.csv   rcid, roll_size, yes, no, abstain, silent, and 1 or 0 for quorum and both majorities

Codes are text: `NA` is Namibia.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from unicodedata import category

from backend.documents.proposal_text import MOST_TITLE, ProposalDocument, Text
from backend.domain.ballots import Choice

CHOICES = {"yes": Choice.FOR, "no": Choice.AGAINST, "abstain": Choice.ABSTAIN}


class FolderError(Exception):
    """The folder does not hold roll calls as described; the message names the file."""


@dataclass(frozen=True, slots=True)
class RollCall:
    """One question and how everybody voted on it."""

    rcid: str
    document: ProposalDocument
    ballots: tuple[tuple[str, Choice], ...]
    """Code of the member and its choice, in the order of the file."""


@dataclass(frozen=True, slots=True)
class ExpectedTally:
    """The result as it was worked out elsewhere."""

    votes: tuple[int, int, int]
    """For, against, abstain."""
    eligible: int
    quorum: bool
    """At least 2/3 of the roll handed in a ballot."""
    two_thirds_of_cast: bool
    majority_of_all: bool
    """At least 51 % of the roll said yes."""

    @property
    def meeting(self) -> str:
        """The outcome under a quorum of 2/3 and a majority of 2/3 of the votes cast."""
        if not self.quorum:
            return "no_quorum"
        return "adopted" if self.two_thirds_of_cast else "rejected"

    @property
    def written(self) -> str:
        """The outcome under 51 % of all entitled."""
        return "adopted" if self.majority_of_all else "rejected"


@dataclass(frozen=True, slots=True)
class RollCalls:
    """The folder as a whole."""

    members: dict[str, str]
    """Name by code."""
    calls: tuple[RollCall, ...]
    expected: dict[str, ExpectedTally]

    @property
    def ballots(self) -> int:
        """How many were cast in all."""
        return sum(len(call.ballots) for call in self.calls)


def read_roll_calls(folder: Path) -> RollCalls:
    """Read the folder. Raises `FolderError` if a file is missing or names an unknown member or choice."""
    members = {row["country_code"]: row["country"] for row in _rows(folder, "members.csv")}
    ballots: defaultdict[str, list[tuple[str, Choice]]] = defaultdict(list)
    for row in _rows(folder, "votes.csv"):
        if row["country_code"] not in members or row["vote"] not in CHOICES:
            raise FolderError(f"votes.csv: unknown member or vote in {row}")
        ballots[row["rcid"]].append((row["country_code"], CHOICES[row["vote"]]))
    calls = tuple(
        RollCall(row["rcid"], _document(row), tuple(ballots[row["rcid"]])) for row in _rows(folder, "roll_calls.csv")
    )
    return RollCalls(members, calls, {row["rcid"]: _expected(row) for row in _rows(folder, "expected_tallies.csv")})


def write_roll(members: dict[str, str], wallets: dict[str, str], path: Path) -> None:
    """Write the members as a roll of partners that a deployment can be founded with."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "name", "country", "class", "wallet"])
        writer.writerows([code, name, code, "partner", wallets[code]] for code, name in members.items())


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / name
    if not path.is_file():
        raise FolderError(f"{path} is missing")
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _document(row: dict[str, str]) -> ProposalDocument:
    short, long = _printable(row["short"]), _printable(row["descr"])
    text = Text(shorten(short or long or f"Roll call {row['rcid']}", MOST_TITLE, placeholder=" …"), short, long)
    return ProposalDocument("en", row["rcid"], {"en": text})


def _printable(text: str) -> str:
    """Recorded texts hold stray control characters, which a proposal document refuses."""
    return "".join(" " if category(character).startswith("C") else character for character in text).strip()


def _expected(row: dict[str, str]) -> ExpectedTally:
    return ExpectedTally(
        (int(row["yes"]), int(row["no"]), int(row["abstain"])),
        int(row["roll_size"]),
        row["quorum_2_3"] == "1",
        row["majority_2_3_of_yes_no"] == "1",
        row["majority_51pct_of_all"] == "1",
    )
