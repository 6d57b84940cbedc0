"""The words of the law that answers say, listed in the OpenAPI document from the law's own enumerations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import WithJsonSchema

from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.outcome import Verdict


def _one_of(members: Iterable[Choice | MemberClass | MemberStatus | Verdict]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [member.label for member in members]})


VerdictName = Annotated[str, _one_of(Verdict)]
ChoiceName = Annotated[str, _one_of(Choice)]
ClassName = Annotated[str, _one_of(MemberClass)]
StatusName = Annotated[str, _one_of(MemberStatus)]
