"""Bodies: the organs of the consortium, each with an electorate of its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.domain.members import MemberClass
from backend.domain.values import Address, BodyId


@dataclass(frozen=True, slots=True)
class Body:
    """An organ of the consortium: a governor that counts, and a timelock that acts."""

    id: BodyId
    name: str
    governor: Address
    timelock: Address
    classes: int
    """Bitmap: bit `1 << class` for each class whose members all vote here; 0 for a body of seats."""

    @property
    def seated(self) -> bool:
        """Whether members vote here because they hold a seat, not because of their class."""
        return self.classes == 0

    def includes(self, member_class: MemberClass) -> bool:
        """Whether every member of the class votes here."""
        return bool(self.classes & (1 << member_class))


def mask_of(classes: Iterable[MemberClass]) -> int:
    """Write classes as the bitmap the registry keeps: bit `1 << class`."""
    return sum({1 << member_class for member_class in classes})


def classes_of(mask: int) -> tuple[MemberClass, ...]:
    """Read the classes back from their bitmap, founding members first."""
    return tuple(member_class for member_class in MemberClass if mask & (1 << member_class))


def reference_of(body_name: str, number: int) -> str:
    """Name a proposal for people: initials of its body and its running number there, such as GA-7.

    A body name is words joined by underscores or spaces, such as `general_assembly`.
    """
    return f"{initials_of(body_name)}-{number}"


def initials_of(body_name: str) -> str:
    """Shorten the name of a body: GA for `general_assembly`, JU for `jury`."""
    words = body_name.replace("_", " ").split()
    return (words[0][:2] if len(words) == 1 else "".join(word[0] for word in words)).upper()
