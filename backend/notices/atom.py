"""Proposals as an Atom feed (RFC 4287), in pages (RFC 5005)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from backend.notices.titles import one_line, title_in
from backend.queries.views import ProposalSummary

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What one page is made of."""

    name: str
    origin: str
    chain_id: int
    registry: str
    language: str
    query: str
    """Of this page, without the question mark."""
    next_query: str | None
    """Of the next page; None on the last."""
    updated: int
    """When the newest block was read, for a feed without entries."""


def atom_of(page: FeedPage, proposals: Iterable[ProposalSummary], changed: Mapping[int, int]) -> bytes:
    """Write a page. An entry keeps its id for ever; `updated` says when the proposal last changed."""
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": page.language})
    listed = list(proposals)
    _text(feed, "id", f"urn:zbor:eip155:{page.chain_id}:{page.registry.lower()}:proposals")
    _text(feed, "title", one_line(page.name))
    _text(feed, "updated", _time(max((changed[one.id] for one in listed), default=page.updated)))
    own = f"{page.origin}/v1/feed.atom"
    _link(feed, "self", f"{own}?{page.query}" if page.query else own, "application/atom+xml")
    _link(feed, "alternate", f"{page.origin}/", "text/html")
    if page.next_query is not None:
        _link(feed, "next", f"{own}?{page.next_query}", "application/atom+xml")
    for proposal in listed:
        _entry(feed, page, proposal, changed[proposal.id])
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: ET.Element, page: FeedPage, proposal: ProposalSummary, changed_at: int) -> None:
    entry = ET.SubElement(feed, "entry")
    titles = {language: text.title for language, text in proposal.texts.items()}
    summaries = {language: text.summary for language, text in proposal.texts.items()}
    title = title_in(titles, page.language, proposal.authoritative)
    _text(entry, "id", f"urn:zbor:eip155:{page.chain_id}:{proposal.governor.lower()}:{proposal.id}")
    _text(entry, "title", f"{proposal.reference} {title}".strip())
    _text(entry, "updated", _time(changed_at))
    _text(entry, "published", _time(proposal.created_at))
    _text(ET.SubElement(entry, "author"), "name", one_line(proposal.proposer.name) or proposal.proposer.code)
    ET.SubElement(entry, "category", {"term": proposal.state})
    _link(entry, "alternate", f"{page.origin}/proposals/{proposal.id}", "text/html")
    _text(entry, "summary", title_in(summaries, page.language, proposal.authoritative))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, relation: str, address: str, media_type: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "href": address, "type": media_type})


def _time(second: int) -> str:
    return datetime.fromtimestamp(second, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
