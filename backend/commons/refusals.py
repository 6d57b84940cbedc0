"""What is refused to who takes documents and tables away."""

from __future__ import annotations

from backend.errors import ZborError


class TooManyDownloadsError(ZborError):
    """Exports are under way already, too many in all or of this client: wait until one of them has ended."""

    code = "TOO_MANY_DOWNLOADS"

    def __init__(self) -> None:
        super().__init__("Too many exports are being fetched at the moment; wait until one has ended, and ask again.")
