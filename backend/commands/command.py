"""What a command is, and how it explains itself."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from textwrap import fill

from backend.exit_codes import ExitCode, explained


def _no_arguments(_: ArgumentParser) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `python -m backend`."""

    name: str
    summary: str
    """One line, for the list of commands."""
    does: str
    """What it does and when to use it, a paragraph or two."""
    needs: str
    """The settings it reads, and what has to be there."""
    example: str
    run: Callable[[Namespace], ExitCode]
    add_arguments: Callable[[ArgumentParser], None] = _no_arguments

    @property
    def description(self) -> str:
        """What stands above the options in its help."""
        return "\n\n".join(fill(paragraph, 100) for paragraph in self.does.split("\n\n"))

    @property
    def epilog(self) -> str:
        """What stands below them."""
        parts = (f"Needs: {self.needs}", explained())
        return "\n\n".join([*(fill(part, 100) for part in parts), f"Example:\n  {self.example}"])
