"""What a rule asks beyond notice, time, quorum and majority, a sentence for each setting that is on. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from backend.portal.shares import asks_for_nothing, bar
from backend.portal.wording import Wording
from backend.queries.views import RuleView


def further_rule_sentences(words: Wording, rule: RuleView) -> tuple[str, ...]:
    """Countries, ties, further calls, changed ballots, mandates, vetoes, and what a decision waits for."""
    return (*_on_counting(words, rule), *_on_ballots(words, rule), *_on_binding(words, rule))


def _on_counting(words: Wording, rule: RuleView) -> Iterator[str]:
    if not asks_for_nothing(rule.countries):
        yield words.gettext(
            "Countries: in %(share)s of the countries more votes are in favour than against.",
            share=bar(words, rule.countries),
        )
    if rule.tie == "chair":
        yield words.gettext("With as many votes for as against, the chair's own ballot decides.")
    if rule.calls and not asks_for_nothing(rule.quorum):
        yield words.gettext(
            "Without a quorum the question can be called again; call %(call)d needs none.", call=rule.calls
        )


def _on_ballots(words: Wording, rule: RuleView) -> Iterator[str]:
    if rule.revisable:
        yield words.gettext("A ballot can be changed until the deadline; the last one counts.")
    if rule.early_close:
        yield words.gettext("Voting can be closed as soon as no ballot can change the outcome.")
    if rule.mandates:
        yield words.ngettext(
            "A member can cast the ballot of %(number)d other member that gave it a mandate.",
            "A member can cast the ballots of %(number)d other members that gave it a mandate.",
            rule.mandates,
        )


def _on_binding(words: Wording, rule: RuleView) -> Iterator[str]:
    if rule.veto_grounds:
        grounds = ", ".join(words.label("ground", ground) for ground in rule.veto_grounds)
        yield words.gettext("A member can veto on these grounds: %(grounds)s.", grounds=grounds)
        yield _veto_window(words, rule)
    if rule.standstill:
        period = words.duration(rule.standstill)
        yield words.gettext("The decision binds %(period)s after the vote at the earliest.", period=period)
    if rule.external_approval:
        yield words.gettext("The decision binds only once an outside authority has approved it.")


def _veto_window(words: Wording, rule: RuleView) -> str:
    if rule.veto_window == 0:
        return words.gettext("A veto can be raised only while voting is open.")
    return words.gettext(
        "A veto can be raised until %(period)s after the vote.", period=words.duration(rule.veto_window)
    )
