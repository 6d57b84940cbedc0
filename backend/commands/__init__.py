"""The commands of `python -m backend`, one concept in each file.

A file is imported when its command is wanted: who follows a chain needs no web framework, and who asks for the status
waits for none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from backend.commands.command import Command

FILES = {
    "index": "indexing",
    "serve": "serving",
    "relay": "relaying",
    "rebuild": "mirroring",
    "verify": "verifying",
    "export": "mirroring",
    "status": "status",
    "people": "people",
    "tokens": "people",
}
"""Name of the command → the file of this folder that has it, under the same name in capitals."""


class Commands(Mapping[str, Command]):
    """All commands by name."""

    def __getitem__(self, name: str) -> Command:
        command: Command = getattr(import_module(f"backend.commands.{FILES[name]}"), name.upper())
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(FILES)

    def __len__(self) -> int:
        return len(FILES)


COMMANDS = Commands()

__all__ = ["COMMANDS", "Command"]
