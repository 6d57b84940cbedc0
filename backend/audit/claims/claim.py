"""One claim of the mirror, and how far a contract's answer differs from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.chain.views import Answer, View

NOTHING = "nothing"
"""Said of what only one side knows."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the mirror says about one subject, as the answer it expects to a question."""

    subject: str
    """For people, such as `member 7`."""
    view: View
    says: Answer
    """Outputs by name; those that are left out are not compared."""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One field in which the mirror and the chain differ."""

    subject: str
    field: str
    """The view and the path in its answer, such as `tallyOf.forVotes`."""
    mirror: str
    chain: str

    def __str__(self) -> str:
        return f"{self.subject}, {self.field}: the mirror says {self.mirror}, the chain {self.chain}"


def differences(claim: Claim, answer: Answer) -> list[Difference]:
    """Name every claimed field in which the answer differs."""
    function = claim.view.function
    # An output without a name of its own goes by that of its function, which need not be said twice.
    found = (
        fault
        for name, value in claim.says.items()
        for fault in _compare(value, answer.get(name, NOTHING), name if name == function else f"{function}.{name}")
    )
    return [Difference(claim.subject, path, str(mirror), str(chain)) for path, mirror, chain in found]


def _compare(mirror: Any, chain: Any, path: str) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401  # any answer
    if isinstance(mirror, Mapping) and isinstance(chain, Mapping):
        for name, value in mirror.items():
            yield from _compare(value, chain.get(name, NOTHING), f"{path}.{name}")
    elif isinstance(mirror, list) and isinstance(chain, list):
        ours, theirs = _by_member(mirror), _by_member(chain)
        for member in sorted(ours.keys() | theirs.keys()):
            yield from _compare(ours.get(member, NOTHING), theirs.get(member, NOTHING), f"{path}.{member}")
    elif mirror != chain:
        yield path, mirror, chain


def _by_member(answers: Sequence[Answer]) -> dict[int, Answer]:
    return {answer["memberId"]: answer for answer in answers}
