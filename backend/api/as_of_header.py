"""The block an answer speaks of, for answers whose form has no place for it."""

from __future__ import annotations

from backend.api.answers import rfc3339
from backend.queries.views import AsOf

NAME = "zbor-as-of"


def as_of_header(as_of: AsOf) -> str:
    """Write the block as a dictionary of RFC 9651, with the names and values that `as_of` has in JSON.

    The lag is left out: it changes each second.
    """
    return (
        f'chain="eip155:{as_of.chain_id}", block={as_of.block_number}, hash="{as_of.block_hash}", '
        f'time="{rfc3339(as_of.block_time)}", finality={as_of.finality}, revision={as_of.revision}'
    )
