"""What the list of proposals may be asked with.

One manner for all filters: a parameter given several times, or once with `_in` and commas, means any of its values;
`_from` and `_to` bound a time and include the bound, `_gt` and `_lt` leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.api.parameters import CURSOR, NAME, After, Before, From, Name, To
from backend.domain.proposals import ProposalState
from backend.errors import InvalidFilterError
from backend.queries.proposal_filters import ALWAYS, ProposalFilter, Span

Listed = Annotated[str, StringConstraints(pattern=rf"{NAME[:-1]}(,{NAME[1:-1]}){{0,49}}$")]
"""Names separated by commas."""
Sort = Literal["created_at", "-created_at", "opens_at", "-opens_at", "closes_at", "-closes_at", "number", "-number"]


class ProposalQuery(BaseModel):
    """Filters of the list of proposals."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    state: list[ProposalState] = Field([], max_length=len(ProposalState))
    """Only in this state; several mean any of them."""
    state_in: Listed | None = None
    """States separated by commas."""
    kind: list[Name] = Field([], max_length=50)
    """Only of the kind of this name; several mean any of them."""
    kind_in: Listed | None = None
    """Kinds separated by commas."""
    body: list[Name] = Field([], max_length=50)
    """Only of the body of this name; several mean any of them."""
    body_in: Listed | None = None
    """Bodies separated by commas."""
    proposer: Name | None = None
    """Number or code of the member that proposed."""
    party: Name | None = None
    """Number or code of the member that the action names."""
    voter: Name | None = None
    """Number or code of a member whose ballot counts on it."""
    awaits: Name | None = None
    """Number or code of a member that may vote on it now and has handed in no ballot."""
    q: Annotated[str, StringConstraints(min_length=2, max_length=100)] | None = None
    """Words that its titles and summaries hold, in any language; case and accents do not matter."""
    created_from: From = None
    created_to: To = None
    created_gt: After = None
    created_lt: Before = None
    opens_from: From = None
    opens_to: To = None
    opens_gt: After = None
    opens_lt: Before = None
    closes_from: From = None
    closes_to: To = None
    closes_gt: After = None
    closes_lt: Before = None
    sort: Sort | None = None
    """Another order: by a time or the running number, ascending, or descending with a minus. Without it: open ones
    first by deadline, then pending ones by opening, then closed ones, newest first."""
    limit: int = Field(50, ge=1, le=100)
    """How many at most in this part."""
    cursor: Annotated[str, StringConstraints(pattern=CURSOR)] | None = None
    """`next_cursor` of the part before; filters and order must be the same."""

    def filter(self) -> ProposalFilter:
        """Say it in the words of the queries.

        Raises:
            InvalidFilterError: `state_in` holds a word that is no state.
        """
        return ProposalFilter(
            states=(*self.state, *_states(self.state_in)),
            kinds=(*self.kind, *_listed(self.kind_in)),
            bodies=(*self.body, *_listed(self.body_in)),
            proposer=self.proposer,
            party=self.party,
            voter=self.voter,
            awaits=self.awaits,
            words=self.q,
            times={name: bounds for name, bounds in self._times() if bounds != ALWAYS},
        )

    def _times(self) -> Iterator[tuple[str, Span]]:
        yield "created", span(self.created_from, self.created_to, self.created_gt, self.created_lt)
        yield "opens", span(self.opens_from, self.opens_to, self.opens_gt, self.opens_lt)
        yield "closes", span(self.closes_from, self.closes_to, self.closes_gt, self.closes_lt)


def span(
    first: datetime | None, last: datetime | None, after: datetime | None = None, before: datetime | None = None
) -> Span:
    """Bound a time by its first and last second, or by those just outside."""
    since = [int(first.timestamp())] if first else []
    until = [int(last.timestamp())] if last else []
    since += [int(after.timestamp()) + 1] if after else []
    until += [int(before.timestamp()) - 1] if before else []
    return Span(max(since, default=None), min(until, default=None))


def _listed(names: str | None) -> tuple[str, ...]:
    return () if names is None else tuple(names.split(","))


def _states(names: str | None) -> tuple[ProposalState, ...]:
    known = {state.value: state for state in ProposalState}
    for name in _listed(names):
        if name not in known:
            raise InvalidFilterError("state_in", name, tuple(known))
    return tuple(known[name] for name in _listed(names))
