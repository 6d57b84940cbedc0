"""Refusals that Zbor expects. Anything else that is raised is a bug.

    ZborError
    ├── SettingsError                  the environment or the deployment record is not usable
    ├── ChainError                     the node, or what it says
    │   ├── NodeUnavailableError
    │   ├── WrongChainError
    │   └── UndecodableLogError
    ├── MirrorError                    the mirror cannot take in or answer for what the chain says
    │   ├── MirrorEmptyError
    │   ├── MirrorBusyError
    │   ├── LeadershipLostError
    │   ├── DatabaseUnavailableError
    │   └── DatabaseNewerError
    ├── NotFoundError                  what was asked for is not on record
    │   ├── MemberNotFoundError
    │   ├── BodyNotFoundError
    │   ├── RuleNotFoundError
    │   ├── KindNotFoundError
    │   ├── ProposalNotFoundError
    │   ├── BallotNotFoundError
    │   └── RelayedBallotNotFoundError
    ├── InvalidRequestError            the question cannot be understood
    │   ├── InvalidCursorError
    │   ├── UnknownParameterError
    │   ├── InvalidFilterError
    │   └── InvalidIdentifierError
    └── DocumentError                  a text or a reason
        ├── InvalidDocumentError
        └── DocumentMismatchError

Refusals to people who sign in are in `people/refusals.py`, to those who hand in documents in `documents/refusals.py`.
Each class has a `code` that never changes and that programs may rely on; the message is for people and says what to do.
What an error means over HTTP is not known here.
"""

from __future__ import annotations

from typing import ClassVar


class ZborError(Exception):
    """Root of all expected refusals."""

    code: ClassVar[str] = "ZBOR_ERROR"

    @property
    def message(self) -> str:
        """What went wrong and what to do about it, in English."""
        return str(self)


class SettingsError(ZborError):
    """A setting is missing or wrong: correct the variable that the message names and start again."""

    code = "SETTINGS_INVALID"

    def __init__(self, variable: str, problem: str) -> None:
        self.variable = variable
        self.problem = problem
        super().__init__(f"{variable}: {problem}")


class ChainError(ZborError):
    """The node, or what it says."""

    code = "CHAIN_ERROR"


class NodeUnavailableError(ChainError):
    """The node does not answer: see that it runs and that ZBOR_RPC_URL is its address."""

    code = "NODE_UNAVAILABLE"

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"The node does not answer ({problem}). See that it runs and that ZBOR_RPC_URL names it.")


class WrongChainError(ChainError):
    """The node serves another chain than the one the contracts were deployed to: point ZBOR_RPC_URL elsewhere."""

    code = "WRONG_CHAIN"

    def __init__(self, expected: int, found: int) -> None:
        self.expected = expected
        self.found = found
        super().__init__(
            f"The node serves chain {found}, but the contracts are on chain {expected}. Change ZBOR_RPC_URL."
        )


class UndecodableLogError(ChainError):
    """A log of one of our contracts does not fit its interface: the program is older or newer than the contracts."""

    code = "UNDECODABLE_LOG"

    def __init__(self, emitter: str, topic: str, problem: str) -> None:
        self.emitter = emitter
        self.topic = topic
        self.problem = problem
        super().__init__(
            f"A log of {emitter} with topic {topic} cannot be decoded ({problem}). "
            "Run the release that matches the contracts."
        )


class MirrorError(ZborError):
    """The mirror cannot take in or answer for what the chain says: rebuild it if the message names nothing better."""

    code = "MIRROR_ERROR"


class MirrorEmptyError(MirrorError):
    """No block was taken in yet: start the indexer, or wait for it."""

    code = "MIRROR_EMPTY"

    def __init__(self) -> None:
        super().__init__("The mirror has not taken in any block yet. Start the indexer or try again shortly.")


class MirrorBusyError(MirrorError):
    """Another indexer holds the lock of this database: stop one of the two."""

    code = "MIRROR_BUSY"

    def __init__(self) -> None:
        super().__init__("Another indexer is writing to this database. Stop it before you start a second one.")


class LeadershipLostError(MirrorError):
    """Another indexer was elected meanwhile: nothing to do, this one stands by again."""

    code = "LEADERSHIP_LOST"

    def __init__(self, term: int) -> None:
        self.term = term
        super().__init__(f"Term {term} of this indexer is over: another was elected. It stands by again.")


