"""Documents in a folder, one file each; writing is atomic."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from backend.documents.keeper import MOST_BYTES, Kind
from backend.documents.kept_texts import Mark


class Folder:
    """Keeps `texts/<cid>` and `reasons/<commitment>`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, kind: Kind, name: str) -> bytes | None:
        """Read the file; one that is too long is cut short, and so hashes to another name."""
        try:
            with (self._folder / kind / name).open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return None

    def read_all(self, kind: Kind, names: Collection[str]) -> dict[str, bytes]:
        """Read the files of these names that there are."""
        if not (self._folder / kind).is_dir():
            return {}
        found = ((name, self.read(kind, name)) for name in names)
        return {name: data for name, data in found if data is not None}

    def mark(self, kind: Kind, name: str) -> Mark | None:
        """What changes when anything is written to the file; None where there is none."""
        try:
            status = (self._folder / kind / name).stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns

    def write(self, kind: Kind, name: str, data: bytes) -> None:
        """Write the file; whoever reads meanwhile sees the old one or the new one, never half of it."""
        path = self._folder / kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def erase(self, kind: Kind, name: str) -> bool:
        """Remove the file."""
        path = self._folder / kind / name
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed
