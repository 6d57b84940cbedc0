"""What a batch of events writes to: the connection, who is who, and the rows that wait to be written together.

Ballots and the acts of proposals come by the ten thousand, and nothing in a batch reads them back: they are collected
and written with one statement each at the end. Everything else is rare and written at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, select, tuple_, update

from backend.database import bulk
from backend.database.base import Base, table_of
from backend.database.records import BodyRecord, EarlierVoteRecord, ProposalRecord, VoteRecord, WalletRecord
from backend.database.upsert import upsert
from backend.domain.events import Place
from backend.domain.values import Address, BodyId, MemberId, ProposalId

Row = dict[str, Any]
ProposalKey = tuple[BodyId, ProposalId]
BallotKey = tuple[BodyId, ProposalId, MemberId]
AT_ONCE = 500
"""Proposals looked for with one statement."""


@dataclass(slots=True)
class Projection:
    """One batch. Handlers add to it; `write` sends what they collected."""

    connection: Connection
    consortium_id: int
    governors: dict[Address, BodyId] = field(default_factory=dict)
    timelocks: dict[Address, BodyId] = field(default_factory=dict)
    wallets: dict[Address, MemberId] = field(default_factory=dict)
    """Every wallet that belongs or belonged to a member."""
    proposals: dict[ProposalKey, Row] = field(default_factory=dict)
    votes: dict[BallotKey, Row] = field(default_factory=dict)
    replaced: dict[BallotKey, Row] = field(default_factory=dict)
    """The ballot noted before the last one, by whose they are."""
    outdated: set[BallotKey] = field(default_factory=set)
    """Whose ballot on record is to be replaced by the one noted."""
    earlier: list[Row] = field(default_factory=list)
    """Ballots that others took the place of."""
    acts: dict[tuple[str, ...], list[Row]] = field(default_factory=lambda: defaultdict(list))
    """By the columns that they set."""

    @classmethod
    def begin(cls, connection: Connection, consortium_id: int) -> Self:
        """Start a batch with what is mirrored so far."""
        batch = cls(connection, consortium_id)
        bulk.expect_growth(connection)
        bodies = select(BodyRecord.governor, BodyRecord.timelock, BodyRecord.body_id)
        for governor, timelock, body_id in connection.execute(bodies.where(batch.owns(BodyRecord))):
            batch.governors[Address(governor)] = BodyId(body_id)
            batch.timelocks[Address(timelock)] = BodyId(body_id)
        wallets = select(WalletRecord.address, WalletRecord.member_id).where(batch.owns(WalletRecord))
        for address, member_id in connection.execute(wallets):
            batch.wallets[Address(address)] = MemberId(member_id)
        return batch

    def owns(self, record: type[Base], **key: object) -> ColumnElement[bool]:
        """Condition for the rows of this consortium, or the one with that key."""
        columns = table_of(record).columns
        conditions = [columns[name] == value for name, value in key.items()]
        return and_(columns["consortium_id"] == self.consortium_id, *conditions)

    def insert(self, record: type[Base], **values: object) -> None:
        """Write a new row at once."""
        self.connection.execute(insert(table_of(record)), self.row(**values))

    def upsert(self, record: type[Base], **values: object) -> None:
        """Write a row at once, in the place of one with the same key."""
        self.connection.execute(upsert(self.connection, table_of(record)), self.row(**values))

    def update(self, record: type[Base], key: Row, **values: object) -> None:
        """Change the row with that key at once.

        Raises:
            LookupError: there is no such row.
        """
        changed = self.connection.execute(update(table_of(record)).where(self.owns(record, **key)).values(**values))
        if changed.rowcount == 0:
            raise LookupError(f"no row {key} in {record.__tablename__}")

    def row(self, **values: object) -> Row:
        """Make a row of this consortium."""
        return {"consortium_id": self.consortium_id, **values}

    def act(self, key: ProposalKey, **values: object) -> None:
        """Note what happened to a proposal."""
        fresh = self.proposals.get(key)
        if fresh is not None:
            fresh.update(values)
        else:
            of = {"of_consortium": self.consortium_id, "of_body": key[0], "of_proposal": key[1]}
            self.acts[tuple(values)].append(of | values)

    def cast(self, key: BallotKey, ballot: Row) -> None:
        """Note a ballot; it takes the place of one noted before."""
        before = self.votes.get(key)
        if before is not None:
            self.replaced[key] = before
        self.votes[key] = ballot

    def keep_earlier(self, key: BallotKey) -> None:
        """Keep the ballot that the one noted last takes the place of; it may be on record already.

        Raises:
            LookupError: there is no such ballot.
        """
        noted = self.replaced.pop(key, None)
        if noted is None:
            noted = self._ballot_on_record(key)
            self.outdated.add(key)
        self.earlier.append(noted)

    def _ballot_on_record(self, key: BallotKey) -> Row:
        votes = table_of(VoteRecord)
        owned = self.owns(VoteRecord, body_id=key[0], proposal_id=key[1], member_id=key[2])
        before = self.connection.execute(select(votes).where(owned)).mappings().one_or_none()
        if before is None:
            raise LookupError(f"no ballot {key} that another could take the place of")
        return dict(before)

    def write(self) -> None:
        """Send all that was collected.

        Raises:
            LookupError: a proposal that something happened to is not on record, one was created but not filed, or a
                ballot took the place of another without a word.
            sqlalchemy.exc.IntegrityError: a ballot is on record that no event said would be replaced.
        """
        if self.replaced:
            raise LookupError(f"ballots {sorted(self.replaced)} were replaced, and no event said so")
        unfiled = [key for key, row in self.proposals.items() if "number" not in row]
        if unfiled:
            raise LookupError(f"proposals without terms: {unfiled}")
        if self.proposals:
            self.connection.execute(insert(table_of(ProposalRecord)), list(self.proposals.values()))
            bulk.note_growth(self.connection, table_of(ProposalRecord))
        self._write_votes()
        for columns, rows in self.acts.items():
            changed = self.connection.execute(_proposal_update(columns), rows)
            if changed.rowcount != len(rows):
                raise LookupError(f"{len(rows) - changed.rowcount} proposals with new {', '.join(columns)}")
        for collected in (self.proposals, self.votes, self.replaced, self.outdated, self.earlier, self.acts):
            collected.clear()

    def _write_votes(self) -> None:
        self._require_proposals({key[:2] for key in self.votes} - self.proposals.keys())
        if self.earlier:
            self.connection.execute(insert(table_of(EarlierVoteRecord)), self.earlier)
        votes = table_of(VoteRecord)
        outdated = [self.votes[key] for key in self.outdated]
        if outdated:
            bulk.replace(self.connection, votes, outdated)
        fresh = sorted(self.votes.keys() - self.outdated)
        bulk.append(self.connection, votes, [self.votes[key] for key in fresh])

    def _require_proposals(self, keys: AbstractSet[ProposalKey]) -> None:
        proposals = table_of(ProposalRecord)
        key = tuple_(proposals.c.body_id, proposals.c.proposal_id)
        wanted = sorted(keys)
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            found = self.connection.execute(
                select(proposals.c.body_id, proposals.c.proposal_id).where(self.owns(ProposalRecord), key.in_(some))
            )
            missing = set(some) - {(BodyId(body), ProposalId(proposal)) for body, proposal in found}
            if missing:
                raise LookupError(f"ballots on proposals that are not on record: {missing}")


def logged_at(place: Place) -> Row:
    """Give the columns that say where a row was logged."""
    return {
        "block_number": place.block_number,
        "log_index": place.log_index,
        "transaction_hash": place.transaction_hash,
    }


def _proposal_update(columns: tuple[str, ...]) -> Any:  # noqa: ANN401  # SQLAlchemy's own type is not exported
    proposals = table_of(ProposalRecord)
    return (
        update(proposals)
        .where(
            proposals.c.consortium_id == bindparam("of_consortium"),
            proposals.c.body_id == bindparam("of_body"),
            proposals.c.proposal_id == bindparam("of_proposal"),
        )
        .values({column: bindparam(column) for column in columns})
    )
