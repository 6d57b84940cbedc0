"""The law and its outcomes in plain words, in the reader's language.

Whoever puts the application together hands in who says it: this package knows no language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Protocol

from fastapi import APIRouter, Header, Query, Request, Response

from backend.api.answers import Answer, Model, answer_from
from backend.api.errors import problems
from backend.api.parameters import Governor, NamedProposal, Read, RuleKey
from backend.api.replies import respond
from backend.queries.proposals import find_proposal
from backend.queries.refs import body_names, member_names
from backend.queries.rules import find_rule
from backend.queries.texts import TextChoice, text_for
from backend.queries.views import LawView, ProposalView, ProposalWords, RuleView, RuleWords

router = APIRouter()

Language = Annotated[
    str | None,
    Query(
        pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$", description="In place of `Accept-Language`.", examples=["sl"]
    ),
]
AcceptLanguage = Annotated[str, Header(description="Languages, the most wanted first.", examples=["sl, en;q=0.5"])]


class Phrasebook(Protocol):
    """Says things in some languages."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages spoken here."""

    def preferences(self, accept: str) -> Sequence[str]:
        """The languages of an Accept-Language header, the most wanted first."""

    def choose(self, wanted: Sequence[str]) -> str:
        """The first of the languages wanted that is spoken here, else English."""

    def rule(self, language: str, now: int, rule: RuleView) -> RuleWords:
        """What a rule asks."""

    def proposal(
        self, language: str, now: int, proposal: ProposalView, members: Mapping[str, str], bodies: Mapping[str, str]
    ) -> ProposalWords:
        """Where a proposal stands, why, and what follows."""

    def governance(self, language: str, now: int, law: LawView) -> str:
        """The law in force, as Markdown."""


class RuleWordsResponse(Answer):
    """What a rule asks, in sentences."""

    language: str
    """Of the sentences: the first that is wanted and spoken here, else English."""
    sentences: tuple[str, ...]


class InLanguageResponse(Model):
    """The text of a proposal in the language that suits the reader best."""

    language: str
    """The first that is wanted and written in, else the authentic one."""
    authentic: bool
    """Whether this is the language that prevails."""
    title: str
    summary: str
    body: str
    """Markdown."""


class ProposalWordsResponse(Answer):
    """Where a proposal stands, why, and what follows, in sentences; its text in the best language there is."""

    language: str
    """Of the sentences: the first that is wanted and spoken here, else English."""
    state: str
    verdict: str
    reason: str
    """The step that decided, in numbers; empty where nothing was to be decided."""
    turnout: str
    steps: tuple[str, ...]
    """Every comparison of the judgment."""
    heading: str
    """What to call the actions: they may come, have come, or never came."""
    actions: tuple[str, ...]
    """What adoption brings about, call by call; it follows from the calls, never from the text."""
    rule: tuple[str, ...]
    """What the rule asks."""
    text: InLanguageResponse | None
    """None where no text is at hand."""


@router.get(
    "/rules/{key}/words",
    response_model=RuleWordsResponse,
    responses=problems("RULE_NOT_FOUND"),
    summary="Read a rule in plain words",
    tags=["rules"],
)
def get_rule_words(
    request: Request, read: Read, key: RuleKey, language: Language = None, accept_language: AcceptLanguage = ""
) -> Response:
    """What one version of a rule asks, a sentence for each of its settings."""
    phrases, wanted = wanted_by(request, language, accept_language)
    rule = find_rule(read.session, read.consortium, key)
    words = phrases.rule(phrases.choose(wanted), read.now, rule)
    return respond(request, answer_from(RuleWordsResponse, read.as_of, words), words.language)


@router.get(
    "/proposals/{proposal_id}/words",
    response_model=ProposalWordsResponse,
    responses=problems("PROPOSAL_NOT_FOUND"),
    summary="Read a proposal in plain words",
    tags=["proposals"],
)
def get_proposal_words(
    request: Request,
    read: Read,
    proposal_id: NamedProposal,
    governor: Governor = None,
    language: Language = None,
    accept_language: AcceptLanguage = "",
) -> Response:
    """Where the proposal stands and why, what its actions do, and its text, in the reader's language."""
    phrases, wanted = wanted_by(request, language, accept_language)
    session, consortium = read.session, read.consortium
    proposal = find_proposal(session, consortium, proposal_id, read.now, governor=governor)
    members, bodies = member_names(session, consortium), body_names(session, consortium)
    words = phrases.proposal(phrases.choose(wanted), read.now, proposal, members, bodies)
    text = TextChoice(text_for(proposal.summary, wanted))
    return respond(request, answer_from(ProposalWordsResponse, read.as_of, words, text), words.language)


def wanted_by(request: Request, language: str | None, accept: str) -> tuple[Phrasebook, Sequence[str]]:
    """Find who says it, and the languages that are wanted, the most wanted first."""
    phrases: Phrasebook = request.app.state.phrases
    return phrases, phrases.preferences(accept) if language is None else [language.partition("-")[0]]
