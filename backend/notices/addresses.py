"""Which addresses may be called: public ones, however they are written, and those the operator lists."""

from __future__ import annotations

import re
import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from backend.notices.refusals import AddressRefusedError

LONGEST = 2_000
LOWEST_PORT = 1_024
"""Below it are the services of machines; 443 is the one that may be called."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is given out to the internet; Python calls much beyond it global, such as the old site-local."""
_NOT_PUBLIC = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv6Network("3fff::/20"))
"""Kept for purposes of their own; Python's list does not have them. In the first lies a cloud's metadata."""
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)
"""Third quarter of an IPv6 address whose last is an IPv4 address within one organisation's network."""
_NUMERIC = re.compile(r"[0-9a-fx.]+", re.IGNORECASE)
_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?")


def check_url(url: str, listed: Collection[str] = ()) -> None:
    """See that a URL may be subscribed with. What its name resolves to is checked anew before each call.

    Raises:
        AddressRefusedError: says why it may not.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefusedError("is not an address") from error
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressRefusedError(f"must be at most {LONGEST} printable ASCII characters")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefusedError("must name neither user nor fragment")
    if parts.scheme in ("http", "https") and is_listed(parts.hostname or "", port or _usual_port(parts), listed):
        return
    _require_public(parts, port)


def is_listed(host: str, port: int, listed: Collection[str]) -> bool:
    """Whether the operator lets this host be called whatever it resolves to."""
    return bool({host, f"{host}:{port}"} & set(listed))


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet can reach; also those hidden within others."""
    ip = ip_address(address.partition("%")[0])
    if any(ip in network for network in _NOT_PUBLIC) or ip.is_multicast:
        return False
    if isinstance(ip, IPv4Address):
        return ip.is_global
    stands_for_another = ip.ipv4_mapped is not None or ip in _TRANSLATED
    return (stands_for_another or (ip in _UNICAST and ip.is_global)) and all(map(is_public, map(str, _inner(ip))))


def _inner(ip: IPv6Address) -> list[IPv4Address]:
    hidden = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _TRANSLATED or (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
        hidden.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [each for each in hidden if each is not None]


def _usual_port(parts: SplitResult) -> int:
    return 443 if parts.scheme == "https" else 80


def _require_public(parts: SplitResult, port: int | None) -> None:
    if parts.scheme != "https":
        raise AddressRefusedError("must begin with https://")
    if port not in (None, 443) and not (port or 0) >= LOWEST_PORT:
        raise AddressRefusedError(f"must name port 443 or one from {LOWEST_PORT} on")
    host = (parts.hostname or "").removesuffix(".")
    if "%" in host or ("[" in parts.netloc) != (":" in host):
        raise AddressRefusedError("must name a host, or an address without a zone")
    literal = _literal(host)
    if literal is not None:
        if not is_public(literal):
            raise AddressRefusedError("is not a public address")
    elif not _NAME.fullmatch(host) or "." not in host:
        raise AddressRefusedError("must name a host on the internet")


def _literal(host: str) -> str | None:
    if ":" in host:
        return host
    if not _NUMERIC.fullmatch(host):
        return None
    try:
        # Also 2130706433, 0177.0.0.1 and 0x7f.1, as the system itself would read them.
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
