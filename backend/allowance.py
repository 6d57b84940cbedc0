"""How many requests a client has left: a bucket for each, filled steadily and never beyond the brim.

The library `limits` counts in windows, and one of its windows lets twice the number through around its edge; a bucket
takes thirty lines, and the most clients it remembers is a number.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import ip_address

MOST_CLIENTS = 50_000
"""Buckets in memory; beyond that, those are forgotten that were asked longest ago, which by then are mostly full."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What became of one request."""

    admitted: bool
    left: int
    """Requests that would be admitted at once."""
    wait: int
    """Seconds after which at least one would be."""


class Allowance:
    """Grants each client so many requests a minute, as many of them at once as it likes."""

    def __init__(self, per_minute: int, most_clients: int = MOST_CLIENTS) -> None:
        self.per_minute = per_minute
        self._most_clients = most_clients
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> Grant:
        """Take one request out of the client's bucket in second `now` of any steady clock."""
        level, then = self._buckets.pop(client, (float(self.per_minute), now))
        level = min(self.per_minute, level + (now - then) * self.per_minute / 60)
        admitted = level >= 1
        level -= admitted
        self._buckets[client] = level, now
        if len(self._buckets) > self._most_clients:
            self._buckets.popitem(last=False)
        wait = 0 if level >= 1 else math.ceil((1 - level) * 60 / self.per_minute)
        return Grant(admitted, int(level), wait)


def client_of(host: str) -> str:
    """Name the client behind an address: of IPv6 the network of 64 bits, all of which one client may have."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(ip_address(int(address) >> 64 << 64))
