"""How an answer goes out over HTTP: as JSON, with an entity tag, or not at all where the client has it already."""

from __future__ import annotations

from hashlib import sha256

from fastapi import Request, Response

from backend.api.answers import Answer


def respond(request: Request, answer: Answer) -> Response:
    """Write the answer as JSON with a weak entity tag; 304 where the client has it already.

    The tag leaves out the lag: it changes each second, and an answer is the same while its content and the mirror's
    revision are.
    """
    content = answer.model_dump_json(exclude={"as_of"}).encode()
    block = answer.as_of
    mark = f"{block.hash}|{block.finality}|{block.revision}|".encode()
    tag = f'W/"{sha256(mark + content).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in (part.strip() for part in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    rest = b"," + content[1:] if content != b"{}" else b"}"
    body = b'{"as_of":' + block.model_dump_json().encode() + rest
    return Response(body, media_type="application/json", headers=headers)
