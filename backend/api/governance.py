"""The law in force as a text for people, in the reader's language."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from backend.api.as_of_header import NAME as AS_OF
from backend.api.as_of_header import as_of_header
from backend.api.errors import problems
from backend.api.parameters import WholeRead
from backend.api.phrases import AcceptLanguage, Language, wanted_by
from backend.api.replies import respond_bytes
from backend.queries.law import read_law

router = APIRouter(tags=["commons"])

MEDIA_TYPE = "text/markdown"


@router.get(
    "/commons/governance.md",
    response_class=Response,
    responses={
        200: {"description": "The law in force.", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
        **problems(),
    },
    summary="Read the law in force, whole, in plain words",
)
def get_governance(
    request: Request, read: WholeRead, language: Language = None, accept_language: AcceptLanguage = ""
) -> Response:
    """Every body, what it decides and who votes there, and every rule in force, as the contracts have them.

    Markdown in the first language that is wanted and spoken here, else in English.
    """
    phrases, wanted = wanted_by(request, language, accept_language)
    spoken = phrases.choose(wanted)
    text = phrases.governance(spoken, read.now, read_law(read.session, read.consortium, read.now))
    headers = {AS_OF: as_of_header(read.as_of), "content-language": spoken, "vary": "Accept-Language"}
    return respond_bytes(request, text.encode(), f"{MEDIA_TYPE}; charset=utf-8", headers)
