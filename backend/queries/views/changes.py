"""Changes, as their readers see them."""

from __future__ import annotations

from dataclasses import dataclass

from backend.queries.views.answers import Finality


@dataclass(frozen=True, slots=True)
class SubjectView:
    """What a change is about; what does not apply is None."""

    body: str | None = None
    """Name of the body."""
    proposal_id: int | None = None
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of the feed."""

    number: int
    """From 1, without a gap, and never given again."""
    cursor: str
    """Names it across feeds; what comes after it is asked for with it."""
    type: str
    """Noun and what happened to it, such as `ballot.cast`; `reverted` where a reorganisation took a change back."""
    reverts: int | None
    """Number of the change that this one takes back."""
    reverted_type: str | None
    """Type of that change."""
    at: int
    """Second in which it happened."""
    block_number: int
    """Block of the event, or the newest one when the mirror noticed what time had brought about."""
    block_hash: str
    transaction_hash: str | None
    """None for what no transaction brought about."""
    log_index: int | None
    finality: Finality
    subject: SubjectView
    data: dict[str, object]
    """Of the event: its parameters by name; big integers are decimal strings, times RFC 3339."""

    @property
    def about(self) -> str:
        """The type of what happened, or of what was taken back."""
        return self.reverted_type or self.type


@dataclass(frozen=True, slots=True)
class ChangesView:
    """A part of the feed."""

    items: tuple[ChangeView, ...]
    total: int
    """Number of the newest change."""
    next_cursor: str
    """To ask again with, also where there is nothing more at the moment."""
    more: bool
    """Whether there is more already."""
