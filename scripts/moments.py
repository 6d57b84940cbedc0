"""Seconds of the chain as people write and read them."""

from __future__ import annotations

from datetime import UTC, datetime


def second_of(text: str) -> int:
    """Read a moment: ISO 8601 such as 2027-03-01T09:00+01:00 (UTC where no zone is given), or seconds since 1970.

    Raises `ValueError` for anything else.
    """
    if text.isascii() and text.isdecimal():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text}: give a moment such as 2027-03-01T09:00+01:00, or seconds since 1970") from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def written(second: int) -> str:
    """Write a second as date and time, such as 2027-03-01 08:00:00 UTC."""
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%d %H:%M:%S} UTC"
