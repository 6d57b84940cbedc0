"""Compares the mirror with the contracts' own views, a part at a time, always at the mirror's own block.

Both sides are asked about the end of one block, by its hash, so that nothing that happens meanwhile counts. Proposals
that are open or closed of late come first; everything else has its turn. A difference is an alarm until the same
subject is seen to agree again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from backend.audit.claims import Claim, Difference
from backend.audit.comparison import Comparison, compare
from backend.audit.rota import Rota
from backend.chain.contracts import Deployment
from backend.chain.views import Caller
from backend.database.comparison import ComparisonRecord, DifferenceEntry
from backend.database.journal import CursorRecord
from backend.database.session import writing_factory
from backend.domain.values import Hash32
from backend.errors import MirrorBusyError, MirrorEmptyError, NodeUnavailableError
from backend.queries.mirror import Mirror
from backend.queries.views import AsOf

MOST_KEPT = 100
"""Differences that are kept and shown; where there are more, the first say enough."""
TIMES_TO_READ_AGAIN = 3

log = logging.getLogger(__name__)


class Crosscheck:
    """Looks at one consortium's mirror. Remembers between looks what had its turn and what differed."""

    def __init__(
        self, mirror: Mirror, deployment: Deployment, node: Caller, clock: Callable[[], float] = time.time
    ) -> None:
        self._mirror = mirror
        self._deployment = deployment
        self._node = node
        self._writing = writing_factory(mirror.sessions.kw["bind"])
        self._clock = clock
        self._rota = Rota()
        self._standing = {Difference(**entry) for entry in self._kept()}

    @property
    def differences(self) -> list[Difference]:
        """All that were found and not seen to be gone since."""
        return sorted(self._standing)

    def health(self) -> dict[str, object]:
        """Say in a few words how the mirror compares, for health checks."""
        found = [str(each) for each in self.differences[:MOST_KEPT]]
        return {"status": "differs" if found else "ok", "differences": found}

    def look(self) -> Comparison:
        """Compare the next part, raise an alarm for each new difference, and keep the outcome for whoever asks.

        Raises:
            NodeUnavailableError: the node does not answer.
            MirrorEmptyError: there is nothing to compare yet.
            MirrorBusyError: the mirror would not stand still; it is catching up.
        """
        as_of, claims = self._claims()
        outcome = compare(self._node, claims, Hash32(as_of.block_hash))
        if outcome.answers == 0:
            # After a reorganisation no node knows the mirror's block until the mirror has followed.
            log.info("Nothing compared at block %d: %s", as_of.block_number, outcome.problem)
            return outcome
        self._judge(outcome, as_of)
        self._keep(outcome, as_of)
        return outcome

    def _claims(self) -> tuple[AsOf, Sequence[Claim]]:
        """Read one part of the mirror as of one block, though each statement may see a newer state."""
        for _ in range(TIMES_TO_READ_AGAIN):
            with self._mirror.reading() as reading:
                claims = list(self._rota.next_claims(reading, self._deployment))
                newest = select(CursorRecord.revision).where(CursorRecord.consortium_id == reading.consortium.id)
                if reading.session.scalar(newest) == reading.as_of.revision:
                    return reading.as_of, claims
        raise MirrorBusyError

    def _judge(self, outcome: Comparison, as_of: AsOf) -> None:
        found = set(outcome.differences)
        gone = {each for each in self._standing - found if each.subject in outcome.subjects}
        for difference in sorted(found - self._standing):
            log.error("The mirror differs from the chain at block %d: %s", as_of.block_number, difference)
        for difference in sorted(gone):
            log.warning("The mirror agrees with the chain again: %s, %s", difference.subject, difference.field)
        self._standing = (self._standing - gone) | found

    def _kept(self) -> list[DifferenceEntry]:
        with self._mirror.sessions() as session:
            kept = session.get(ComparisonRecord, self._mirror.consortium.id)
            return [] if kept is None else kept.differences

    def _keep(self, outcome: Comparison, as_of: AsOf) -> None:
        entries = [_entry(each) for each in self.differences[:MOST_KEPT]]
        with self._writing.begin() as session:
            session.merge(
                ComparisonRecord(
                    consortium_id=self._mirror.consortium.id,
                    block_number=as_of.block_number,
                    block_hash=as_of.block_hash,
                    compared_at=self._clock(),
                    answers=outcome.answers,
                    differences=entries,
                )
            )


def _entry(difference: Difference) -> DifferenceEntry:
    return {
        "subject": difference.subject,
        "field": difference.field,
        "mirror": difference.mirror,
        "chain": difference.chain,
    }


def run(crosscheck: Crosscheck, stop: threading.Event, seconds: float) -> None:
    """Look again and again until told to stop; a node or a database that is away is waited for."""
    while not stop.wait(seconds):
        try:
            crosscheck.look()
        except (MirrorBusyError, MirrorEmptyError) as error:
            log.debug("Nothing compared: %s", error)
        except (NodeUnavailableError, OperationalError) as error:
            log.warning("The mirror was not compared with the chain: %s", error)
