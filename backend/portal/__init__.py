"""The portal: server-rendered pages of the same views as the API, and one small module with which a member votes."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from backend.portal.decision_pages import DecisionPages
from backend.portal.desk_pages import DeskPages
from backend.portal.failures import error_handlers
from backend.portal.guide_pages import GuidePages
from backend.portal.home_pages import HomePages
from backend.portal.mandate_giving_pages import MandateGivingPages
from backend.portal.notices_pages import NoticesPages
from backend.portal.organisation_pages import OrganisationPages
from backend.portal.page_allowance import pages_within
from backend.portal.pages import Pages
from backend.portal.participation_pages import ParticipationPages
from backend.portal.proposing_pages import LONGEST_PREVIEW, ProposingPages
from backend.portal.receipt_pages import ReceiptPages
from backend.portal.record_pages import RecordPages
from backend.portal.rendering import STATIC
from backend.portal.style_sheets import joined_sheets
from backend.queries.mirror import Mirror
from backend.settings import Settings

__all__ = ["STATIC", "build_portal", "error_handlers"]


def build_portal(mirror: Mirror, settings: Settings) -> APIRouter:
    """Make the routes of all pages; they answer HTML and stay out of the API's description."""
    pages, records, guides = Pages(mirror, settings), RecordPages(mirror, settings), GuidePages(mirror, settings)
    receipts = ReceiptPages(mirror, settings)
    allowed = Depends(pages_within(settings.requests_per_minute))
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False, dependencies=[allowed])
    router.add_api_route("/", HomePages(mirror, settings).home)
    router.add_api_route("/proposals", pages.proposals)
    router.add_api_route("/proposals/{proposal_id}", pages.proposal)
    router.add_api_route("/proposals/{proposal_id}/code.svg", receipts.code)
    router.add_api_route("/receipts", receipts.receipts)
    router.add_api_route("/receipts/{transaction}", receipts.transaction)
    router.add_api_route("/receipts/{proposal_id}/{member}", receipts.ballot)
    router.add_api_route("/decisions", DecisionPages(mirror, settings).decisions)
    router.add_api_route("/members", pages.members)
    router.add_api_route("/members/{key}", pages.member)
    router.add_api_route("/bodies", pages.bodies)
    router.add_api_route("/mandates", records.mandates)
    router.add_api_route("/minutes", records.minutes)
    router.add_api_route("/participation", ParticipationPages(mirror, settings).participation)
    router.add_api_route("/how-it-works", guides.how_it_works)
    router.add_api_route("/verify", guides.verify)
    router.add_api_route("/sheets/{names}.css", joined_sheets)
    router.add_api_route("/status", pages.status)
    router.add_api_route("/mandates/give", MandateGivingPages(mirror, settings).give)
    router.add_api_route("/desk", DeskPages(mirror, settings).desk)
    _add_pages_of_members(router, mirror, settings)

    notices = NoticesPages(mirror, settings)
    router.add_api_route("/notices/unsubscribe", notices.ask)
    router.add_api_route("/notices/unsubscribe", notices.change, methods=["POST"])
    return router


def _add_pages_of_members(router: APIRouter, mirror: Mirror, settings: Settings) -> None:
    organisation, proposing = OrganisationPages(mirror, settings), ProposingPages(mirror, settings)
    router.add_api_route("/sign-in", organisation.sign_in)
    router.add_api_route("/organisation", organisation.organisation)
    router.add_api_route("/propose", proposing.choose)
    router.add_api_route("/propose/{kind}", proposing.form)
    router.add_api_route("/propose/{kind}/preview", proposing.preview, methods=["POST"], max_body_size=LONGEST_PREVIEW)
    router.add_api_route("/drafts", proposing.drafts)
