"""Keeps the board up to date, and fills it with what is asked for: in a thread, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import msgspec
from starlette.concurrency import run_in_threadpool

from backend.api.ballots import BallotItem
from backend.api.board import Assembled, Board, Item, Moment, Part, Question, head_of
from backend.api.parameters import read_proposal_name
from backend.api.proposals import ProposalItem
from backend.api.writing import writer_of
from backend.errors import ZborError
from backend.queries.ballots import list_ballots
from backend.queries.changes import newest_cursor
from backend.queries.filed import Filed, Key, find_filed
from backend.queries.mirror import Mirror, Reading
from backend.queries.moves import Moves
from backend.queries.proposals import find_part, summarise
from backend.queries.reading_order import PartOfList, read_order
from backend.queries.status import read_finalized
from backend.queries.texts import reasons_behind
from backend.queries.touched import touched_since

LONGEST = 60
"""Seconds after which one begins again in any case: of documents that come or go, and of a mirror that was derived
anew, nobody hears."""
MOST_PARTS = 20_000
"""Proposals in short, and names of proposals; with more of either, one begins again."""
MOST_BALLOTS = 50_000
"""Ballots of all proposals together; with more, one begins again."""
MOST_BYTES = 64 * 1024 * 1024
"""Of all that is written; with more, one begins again."""
PATIENCE = 10.0
"""Seconds to wait for one's turn: the routes, which are asked then, take longer over the same than any filling."""

JUST_BEFORE = 3
"""Seconds."""
MOST_LOOKED_UP = 5_000
"""Reasons at once, or some more."""


