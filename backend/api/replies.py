"""How an answer goes out over HTTP: as JSON, with an entity tag, or not at all where the client has it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType

import msgspec
from fastapi import Request, Response

from backend.api.answers import AsOfResponse, Written
from backend.api.writing import Plain
from backend.errors import InvalidFilterError


def respond(request: Request, answer: Written, language: str | None = None) -> Response:
    """Write the answer as JSON with a weak entity tag; 304 where the client has it already.

    The tag leaves out the lag: it changes each second, and an answer is the same while its content and the mirror's
    revision are.

    Args:
        language: of its sentences, where the reader's wishes chose it.
    """
    content = msgspec.json.encode(_narrowed(answer, request.query_params.getlist("fields")))
    as_of = answer.as_of
    mark = f"{as_of.block_hash}|{as_of.finality}|{as_of.revision}|".encode()
    tag = f'W/"{sha256(mark + content).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if language is not None:
        headers |= {"content-language": language, "vary": "Accept-Language"}
    if has_already(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    rest = b"," + content[1:] if content != b"{}" else b"}"
    body = b'{"as_of":' + AsOfResponse.of(as_of).model_dump_json().encode() + rest
    return Response(body, media_type="application/json", headers=headers)


def has_already(known: str | None, tag: str) -> bool:
    """Whether the client has the answer of that tag, by its `If-None-Match`."""
    return known is not None and tag in (part.strip() for part in known.split(","))


def _narrowed(answer: Written, wanted: Sequence[str]) -> dict[str, Plain]:
    """Keep only the fields that were asked for: those of each item of a list, or those of the answer itself.

    Raises:
        InvalidFilterError: there is no field of that name.
    """
    if not wanted:
        return answer.content
    names = ",".join(wanted).split(",")
    for name in names:
        if name not in answer.fields:
            raise InvalidFilterError("fields", name, tuple(sorted(answer.fields)))
    items = answer.content.get("items")
    if isinstance(items, list):
        return {**answer.content, "items": [{name: item[name] for name in names} for item in items]}
    return {name: answer.content[name] for name in names}


def respond_bytes(
    request: Request, content: bytes, media_type: str, more: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """Write an answer that is not JSON, with a strong entity tag; 304 where the client has it already.

    Args:
        more: headers besides.
    """
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {**more, "etag": tag, "cache-control": "no-cache"}
    known = (part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(","))
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)
