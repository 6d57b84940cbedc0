"""Random acts with random arguments, the same for the same seed.

Hypothesis keeps many of its histories short; here every history has all its steps, and what was met is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

Draw = Callable[[Random], Any]


@dataclass(frozen=True)
class Act:
    """Something a history may do next."""

    do: Callable[..., None]
    arguments: dict[str, Draw]
    possible: Callable[[Any], object]
    weight: int

    def happen(self, history: Any, random: Random) -> None:
        """Do it with random arguments, after having told the history's story of it."""
        drawn = {name: draw(random) for name, draw in self.arguments.items()}
        history.story.append(f"{self.do.__name__}({', '.join(f'{name}={value!r}' for name, value in drawn.items())})")
        self.do(history, **drawn)


def act(
    possible: Callable[[Any], object] = bool, weight: int = 2, **arguments: Draw
) -> Callable[[Callable[..., None]], Act]:
    """Make an act of a method; `possible` says of a history whether it may happen now, `weight` how often it does."""
    return lambda do: Act(do, arguments, possible, weight)


def one_of(values: Iterable[Any]) -> Draw:
    """Any of the values."""
    known: Sequence[Any] = list(values)
    return lambda random: random.choice(known)


def several(*draws: Draw, most: int) -> Draw:
    """At least one tuple of such values."""
    return lambda random: [tuple(draw(random) for draw in draws) for _ in range(random.randint(1, most))]


def next_act(history: Any, random: Random) -> Act:
    """Choose what happens next in a history."""
    possible = [one for one in acts_of(type(history)) if one.possible(history)]
    return random.choices(possible, [one.weight for one in possible])[0]


def acts_of(history: type) -> list[Act]:
    """All acts of a class and of those it is made of, in the order of their names."""
    return [getattr(history, name) for name in sorted(dir(history)) if isinstance(getattr(history, name), Act)]


NUMBERS = one_of(range(64))
FLAGS = one_of([False, True])
