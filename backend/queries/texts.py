"""Texts of proposals and reasons of ballots, out of the document store; never ones that do not hash to their name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from backend.documents.proposal_text import ProposalDocument
from backend.documents.reasons import BallotName, Reason, is_commitment
from backend.domain.descriptions import parse_description
from backend.queries.consortium import Consortium
from backend.queries.views import AttachmentView, ProposalSummary, TextView


@dataclass(frozen=True, slots=True)
class Texts:
    """What a description on chain stands for."""

    cid: str
    """Empty where the description names none."""
    texts: dict[str, TextView] = field(default_factory=dict)
    """By language; empty where the document is missing, breaks its format or does not match its CID."""
    authoritative: str | None = None
    file_number: str = ""
    """The consortium's own, as the document has it."""
    attachments: tuple[AttachmentView, ...] = ()

    @property
    def authentic(self) -> TextView | None:
        """The text that prevails; None where none is at hand."""
        return None if self.authoritative is None else self.texts.get(self.authoritative)


def texts_of(consortium: Consortium, description: str) -> Texts:
    """Find the texts behind a description, as verified by their hash."""
    return all_texts(consortium, [description])[description]


def all_texts(consortium: Consortium, descriptions: Iterable[str]) -> dict[str, Texts]:
    """Find the texts behind many descriptions at once; by description."""
    cids = {description: parse_description(description).cid for description in descriptions}
    documents = consortium.documents.get_proposals([cid for cid in cids.values() if cid is not None])
    return {description: _texts_in(cid or "", documents.get(cid or "")) for description, cid in cids.items()}


def _texts_in(cid: str, document: ProposalDocument | None) -> Texts:
    if document is None:
        return Texts(cid)
    texts = {
        language: TextView(language, text.title, text.summary, text.body)
        for language, text in sorted(document.texts.items())
    }
    attachments = tuple(AttachmentView(item.name, item.sha256, item.size) for item in document.attachments)
    return Texts(cid, texts, document.authoritative, document.reference, attachments)


@dataclass(frozen=True, slots=True)
class TextInLanguage:
    """The text of a proposal in one language."""

    language: str
    authentic: bool
    """Whether this is the language that prevails."""
    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class TextChoice:
    """The text that suits a reader best; None where none is at hand."""

    text: TextInLanguage | None


def text_for(summary: ProposalSummary, wanted: Sequence[str]) -> TextInLanguage | None:
    """Choose the text in the first of the languages wanted, else the authentic one; None where none is at hand."""
    authentic = summary.authoritative or ""
    by_language = {tag.partition("-")[0]: text for tag, text in sorted(summary.texts.items(), reverse=True)}
    found = next((by_language[language] for language in wanted if language in by_language), None)
    text = found or summary.texts.get(authentic)
    if text is None:
        return None
    return TextInLanguage(text.language, text.language == authentic, text.title, text.summary, text.body)


def commitment_in(reason: str | None) -> str | None:
    """The commitment to a reason; None for anything else a voter wrote on chain, which may be personal."""
    return reason if reason is not None and is_commitment(reason) else None


def reason_behind(consortium: Consortium, commitment: str | None, ballot: BallotName) -> str | None:
    """The words behind a ballot's commitment; None where they are missing, erased or written for another ballot."""
    found = None if commitment is None else reasons_behind(consortium, [commitment]).get(commitment)
    reason = reason_for(found, ballot)
    return None if reason is None else reason.text


def reasons_behind(consortium: Consortium, commitments: Iterable[str | None]) -> dict[str, Reason]:
    """What is at hand behind many commitments; None and repetitions do not matter."""
    wanted = {commitment for commitment in commitments if commitment is not None}
    return consortium.documents.get_reasons(wanted) if wanted else {}


def reason_for(reason: Reason | None, ballot: BallotName) -> Reason | None:
    """The reason itself; None where there is none, or it was written for another ballot."""
    return reason if reason is not None and reason.ballot.names_same(ballot) else None
