"""The portal's sentences for whoever else speaks to people, such as the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from backend.portal import labels, sentences
from backend.portal.charter import charter
from backend.portal.consequences import consequences
from backend.portal.languages import languages, preferences
from backend.portal.steps import counted_by, step_sentence
from backend.portal.wording import Wording
from backend.queries.views import LawView, ProposalView, ProposalWords, RuleView, RuleWords


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Says things in the languages of the portal."""

    zone: ZoneInfo

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the portal, English first."""
        return languages()

    def preferences(self, accept: str) -> Sequence[str]:
        """The languages of an Accept-Language header, the most wanted first."""
        return preferences(accept)

    def choose(self, wanted: Sequence[str]) -> str:
        """The first of the languages wanted that is spoken here, else English."""
        return next((language for language in wanted if language in languages()), languages()[0])

    def rule(self, language: str, now: int, rule: RuleView) -> RuleWords:
        """What a rule asks."""
        return RuleWords(language, sentences.rule_sentences(Wording(language, self.zone, now), rule))

    def proposal(
        self, language: str, now: int, proposal: ProposalView, members: Mapping[str, str], bodies: Mapping[str, str]
    ) -> ProposalWords:
        """Where a proposal stands, why, and what follows; members and bodies by their numbers as text."""
        words, outcome = Wording(language, self.zone, now), proposal.outcome
        return ProposalWords(
            language=language,
            state=words.gettext(labels.STATE_SENTENCES[outcome.state]),
            verdict=sentences.verdict_sentence(words, outcome),
            reason=sentences.reason_sentence(words, outcome),
            turnout=sentences.turnout_sentence(words, outcome.tally, over=outcome.decided),
            steps=tuple(step_sentence(words, step, counted_by(outcome.rule)) for step in outcome.steps),
            heading=sentences.consequences_heading(words, outcome),
            actions=consequences(words, proposal, members, bodies),
            rule=sentences.rule_sentences(words, outcome.rule),
        )

    def governance(self, language: str, now: int, law: LawView) -> str:
        """The law in force, as Markdown."""
        return charter(Wording(language, self.zone, now), law)
