"""Several style sheets in one answer: on a slow connection each further file costs a page a fifth of a second."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import HTTPException
from fastapi.responses import Response

SHEETS: Final = Path(__file__).parent / "static"
FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
"""The address changes with the content."""


@cache
def joined_address(*names: str) -> str:
    """Where these sheets of the static folder are had as one, in this order."""
    digest = hashlib.sha256(joined(*names)).hexdigest()[:12]
    return f"/sheets/{'+'.join(name.removesuffix('.css') for name in names)}.css?v={digest}"


def joined_sheets(names: str) -> Response:
    """Answer with the sheets named in the address, parted by plus signs; what is no sheet of ours is not there."""
    wanted = [f"{name}.css" for name in names.split("+")]
    known = {path.name for path in SHEETS.glob("*.css")}
    if not known.issuperset(wanted) or len(set(wanted)) < len(wanted):
        raise HTTPException(404)
    return Response(joined(*wanted), media_type="text/css", headers=FOREVER)


def joined(*names: str) -> bytes:
    """The sheets one after another."""
    return b"\n".join((SHEETS / name).read_bytes() for name in names)
