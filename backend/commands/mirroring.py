"""`rebuild` and `export`: what an operator does with a mirror."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from backend.audit.export_file import count_of, lines_of
from backend.commands.command import Command
from backend.commands.opening import DATABASE, opened
from backend.commands.progress_bar import ProgressBar
from backend.database.journal import CursorRecord
from backend.database.session import writing_factory
from backend.errors import MirrorEmptyError
from backend.exit_codes import ExitCode
from backend.indexer import journal
from backend.indexer import rebuild as rebuilding


def rebuild(_: Namespace) -> ExitCode:
    """Empty the records and derive them from the journal again."""
    with opened() as installation, writing_factory(installation.engine).begin() as session:
        cursor = session.get(CursorRecord, installation.consortium_id, with_for_update=True)
        if cursor is None:
            raise MirrorEmptyError
        total = journal.count(session.connection(), installation.consortium_id)
        with ProgressBar("replaying events", total) as bar:
            replayed = rebuilding.rebuild(session, installation.consortium_id, bar.reach)
        cursor.revision += 1
    print(f"Replayed {replayed} events.")  # noqa: T201
    return ExitCode.DONE


def export(arguments: Namespace) -> ExitCode:
    """Write all records, one line of JSON each; the same chain gives the same bytes."""
    with opened() as installation, installation.sessions() as session, _file(arguments.output) as out:
        total = count_of(session, installation.consortium_id)
        # Two bars cannot share a terminal with the lines themselves.
        shown = sys.stderr if arguments.output or not sys.stdout.isatty() else open(os.devnull, "w")  # noqa: PTH123, SIM115
        with ProgressBar("writing rows", total, shown) as bar:
            for number, line in enumerate(lines_of(session, installation.consortium_id, installation.deployment)):
                out.write(line)
                bar.reach(number)
    return ExitCode.DONE


@contextmanager
def _file(output: Path | None) -> Iterator[TextIO]:
    """The file appears under its name only when it is whole."""
    if output is None:
        yield sys.stdout
        return
    part = output.with_name(output.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    part.replace(output)


def _add_output(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of to standard output")


REBUILD = Command(
    name="rebuild",
    summary="derive all records from the journal again",
    does="Empties the records and derives them from the journal of events again, in one transaction: readers see the"
    " old records until it is done. The outcome is what reading the whole chain afresh would give, byte for byte in"
    " its export. Use it after a comparison with the chain has raised an alarm, or after an upgrade that says so. Stop"
    " `index` meanwhile; readers may go on.",
    needs=f"{DATABASE}. No node.",
    example="ZBOR_DEPLOYMENT=deployment.json python -m backend rebuild",
    run=rebuild,
)
EXPORT = Command(
    name="export",
    summary="write all records as lines of JSON",
    does="Writes everything the mirror holds, one line of JSON for each record, in an order that follows from the"
    " records: the same chain gives the same bytes. The first line says which contracts it is about; with it and a"
    " node anybody can check the rest with `verify`. Texts and reasons lie in ZBOR_DOCUMENTS and are not in it.",
    needs=f"{DATABASE}. No node.",
    example="ZBOR_DEPLOYMENT=deployment.json python -m backend export --output zbor.jsonl",
    run=export,
    add_arguments=_add_output,
)