class Ready:
    """Answers out of the newest board."""

    def __init__(self, mirror: Mirror, moves: Moves) -> None:
        self._mirror = mirror
        self._moves = moves
        self._board: Board | None = None
        self._filling = asyncio.Lock()

    async def answer(self, question: Question) -> Assembled | None:
        """Answer; None where the routes must, be it to say what is wrong."""
        if self._moves.newest < 0:  # nobody tells when the mirror moves
            return None
        try:
            return self._at_hand(question) or await self._in_turn(question)
        except ZborError:
            return None

    async def _in_turn(self, question: Question) -> Assembled | None:
        """Fill the board, one at a time. Whoever waits takes up no thread: of these there are few, for all routes."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._filling.acquire()
        except TimeoutError:
            return None
        try:
            return self._at_hand(question) or await run_in_threadpool(self._fill, question)
        finally:
            self._filling.release()

    def _at_hand(self, question: Question) -> Assembled | None:
        board = self._board
        if board is None or board.moment != (self._moves.newest, self._mirror.wall_clock()):
            return None
        return board.answer(question)

    def _fill(self, question: Question) -> Assembled | None:
        with self._mirror.reading(self._moves.newest) as read:
            board = self._board = self._board_of(read)
            if question.ballots_of is not None:
                _add_ballots(board, question.ballots_of, read)
                return board.answer(question)
            part = board.part(question) or _found(question, read)
            _add(board, part.keys, read)
        return board.listed(part)

    def _board_of(self, read: Reading) -> Board:
        moment = read.as_of.revision, read.wall
        known = self._board
        return known if known is not None and known.moment == moment else self._moved(read, moment)

    def _moved(self, read: Reading, moment: Moment) -> Board:
        """The board of the moment that is read, with all parts of the one before that still hold."""
        board, finalized = self._board, read_finalized(read.session, read.consortium)
        if board is None or _full(board) or not 0 <= read.now - board.begun <= LONGEST:
            return _empty(read, moment, finalized)
        touched = touched_since(read.session, read.consortium, board.feed)
        back = board.as_of.revision > read.as_of.revision or board.now > read.now
        rebuilt = board.as_of.revision < read.as_of.revision and board.as_of.block_hash == read.as_of.block_hash
        if touched.everything or back or rebuilt:
            return _empty(read, moment, finalized)
        kept = board.order is not None and board.order.holds(read.now)
        return replace(
            board,
            moment=moment,
            as_of=read.as_of,
            now=read.now,
            feed=touched.cursor,
            finalized=finalized,
            order=board.order if kept else read_order(read.session, read.consortium, read.now),
            proposals=board.still(board.proposals, read.now, finalized, touched.proposals),
            ballots=board.still(board.ballots, read.now, finalized, touched.proposals),
            head=head_of(read.as_of),
        )


def _empty(read: Reading, moment: Moment, finalized: int) -> Board:
    return Board(
        moment=moment,
        as_of=read.as_of,
        now=read.now,
        feed=newest_cursor(read.session, read.consortium),
        begun=read.now,
        finalized=finalized,
        order=read_order(read.session, read.consortium, read.now),
        head=head_of(read.as_of),
    )


def _full(board: Board) -> bool:
    ballots = sum(len(part.items) for part in board.ballots.values())
    written = _bytes_in(board.proposals.values()) + _bytes_in(board.ballots.values())
    return max(len(board.proposals), len(board.names)) > MOST_PARTS or ballots > MOST_BALLOTS or written > MOST_BYTES


def _bytes_in(parts: Iterable[Part]) -> int:
    return sum(len(item.content) for part in parts for item in part.items)


def _found(question: Question, read: Reading) -> PartOfList:
    return find_part(
        read.session,
        read.consortium,
        read.now,
        question.wanted,
        limit=question.limit,
        cursor=question.cursor,
        sort=question.sort,
    )


def _add(board: Board, wanted: Iterable[Key], read: Reading) -> None:
    """Add to the board the proposals it lacks. It is of the very moment that is read."""
    missing = [key for key in wanted if key not in board.proposals]
    if missing:
        board.proposals.update(_summarised(missing, read))


def _summarised(keys: Collection[Key], read: Reading) -> Iterator[tuple[Key, Part]]:
    write = writer_of(ProposalItem)
    for found in summarise(read.session, read.consortium, keys, read.now):
        told = found.summary
        shown = read.now + LONGEST if told.texts else read.now
        # Before the opening the electorate is that of the second.
        until = read.now if told.state == "pending" else min(shown, shown if found.until is None else found.until)
        yield found.key, Part((Item.of(msgspec.json.encode(write(told))),), until, told.finality == "provisional")


def _add_ballots(board: Board, name: str, read: Reading) -> None:
    key = board.names.get(name)
    if key in board.ballots:
        _look_up_reasons(board, key, read)
    part = None if key is None else board.ballots.get(key)
    if part is None or part.until < read.now:
        filed = find_filed(read.session, read.consortium, read_proposal_name(name))
        board.ballots[filed.key], board.names[name] = _ballots_on(filed, read), filed.key


def _look_up_reasons(board: Board, wanted: Key, read: Reading) -> None:
    """Let those ballots hold on whose reasons did not come or go: the ones wanted, and others asked for just before."""
    looked_up, reasons = [wanted], dict(board.ballots[wanted].reasons)
    for key, part in board.ballots.items():
        lately = board.asked.get(key, 0) >= read.now - JUST_BEFORE
        if part.reasons and lately and part.until < read.now and len(reasons) < MOST_LOOKED_UP:
            looked_up.append(key)
            reasons |= part.reasons
    at_hand = _at_hand(reasons, read)
    for key in looked_up:
        part = board.ballots[key]
        if all(at_hand[commitment] == before for commitment, before in part.reasons.items()):
            board.ballots[key] = replace(part, until=_until(part.reasons, read.now))


def _ballots_on(filed: Filed, read: Reading) -> Part:
    proposal_id, governor = filed.proposal.proposal_id, filed.body.governor
    page = list_ballots(read.session, read.consortium, proposal_id, governor=governor, limit=MOST_BALLOTS)
    write = writer_of(BallotItem)
    reasons = dict[str, bool]()
    for each in page.items:
        if each.reason_commitment is not None:
            reasons[each.reason_commitment] = reasons.get(each.reason_commitment, False) or each.reason is not None
    return Part(
        items=tuple(Item.of(msgspec.json.encode(write(ballot))) for ballot in page.items),
        until=_until(reasons, read.now),
        provisional=any(ballot.finality == "provisional" for ballot in page.items),
        members=tuple(ballot.member.id for ballot in page.items),
        reasons=reasons,
    )


def _until(reasons: Mapping[str, bool], now: int) -> int:
    """Words come and are erased without anything on chain: whether they did is looked up each second."""
    return now if reasons else now + LONGEST


def _at_hand(reasons: Mapping[str, bool], read: Reading) -> dict[str, bool]:
    found = reasons_behind(read.consortium, reasons)
    return {commitment: commitment in found for commitment in reasons}
