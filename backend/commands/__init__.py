"""The commands of `python -m backend`, one concept in each file."""

from __future__ import annotations

from backend.commands.command import Command
from backend.commands.mirroring import EXPORT, REBUILD, STATUS
from backend.commands.serving import INDEX, SERVE
from backend.commands.verifying import VERIFY

COMMANDS: dict[str, Command] = {command.name: command for command in (INDEX, SERVE, REBUILD, VERIFY, EXPORT, STATUS)}

__all__ = ["COMMANDS", "Command"]
