"""URIs as RFC 3986 writes them, as patterns. Pure.

What is repeated is never given back, so that any text is read in time that grows with its length alone. Addresses of
IPv6 are only found by the patterns; `whole` says whether they are any.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address

_UNRESERVED = r"A-Za-z0-9\-._~"
_SUB_DELIMS = "!$&'()*+,;="
_ESCAPE = r"%[0-9A-Fa-f]{2}"
CHARACTER = rf"[{_UNRESERVED}{_SUB_DELIMS}:@]|{_ESCAPE}"
"""`pchar`: what segments of a path are made of."""
SCHEME = r"[A-Za-z][A-Za-z0-9+.\-]*+"
USERINFO = rf"(?:[{_UNRESERVED}{_SUB_DELIMS}:]|{_ESCAPE})*+"
NAME = rf"(?:[{_UNRESERVED}{_SUB_DELIMS}]|{_ESCAPE})*+"
"""`reg-name`: the name of a host; addresses of IPv4 are written like one."""
FUTURE = rf"[vV][0-9A-Fa-f]++\.[{_UNRESERVED}{_SUB_DELIMS}:]++"
"""`IPvFuture`."""
AUTHORITY = rf"(?:{USERINFO}@)?+(?:\[(?:[0-9A-Fa-f:.]++|{FUTURE})\]|{NAME})(?::[0-9]*+)?+"
SEGMENT = rf"(?:{CHARACTER})++"
"""`segment-nz`."""
_REST = rf"(?:/(?:{CHARACTER})*+)*+"
FURTHER = rf"(?:{CHARACTER}|[/?])*+"
"""`query` and `fragment`."""
URI = (
    rf"{SCHEME}:(?://{AUTHORITY}{_REST}|/(?:{SEGMENT}{_REST})?+|{SEGMENT}{_REST}|)"
    rf"(?:\?{FURTHER})?+(?:\#{FURTHER})?+"
)
_IN_BRACKETS = re.compile(r"\[([0-9A-Fa-f:.]+)\]")


def whole(matched: str) -> bool:
    """Whether what a pattern matched has no address of IPv6 in it that is none."""
    try:
        for address in _IN_BRACKETS.findall(matched):
            IPv6Address(address)
    except AddressValueError:
        return False
    return True