class DatabaseUnavailableError(MirrorError):
    """The database does not answer: see that it runs and that ZBOR_DATABASE_URL names it."""

    code = "DATABASE_UNAVAILABLE"

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"The database does not answer ({problem}). See that it runs and ZBOR_DATABASE_URL names it.")


class DatabaseNewerError(MirrorError):
    """A newer release has changed the database: run that one, or this one on a database of its own."""

    code = "DATABASE_NEWER"

    def __init__(self, revision: str) -> None:
        self.revision = revision
        super().__init__(
            f"The database is at revision {revision}, which this release does not know: a newer one has changed it."
            " Run the newer release, or restore the backup made before the upgrade, or point ZBOR_DATABASE_URL to an"
            " empty database."
        )


class NotFoundError(ZborError):
    """What was asked for is not on record: list what there is and choose from that."""

    code = "NOT_FOUND"
    noun: ClassVar[str] = "thing"

    def __init__(self, key: object) -> None:
        self.key = key
        super().__init__(f"There is no {self.noun} {key!s} on record.")


class MemberNotFoundError(NotFoundError):
    """Look it up in the list of members; members are known by number or code."""

    code = "MEMBER_NOT_FOUND"
    noun = "member"


class BodyNotFoundError(NotFoundError):
    """Look it up in the list of bodies; bodies are known by name."""

    code = "BODY_NOT_FOUND"
    noun = "body"


class RuleNotFoundError(NotFoundError):
    """Look it up in the list of rules; rules are known by name or by the number of a version."""

    code = "RULE_NOT_FOUND"
    noun = "rule"


class KindNotFoundError(NotFoundError):
    """Look it up in the list of kinds; kinds are known by name."""

    code = "KIND_NOT_FOUND"
    noun = "kind"


class ProposalNotFoundError(NotFoundError):
    """Look it up in the list of proposals; if it was just published, wait for the mirror to take in its block."""

    code = "PROPOSAL_NOT_FOUND"
    noun = "proposal"


class BallotNotFoundError(NotFoundError):
    """The member has handed in no ballot on the proposal; if it just did, wait for the mirror to take in its block."""

    code = "BALLOT_NOT_FOUND"
    noun = "ballot"


class RelayedBallotNotFoundError(NotFoundError):
    """No ballot was accepted under this id: hand it in again; the same ballot never counts twice."""

    code = "RELAYED_BALLOT_NOT_FOUND"
    noun = "relayed ballot"


class InvalidRequestError(ZborError):
    """The question cannot be understood: correct the parameter that the message names."""

    code = "INVALID_REQUEST"

    def __init__(self, parameter: str, problem: str) -> None:
        self.parameter = parameter
        self.problem = problem
        super().__init__(f"{parameter}: {problem}")


class InvalidCursorError(InvalidRequestError):
    """The cursor was not given out for this query: start again from the first page."""

    code = "INVALID_CURSOR"

    def __init__(self) -> None:
        super().__init__("cursor", "was not given out for this query; start again without one")


class UnknownParameterError(InvalidRequestError):
    """The path takes no parameter of that name: use one of those that the message lists, or leave it out."""

    code = "UNKNOWN_PARAMETER"

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known
        takes = f"takes {', '.join(known)} and nothing else" if known else "takes no parameters"
        super().__init__("query", f"this path {takes}")


class InvalidFilterError(InvalidRequestError):
    """The filter does not take this value: use one of those that the message lists."""

    code = "INVALID_FILTER"

    def __init__(self, parameter: str, value: object, allowed: tuple[str, ...]) -> None:
        self.value = value
        self.allowed = allowed
        super().__init__(parameter, f"{value!s} is not one of {', '.join(allowed)}")


class InvalidIdentifierError(InvalidRequestError):
    """The identifier has the wrong shape: the message says which shape it must have."""

    code = "INVALID_IDENTIFIER"


class DocumentError(ZborError):
    """A text or a reason."""

    code = "DOCUMENT_ERROR"


class InvalidDocumentError(DocumentError):
    """The document breaks the format: correct the part that the message names and publish again."""

    code = "INVALID_DOCUMENT"

    def __init__(self, part: str, problem: str) -> None:
        self.part = part
        self.problem = problem
        super().__init__(f"{part}: {problem}")


class DocumentMismatchError(DocumentError):
    """The bytes at hand are not those that were committed to: restore the file from a copy that hashes right."""

    code = "DOCUMENT_MISMATCH"

    def __init__(self, committed: str, found: str) -> None:
        self.committed = committed
        self.found = found
        super().__init__(f"Committed to {committed}, but the bytes hash to {found}. Restore the file from a true copy.")
