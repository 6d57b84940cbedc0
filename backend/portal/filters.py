"""The filters of the list of proposals as plain links, so that the address keeps them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the reader narrowed the list down to; an empty string narrows nothing."""

    state: str = ""
    kind: str = ""
    body: str = ""
    cursor: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.state or self.kind or self.body)

    @property
    def address(self) -> str:
        """The address of the list narrowed down like this."""
        chosen = {name: getattr(self, name) for name in ("state", "kind", "body", "cursor") if getattr(self, name)}
        return f"/proposals?{urlencode(chosen)}" if chosen else "/proposals"

    def after(self, cursor: str) -> ListFilter:
        """The same list, further down."""
        return replace(self, cursor=cursor)


@dataclass(frozen=True, slots=True)
class FilterLink:
    """One choice of a filter, as a link."""

    code: str
    address: str
    chosen: bool


def filter_links(current: ListFilter, name: str, codes: Iterable[str]) -> tuple[FilterLink, ...]:
    """One link for each code, choosing it; the link of a chosen code takes it back. All start from the top."""
    top = replace(current, cursor="")
    chosen = getattr(current, name)
    return tuple(
        FilterLink(code, replace(top, **{name: "" if code == chosen else code}).address, code == chosen)
        for code in codes
    )
