"""Letters looked at once more before they are sent: who has voted meanwhile, or left, is not written to any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from backend.database.records import BodyRecord, ProposalRecord
from backend.notices.agenda import dates_of
from backend.notices.farewells import farewell_token
from backend.notices.letters import Subject, may_be_written_to
from backend.notices.occasions import Occasion, has_sense
from backend.notices.outbox import Taken
from backend.notices.readers import Reader, readers_of
from backend.queries.filed import Key
from backend.queries.finality import is_settled
from backend.queries.mirror import Reading
from backend.queries.proposals import find_proposal
from backend.queries.views import ProposalView

TOO_LATE, NOT_CONCERNED, NO_ADDRESS = "TOO_LATE", "NOT_CONCERNED", "ADDRESS_NOT_USABLE"


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that can be sent."""

    taken: Taken
    reader: Reader
    subject: Subject


@dataclass(frozen=True, slots=True)
class Sorted:
    """Letters by what becomes of them."""

    ready: list[Ready] = field(default_factory=list)
    hopeless: dict[Taken, str] = field(default_factory=dict)
    """Never to be sent, each with its reason."""
    uncertain: list[Taken] = field(default_factory=list)
    """What they would say may still change."""


def sort(reading: Reading, letters: Sequence[Taken], origin: str, key: str) -> Sorted:
    """Sort letters into those to be sent now, later, and never."""
    desk, found = _Desk(reading, origin, key), Sorted()
    for taken in letters:
        match desk.ready(taken):
            case Ready() as ready:
                found.ready.append(ready)
            case None:
                found.uncertain.append(taken)
            case problem:
                found.hopeless[taken] = problem
    return found


class _Desk:
    """Reads each proposal and its readers once."""

    def __init__(self, reading: Reading, origin: str, key: str) -> None:
        self._reading = reading
        self._origin = origin
        self._seal = key
        self._readers: dict[tuple[Key, Occasion], dict[str, Reader]] = {}
        self._views: dict[Key, ProposalView] = {}

    def ready(self, taken: Taken) -> Ready | str | None:
        reading = self._reading
        proposal = reading.session.get(ProposalRecord, (reading.consortium.id, *taken.key))
        if proposal is None or proposal.canceled_at is not None:
            return TOO_LATE
        if not has_sense(taken.occasion, dates_of(proposal), reading.now):
            return TOO_LATE
        reader = self._readers_of(taken, proposal).get(taken.person)
        if reader is None:
            return NOT_CONCERNED
        if not may_be_written_to(reader.email):
            return NO_ADDRESS
        if taken.occasion is Occasion.RESULT and not is_settled(reading.session, reading.consortium, taken.key[1]):
            return None
        return Ready(taken, reader, self._subject(taken, reader))

    def _readers_of(self, taken: Taken, proposal: ProposalRecord) -> dict[str, Reader]:
        place, reading = (taken.key, taken.occasion), self._reading
        if place not in self._readers:
            found = readers_of(reading.session, reading.consortium, proposal, taken.occasion, reading.now)
            self._readers[place] = {reader.person: reader for reader in found}
        return self._readers[place]

    def _subject(self, taken: Taken, reader: Reader) -> Subject:
        view = self._view(taken.key)
        return Subject(
            occasion=taken.occasion,
            proposal=view,
            consortium=self._reading.consortium.name,
            warning=self._reading.consortium.notice,
            member=reader.member,
            language=reader.language,
            now=self._reading.now,
            page=f"{self._origin}/proposals/{view.summary.id}",
            farewell=f"{self._origin}/notices/unsubscribe?token={quote(farewell_token(self._seal, reader.person))}",
        )

    def _view(self, key: Key) -> ProposalView:
        if key not in self._views:
            reading = self._reading
            governor = reading.session.get_one(BodyRecord, (reading.consortium.id, key[0])).governor
            self._views[key] = find_proposal(
                reading.session, reading.consortium, key[1], reading.now, governor=governor
            )
        return self._views[key]
