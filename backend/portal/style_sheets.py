"""Several style sheets in one answer: on a slow connection each further file costs a page a fifth of a second."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import HTTPException
from fastapi.responses import Response

SHEETS: Final = Path(__file__).parent / "static"
ON_EVERY_PAGE: Final = ("tokens", "frame", "content", "results", "controls")
"""In this order: a later one may refine what an earlier one says."""
FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
"""The address changes with the content."""


@cache
def sheets_address(*further: str) -> str:
    """Where the sheets of every page and these further ones are had as one, in this order."""
    names = ON_EVERY_PAGE + further
    digest = hashlib.sha256(joined(*names)).hexdigest()[:12]
    return f"/sheets/{'+'.join(names)}.css?v={digest}"


def joined_sheets(names: str) -> Response:
    """Answer with the sheets named in the address, parted by plus signs; what is no sheet of ours is not there."""
    wanted = names.split("+")
    known = {path.stem for path in SHEETS.glob("*.css")}
    if not known.issuperset(wanted) or len(set(wanted)) < len(wanted):
        raise HTTPException(404)
    return Response(joined(*wanted), media_type="text/css", headers=FOREVER)


def joined(*names: str) -> bytes:
    """The sheets one after another."""
    return b"\n".join((SHEETS / f"{name}.css").read_bytes() for name in names)
