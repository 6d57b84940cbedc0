"""Receipts of ballots as pages to keep: what was handed in, where on the chain it is, and how to look it up oneself."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

import segno
from fastapi import Query, Request
from fastapi.responses import HTMLResponse, Response

from backend.errors import BallotNotFoundError, InvalidIdentifierError, ProposalNotFoundError
from backend.portal.languages import languages
from backend.portal.visit import Visit, visit
from backend.queries.headings import texts_by_proposal
from backend.queries.members import list_members
from backend.queries.mirror import Mirror
from backend.queries.proposals import find_proposal
from backend.queries.receipts import read_receipts, receipts_in, receipts_of
from backend.queries.views import ProposalView, ReceiptView
from backend.settings import Settings

PER_PAGE: Final = 50
LONGEST_CODE: Final = 31
"""Letters of a member's code."""
_TRANSACTION: Final = re.compile(r"0x[0-9a-f]{64}")
_PROPOSAL: Final = re.compile(r"[0-9]{1,58}")
Skipped = Annotated[int, Query(ge=0, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class ShownReceipt:
    """A receipt together with what it is about."""

    receipt: ReceiptView
    proposal: ProposalView


@dataclass(frozen=True, slots=True)
class ReceiptPages:
    """Receipts of one consortium's ballots."""

    mirror: Mirror
    settings: Settings

    def receipts(self, request: Request, skip: Skipped = 0) -> HTMLResponse:
        """The receipts of the organisation that is reading, newest first; for nobody, the choice of one."""
        with visit(self.mirror, self.settings, request) as visited:
            reading, here = visited.reading, visited.frame.here
            members = list_members(reading.session, reading.consortium, reading.now)
            found = None
            if here is not None:
                found = receipts_of(
                    reading.session, reading.consortium, reading.as_of, here.id, limit=PER_PAGE, skip=skip
                )
            ids = [receipt.proposal.id for receipt in found.items] if found else []
            texts = texts_by_proposal(reading.session, reading.consortium, ids)
            return visited.frame.render("receipts.html", member=here, members=members, found=found, texts=texts)

    def transaction(self, request: Request, transaction: str, member: str = "") -> HTMLResponse:
        """The ballots that one transaction brought; only one member's, if it is named.

        Raises:
            BallotNotFoundError: it brought none, or none of that member.
        """
        if not _TRANSACTION.fullmatch(transaction):
            raise InvalidIdentifierError("transaction", "must be 0x and 64 hexadecimal digits")
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            found = receipts_in(reading.session, reading.consortium, reading.as_of, transaction)
            wanted = [each for each in found if member in ("", str(each.member.id), each.member.code)]
            return self._show(visited, wanted)

    def ballot(self, request: Request, proposal_id: str, member: str) -> HTMLResponse:
        """A member's ballot on a proposal, with those it took the place of.

        Raises:
            NotFoundError: no such proposal, member or ballot.
        """
        if not _PROPOSAL.fullmatch(proposal_id):
            raise ProposalNotFoundError(proposal_id[:58])
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            found = read_receipts(reading.session, reading.consortium, reading.as_of, int(proposal_id), member)
            return self._show(visited, found)

    def _show(self, visited: Visit, found: Sequence[ReceiptView]) -> HTMLResponse:
        if not found:
            raise BallotNotFoundError("of that member")
        reading = visited.reading
        proposals = {
            (number, governor): find_proposal(
                reading.session, reading.consortium, number, reading.now, governor=governor
            )
            for number, governor in {(each.proposal.id, each.governor) for each in found}
        }
        shown = [ShownReceipt(each, proposals[each.proposal.id, each.governor]) for each in found]
        return visited.frame.render(
            "receipt.html",
            receipts=shown,
            node=self.settings.wallet_rpc_url or "https://<node>",
            origin=self.settings.origin,
        )

    def code(self, proposal_id: str, lang: str = "", organisation: str = "") -> Response:
        """The address of a proposal's page as a QR code, for the camera of the device that has the wallet.

        That device then speaks the same language and reads for the same organisation.

        Raises:
            ProposalNotFoundError: that is no id of a proposal.
        """
        if not _PROPOSAL.fullmatch(proposal_id):
            raise ProposalNotFoundError(proposal_id[:58])
        kept = {"lang": lang if lang in languages() else "", "organisation": organisation[:LONGEST_CODE]}
        query = urlencode({name: value for name, value in kept.items() if value})
        drawn = io.BytesIO()
        made = segno.make(f"{self.settings.origin}/proposals/{proposal_id}?{query}".rstrip("?"), micro=False, error="m")
        made.save(drawn, kind="svg", xmldecl=False, light="#fff", border=2, omitsize=True)
        return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"cache-control": "max-age=3600"})
