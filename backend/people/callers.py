"""Callers: in which role somebody asks, and what follows from it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.people.refusals import NotAllowedError


class Role(StrEnum):
    """In which role somebody asks."""

    REPRESENTATIVE = "representative"
    """Whoever holds the current wallet of a member."""
    COORDINATOR = "coordinator"
    """An office of the registry, or a wallet that the operator lists."""
    AUDITOR = "auditor"
    """Reads much and changes nothing."""
    MACHINE = "machine"
    """A program with a token."""


class Scope(StrEnum):
    """What somebody may do."""

    DOCUMENTS_WRITE = "documents:write"
    WEBHOOKS_WRITE = "webhooks:write"
    RELAY_SUBMIT = "relay:submit"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    TOKENS_WRITE = "tokens:write"
    NOTICES_WRITE = "notices:write"


SCOPES_OF: dict[Role, frozenset[Scope]] = {
    Role.REPRESENTATIVE: frozenset(
        {Scope.DOCUMENTS_WRITE, Scope.WEBHOOKS_WRITE, Scope.RELAY_SUBMIT, Scope.PEOPLE_READ, Scope.PEOPLE_WRITE}
    ),
    Role.COORDINATOR: frozenset(Scope),
    Role.AUDITOR: frozenset({Scope.PEOPLE_READ}),
    Role.MACHINE: frozenset({Scope.DOCUMENTS_WRITE, Scope.WEBHOOKS_WRITE, Scope.RELAY_SUBMIT}),
}
"""What a role may do at most; a token names a part of it."""


TOKEN, WALLET = "token ", "wallet "
"""How the name of a caller begins, before the name of the token or the address."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks, once that is known."""

    role: Role
    scopes: frozenset[Scope]
    member_id: int | None
    """The member they act for; None where they act for none."""
    wallet: str | None
    """The wallet they signed in with; None for a token."""
    token: str | None = None
    """Public name of the token; None for a session."""
    person: str | None = None
    """Pseudonym of the representative on file, if there is one."""
    ends_at: int | None = None
    """Last second of their session; None for a token."""

    @property
    def name(self) -> str:
        """What logs and other tables may call them: never a person's name."""
        return f"{TOKEN}{self.token}" if self.token else f"{WALLET}{self.wallet}"

    def require(self, scope: Scope) -> None:
        """See that they may do this.

        Raises:
            NotAllowedError: they may not.
        """
        if scope not in self.scopes:
            raise NotAllowedError(f"This needs the scope {scope}, which the role {self.role} was not given here.")

    def require_member(self, member_id: int | None) -> None:
        """See that they act for this member, or for the whole consortium as its coordinator.

        Raises:
            NotAllowedError: they act for another, or for none.
        """
        if self.role is not Role.COORDINATOR and (member_id is None or self.member_id != member_id):
            raise NotAllowedError("This belongs to another member. Only that member and the coordinator may do it.")
