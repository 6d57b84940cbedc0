"""Proposal texts and attachments: handed in by representatives, fetched by anybody under the name of their hash."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from backend.api.answers import Answer, AsOfResponse
from backend.api.callers import require
from backend.api.errors import problems
from backend.api.parameters import Read
from backend.api.sessions import private
from backend.documents.keeper import MOST_BYTES
from backend.documents.media_types import ENDINGS, media_type_of
from backend.documents.refusals import DocumentNotFoundError
from backend.people.callers import Caller, Scope
from backend.people.handing_in import hand_in
from backend.queries.mirror import Mirror

router = APIRouter(tags=["documents"])

Cid = Annotated[str, Path(pattern=r"^bafkrei[a-z2-7]{52}$", description="CIDv1, codec raw, SHA-256, in base32.")]
FOREVER = "public, max-age=31536000, immutable"
HARMLESS = {
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
"""A browser that is made to open a document by itself runs nothing of it."""
TEXT = {"type": "object", "description": "The text of a proposal, in the one form that has this hash."}
TAKES = {
    "requestBody": {
        "required": True,
        "description": f"The bytes of the document, {MOST_BYTES} at most.",
        "content": {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in ENDINGS},
    }
}
GIVES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The bytes, as they hash to the name.",
        "content": {
            media_type: {"schema": TEXT if media_type == "application/json" else {"type": "string", "format": "binary"}}
            for media_type in ENDINGS
        },
        "headers": {"ETag": {"description": "The name again, in quotes.", "schema": {"type": "string"}}},
    },
    304: {"description": "You have it already: the name was in `If-None-Match`."},
}


class DocumentResponse(Answer):
    """A document that is kept."""

    cid: str
    """Its name: what goes into the description of a proposal."""
    sha256: str
    """The same hash as a contract takes it."""
    size: int
    """Bytes."""
    media_type: str
    is_new: bool
    """False where it was kept before; that counts for no quota."""
    pinned: bool | None
    """Whether the node of IPFS has it too; null where none is set."""


async def whole_body(request: Request) -> bytes:
    """Read the body; how long it may be is seen to before."""
    return await request.body()


@router.post(
    "/documents",
    response_model=DocumentResponse,
    status_code=201,
    max_body_size=MOST_BYTES,
    responses={200: {"model": DocumentResponse, "description": "Kept before"}, **problems(401, 403, 413, 415, 429)},
    openapi_extra=TAKES,
    summary="Hand in a document",
)
def post_document(
    request: Request,
    read: Read,
    who: Annotated[Caller, Depends(require(Scope.DOCUMENTS_WRITE))],
    data: Annotated[bytes, Depends(whole_body)],
) -> Response:
    """Keep a proposal text (canonical JSON) or an attachment (PDF, PNG, JPEG, plain text), and name it by its hash.

    The name is computed here. Handing in the same bytes again changes nothing, so a request may be repeated safely.
    """
    mirror: Mirror = request.app.state.mirror
    kept = hand_in(mirror, request.app.state.settings, who, data, request.headers.get("content-type"))
    answer = DocumentResponse(as_of=AsOfResponse.of(read.as_of), **asdict(kept))
    response = private(answer, 201 if kept.is_new else 200)
    response.headers["location"] = f"/v1/documents/{kept.cid}"
    return response


@router.get(
    "/documents/{cid}",
    responses={**GIVES, **problems("DOCUMENT_NOT_FOUND", 502)},
    response_class=Response,
    summary="Fetch a document",
)
def get_document(request: Request, cid: Cid) -> Response:
    """The bytes of that name, hashed again before they are handed out; a copy that was changed is never shown.

    They are the same for ever, so they name no block. Browsers are told to save them and to run nothing of them.
    """
    mirror: Mirror = request.app.state.mirror
    headers = {"etag": f'"{cid}"', "cache-control": FOREVER, **HARMLESS}
    data = mirror.consortium.documents.get(cid)
    if data is None:
        raise DocumentNotFoundError(cid)
    if f'"{cid}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    media_type = media_type_of(data)
    name = f"{cid}.{ENDINGS.get(media_type, 'bin')}"
    headers["content-disposition"] = f'attachment; filename="{name}"'
    return Response(data, media_type=media_type, headers=headers)
