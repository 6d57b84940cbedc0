"""What is asked for most, written once and put together for each answer: proposals as lists show them, and ballots.

A part holds until time moves what it shows or something happens to it. What the mirror held at one moment is one board;
boards are never changed, but for parts that are added to them, and for what was asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from backend.api.answers import AsOfResponse
from backend.queries.filed import Key
from backend.queries.keys import cursor_from, position_in
from backend.queries.proposal_filters import EVERYTHING, ProposalFilter
from backend.queries.reading_order import PartOfList, ReadingOrder
from backend.queries.views import AsOf

Moment = tuple[int, int]
"""The mirror's revision, and a second of the wall clock."""


class Item(NamedTuple):
    """One item of a list, as JSON, with its hash."""

    content: bytes
    digest: bytes

    @classmethod
    def of(cls, content: bytes) -> Item:
        """Keep what was written."""
        return cls(content, sha256(content).digest()[:16])


@dataclass(frozen=True, slots=True)
class Part:
    """A proposal in short, or all ballots on one."""

    items: tuple[Item, ...]
    until: int
    """Last second in which it may be shown."""
    provisional: bool
    """Says of something that it may still be undone."""
    members: tuple[int, ...] = ()
    """Whose ballots they are, in their order."""
    reasons: Mapping[str, bool] = field(default_factory=dict)
    """Commitment to a reason → whether its words are shown."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: the list of proposals, or the ballots of the one that is named."""

    limit: int
    cursor: str | None = None
    ballots_of: str | None = None
    wanted: ProposalFilter = EVERYTHING
    sort: str = ""
    """Another order than the one in which they are read."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A whole answer, as it goes out."""

    body: bytes
    tag: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that is ready at one moment."""

    moment: Moment
    as_of: AsOf
    now: int
    feed: str
    """How far the feed of changes was read."""
    begun: int
    """Second in which one began with nothing."""
    finalized: int
    order: ReadingOrder | None
    proposals: dict[Key, Part] = field(default_factory=dict)
    ballots: dict[Key, Part] = field(default_factory=dict)
    names: dict[str, Key] = field(default_factory=dict)
    """What paths call proposals."""
    asked: dict[Key, int] = field(default_factory=dict)
    """When the ballots on a proposal were last asked for."""
    head: bytes = b""
    """`as_of`, as JSON."""

    def still(self, parts: Mapping[Key, Part], now: int, finalized: int, touched: Collection[int]) -> dict[Key, Part]:
        """Those of this board's parts that are as true at the next moment, but for proposals that were touched."""
        settled = finalized != self.finalized
        return {
            key: part
            for key, part in parts.items()
            if (part.until >= now or part.reasons) and key[1] not in touched and not (settled and part.provisional)
        }

    def answer(self, question: Question) -> Assembled | None:
        """Put an answer together; None where a part of it is not ready.

        Raises:
            InvalidCursorError: the cursor is not one that the list gave out.
        """
        if question.ballots_of is not None:
            return self._ballots(question.ballots_of, question)
        part = self.part(question)
        return None if part is None else self.listed(part)

    def part(self, question: Question) -> PartOfList | None:
        """Say which proposals are in a part of the list; None where the database must be asked.

        Raises:
            InvalidCursorError: the cursor is not one that the list gave out.
        """
        if self.order is None or question.sort or question.wanted != EVERYTHING:
            return None
        return self.order.part(self.now, question.limit, question.cursor)

    def listed(self, part: PartOfList) -> Assembled | None:
        """Put a part of the list together; None where a proposal of it is not ready."""
        parts = [self.proposals.get(key) for key in part.keys]
        items = [part.items[0] for part in parts if part is not None]
        return None if len(items) < len(parts) else self._assembled(items, part.total, part.next_cursor)

    def _ballots(self, name: str, question: Question) -> Assembled | None:
        key = self.names.get(name, (-1, -1))
        part = self.ballots.get(key)
        if part is None or part.until < self.now:
            return None
        self.asked[key] = self.now
        first = 0
        if question.cursor is not None:
            member = position_in(question.cursor, 1)[0]
            if member not in part.members:
                return None
            first = part.members.index(member) + 1
        end = first + question.limit
        following = cursor_from(part.members[end - 1]) if end < len(part.items) else None
        return self._assembled(part.items[first:end], len(part.items), following)

    def _assembled(self, items: list[Item] | tuple[Item, ...], total: int, following: str | None) -> Assembled:
        mark = f"{self.as_of.block_hash}|{self.as_of.finality}|{self.as_of.revision}|{total}|{following}|".encode()
        digest = sha256(mark + b"".join([item.digest for item in items])).hexdigest()[:32]
        cursor = b"null" if following is None else b'"' + following.encode() + b'"'
        counted = b',"total":%d,"next_cursor":%s,"items":[' % (total, cursor)
        content = b",".join([item.content for item in items])
        return Assembled(b'{"as_of":' + self.head + counted + content + b"]}", f'W/"{digest}"')


def head_of(as_of: AsOf) -> bytes:
    """Write `as_of` as JSON."""
    return AsOfResponse.of(as_of).model_dump_json().encode()
