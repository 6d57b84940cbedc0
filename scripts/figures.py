"""What a benchmark prints: one JSON object a line for each figure, the same keys in all of them."""

from __future__ import annotations

from typing import Any

Line = dict[str, Any]


def at_least(figure: str, value: float, unit: str, goal: float, reference: float | None = None) -> Line:
    """A figure that should be great."""
    return line(figure, value, unit, goal, reference, ok=value >= goal)


def at_most(figure: str, value: float, unit: str, goal: float, reference: float | None = None) -> Line:
    """A figure that should be small."""
    return line(figure, value, unit, goal, reference, ok=value <= goal)


def line(
    figure: str,
    value: float,
    unit: str,
    goal: float | None = None,
    reference: float | None = None,
    *,
    ok: bool = True,
) -> Line:
    """One figure; `reference` is a peer's or the floor's, measured in the same run, and `ratio` ours by theirs."""
    return {
        "figure": figure,
        "value": round(value, 3),
        "unit": unit,
        "reference": None if reference is None else round(reference, 3),
        "ratio": round(value / reference, 3) if reference else None,
        "goal": None if goal is None else round(goal, 3),
        "ok": ok,
    }
