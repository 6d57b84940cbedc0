"""Verifies an export against a chain, with nothing but the two: no database, and nobody's word.

The chain is read afresh, from the first contract's block to the export's, into a database that is thrown away. Its
export has to be the given one byte for byte, and what it says has to be what the contracts say themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from backend.audit.chain_until import until
from backend.audit.comparison import Comparison, compare
from backend.audit.export_file import first_line, lines_of
from backend.audit.rota import all_claims
from backend.chain.calls import CallBook
from backend.chain.contracts import Deployment, check_deployment
from backend.chain.node import Node
from backend.chain.views import Caller
from backend.database.journal import EventRecord
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.store import DocumentStore
from backend.domain.values import Hash32
from backend.indexer.follower import Follower, Progress
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror

Report = Callable[[str, int, int], object]
"""What is being done, how much of it is done, and how much there is."""


class AuditedNode(Node, Caller, Protocol):
    """A node that also answers for contracts."""


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line that only one side has."""

    number: int
    """Its place there, from 1."""
    line: str
    in_export: bool

    def __str__(self) -> str:
        whose = "only in the export" if self.in_export else "only on the chain"
        return f"line {self.number}, {whose}: {self.line.rstrip()}"


@dataclass(slots=True)
class Verification:
    """What was checked, and what was found."""

    block: int
    events: int = 0
    lines: int = 0
    """Of the export."""
    equal_bytes: bool = False
    line_differences: list[LineDifference] = field(default_factory=list)
    comparison: Comparison = field(default_factory=Comparison)
    compared_at: int = 0
    """Block at which the contracts were asked: the export's, or the node's newest where it keeps no older state."""

    @property
    def ok(self) -> bool:
        """Whether everything was compared and nothing differs."""
        asked = self.comparison.answers > 0 and self.comparison.unanswered == 0
        return self.equal_bytes and asked and not self.comparison.differences


def verify(
    lines: Sequence[str], block: int, deployment: Deployment, node: AuditedNode, report: Report = lambda *_: None
) -> Verification:
    """Verify the lines of an export that speaks of that block.

    Raises:
        ChainError: the node does not answer, has not reached the block, or is of another chain.
        MirrorError: the chain says what no mirror can take in.
    """
    check_deployment(node, deployment)
    found = Verification(block, lines=len(lines))
    with _fresh_database(deployment) as (sessions, mirror):
        _index(until(node, block), sessions, deployment, report)
        with sessions() as session:
            fresh = list(lines_of(session, mirror.consortium.id, deployment))
            found.events = session.scalar(select(func.count()).select_from(EventRecord)) or 0
        found.equal_bytes = fresh == list(lines)
        found.line_differences = compare_lines(lines, fresh)
        _compare_views(found, mirror, deployment, node, report)
        if not found.comparison.answers:
            _index(node, sessions, deployment, report)
            _compare_views(found, mirror, deployment, node, report)
    return found


def compare_lines(export: Sequence[str], fresh: Sequence[str]) -> list[LineDifference]:
    """Name the lines that only one side has, in the order of their places; none if they differ in order only."""
    ours, theirs = set(export), set(fresh)
    only = [LineDifference(at, line, in_export=True) for at, line in enumerate(export, 1) if line not in theirs]
    only += [LineDifference(at, line, in_export=False) for at, line in enumerate(fresh, 1) if line not in ours]
    return sorted(only, key=lambda each: (each.number, not each.in_export))


def same_contracts(ours: Deployment, theirs: Deployment) -> bool:
    """Whether two records are of the same contracts."""
    return first_line(ours) == first_line(theirs)


@contextmanager
def _fresh_database(deployment: Deployment) -> Iterator[tuple[sessionmaker[Session], Mirror]]:
    with TemporaryDirectory(prefix="zbor-verify-") as folder:
        url = f"sqlite:///{folder}/mirror.db"
        upgrade(url)
        engine = engine_from(url)
        sessions = session_factory(engine)
        try:
            yield sessions, _mirror(sessions, deployment, Path(folder) / "documents")
        finally:
            engine.dispose()


def _mirror(sessions: sessionmaker[Session], deployment: Deployment, documents: Path) -> Mirror:
    consortium = Consortium(
        id=1,
        name=deployment.network,
        notice=None,
        chain_id=deployment.chain_id,
        registry=deployment.registry,
        rulebook=deployment.rulebook,
        records=deployment.records,
        start_block=deployment.block,
        documents=DocumentStore(documents),
        calls=CallBook(deployment),
    )
    return Mirror(sessions, consortium, lambda: 0)


def _index(node: Node, sessions: sessionmaker[Session], deployment: Deployment, report: Report) -> None:
    def tell(progress: Progress) -> None:
        first = deployment.block
        report("reading blocks", progress.next_block - first, progress.head_number + 1 - first)

    Follower(node, sessions, deployment).follow_once(tell)


def _compare_views(found: Verification, mirror: Mirror, deployment: Deployment, node: Caller, report: Report) -> None:
    with mirror.reading() as reading:
        claims = list(all_claims(reading, deployment))
        as_of = reading.as_of
    found.comparison = compare(
        node, claims, Hash32(as_of.block_hash), lambda put: report("asking the contracts", put, len(claims))
    )
    found.compared_at = as_of.block_number
