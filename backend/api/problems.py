"""The list of refusals: what each stable code means and what to do about it."""

from __future__ import annotations

from fastapi import APIRouter

from backend.api.answers import Model
from backend.api.errors import MEANINGS

router = APIRouter(tags=["status"])


class ProblemMeaning(Model):
    """What one code means."""

    code: str
    """Stable; programs may rely on it."""
    status: int
    title: str
    what_to_do: str


@router.get("/problems", summary="List the refusals")
def get_problems() -> tuple[ProblemMeaning, ...]:
    """Every code a refusal may carry. The same whatever the mirror holds, so it names no block."""
    return tuple(
        ProblemMeaning(code=code, status=meaning.status, title=meaning.title, what_to_do=meaning.what_to_do)
        for code, meaning in MEANINGS.items()
    )
