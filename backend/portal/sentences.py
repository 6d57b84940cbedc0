"""The law and its outcomes said in sentences: what a rule asks, how a step went, where a proposal stands and why.

Pure: from views to words. Numbers are exact; a needed count is the least whole number that satisfies the ratio.
"""

from __future__ import annotations

from backend.portal.labels import noop
from backend.portal.wording import Wording
from backend.queries.views import OutcomeView, RuleView, StepView, TallyView

ASKS_FOR_ALL = "1/1"


def needed_count(whole: int, ratio: str, *, strict: bool) -> int:
    """Least number out of `whole` that reaches the ratio (or, if strict, exceeds it)."""
    numerator, denominator = (int(part) for part in ratio.split("/"))
    return whole * numerator // denominator + 1 if strict else -(-whole * numerator // denominator)


def asks_for_nothing(ratio: str) -> bool:
    """Whether a threshold is switched off."""
    return ratio.startswith("0/")


def bar(words: Wording, ratio: str, *, strict: bool = False) -> str:
    """A threshold in words: "two thirds", or "more than half" where just as much is not enough."""
    share = words.share(ratio)
    return words.gettext("more than %(share)s", share=share) if strict else share


def step_sentence(words: Wording, step: StepView, base: str) -> str:
    """One comparison of the judgment with its counts and the count it needed."""
    reached, whole = (int(part) for part in step.left.split("/"))
    strict = step.op == ">"
    facts = {
        "reached": reached,
        "whole": whole,
        "needed": needed_count(whole, step.right, strict=strict),
        "bar": bar(words, step.right, strict=strict),
    }
    if step.step == "majority" and whole == 0:
        return words.gettext("No vote for or against was cast, so there is no majority.")
    message = _STEPS[base if step.step == "majority" else step.step]
    return words.gettext(message, **facts)


def verdict_sentence(words: Wording, outcome: OutcomeView) -> str:
    """Where the proposal stands, in one short sentence."""
    if outcome.state in _STANDING_APART:
        return words.gettext(_STANDING_APART[outcome.state])
    return words.gettext((_DECIDED if outcome.decided else _IF_ENDED_NOW)[outcome.verdict])


def reason_sentence(words: Wording, outcome: OutcomeView) -> str:
    """Why it stands there: the step that decided, in numbers. Empty where nothing was to be decided."""
    if outcome.state in _STANDING_APART or outcome.reason == "CONSULTATION_CLOSED":
        return ""
    wanted = "quorum" if outcome.reason == "QUORUM_NOT_REACHED" else "majority"
    deciding = [step for step in outcome.steps if step.step == wanted]
    return " ".join(step_sentence(words, step, outcome.rule.base) for step in deciding)


def turnout_sentence(words: Wording, tally: TallyView) -> str:
    """How many ballots there are, and how many the quorum still lacks."""
    if tally.needed == 0:
        return words.gettext("This rule asks for no quorum.")
    missing = tally.needed - tally.participating
    if missing <= 0:
        return words.gettext("Quorum reached: %(needed)d ballots of any choice were needed.", needed=tally.needed)
    return words.ngettext(
        "Quorum: %(number)d more ballot of any choice is needed (%(needed)d in all).",
        "Quorum: %(number)d more ballots of any choice are needed (%(needed)d in all).",
        missing,
        needed=tally.needed,
    )


def silence_sentence(words: Wording, rule: RuleView) -> str:
    """What it means to hand in no ballot, which differs from rule to rule."""
    if not rule.binding:
        return words.gettext("If you stay silent, only your view is missing.")
    if rule.base == "entitled":
        return words.gettext("If you stay silent, it works like a vote against.")
    if asks_for_nothing(rule.quorum):
        return words.gettext("If you stay silent, the others decide.")
    return words.gettext("If you stay silent, you do not count towards the quorum and the others decide.")


def rule_sentences(words: Wording, rule: RuleView) -> tuple[str, ...]:
    """What a rule asks, a sentence for each of its settings."""
    return tuple(say(words, rule) for say in (_notice, _period, _quorum, _majority, _effect))


def _notice(words: Wording, rule: RuleView) -> str:
    if rule.notice == 0:
        return words.gettext("Voting may open as soon as the proposal is published.")
    ordinary = words.duration(rule.notice)
    if rule.short_notice == rule.notice:
        return words.gettext("Published at least %(ordinary)s before voting opens.", ordinary=ordinary)
    return words.gettext(
        "Published at least %(ordinary)s before voting opens; %(short)s for an extraordinary meeting.",
        ordinary=ordinary,
        short=words.duration(rule.short_notice),
    )


def _period(words: Wording, rule: RuleView) -> str:
    return words.gettext("Time to vote: %(period)s.", period=words.duration(rule.period))


def _quorum(words: Wording, rule: RuleView) -> str:
    if asks_for_nothing(rule.quorum):
        return words.gettext("No quorum.")
    return words.gettext(
        "Quorum: %(share)s of the entitled members hand in a ballot, of any choice.", share=words.share(rule.quorum)
    )


def _majority(words: Wording, rule: RuleView) -> str:
    if asks_for_nothing(rule.majority):
        return words.gettext("No majority is asked for.")
    if rule.majority == ASKS_FOR_ALL:
        return words.gettext(_UNANIMITIES[rule.base])
    return words.gettext(_MAJORITIES[rule.base], bar=bar(words, rule.majority, strict=rule.strict))


def _effect(words: Wording, rule: RuleView) -> str:
    return words.gettext("The decision binds.") if rule.binding else words.gettext("The result binds nobody.")


_STEPS = {
    "quorum": noop(
        "%(reached)d of %(whole)d entitled members handed in a ballot; at least %(needed)d (%(bar)s) are needed."
    ),
    "cast": noop("%(reached)d of %(whole)d votes cast are in favour; at least %(needed)d (%(bar)s) are needed."),
    "participating": noop("%(reached)d of %(whole)d ballots are in favour; at least %(needed)d (%(bar)s) are needed."),
    "entitled": noop(
        "%(reached)d of %(whole)d entitled members are in favour; at least %(needed)d (%(bar)s) are needed."
    ),
}
_MAJORITIES = {
    "cast": noop("Majority: %(bar)s of the votes for and against; abstentions are not counted."),
    "participating": noop("Majority: %(bar)s of all ballots; an abstention works like a vote against."),
    "entitled": noop("Majority: %(bar)s of all entitled members; silence works like a vote against."),
}
_UNANIMITIES = {
    "cast": noop("Unanimity: nobody votes against."),
    "participating": noop("Unanimity: everyone who hands in a ballot votes in favour."),
    "entitled": noop("Unanimity: every entitled member votes in favour."),
}
_IF_ENDED_NOW = {
    "adopted": noop("If voting ended now, the proposal would pass."),
    "rejected": noop("If voting ended now, the proposal would not pass."),
    "no_quorum": noop("If voting ended now, nothing would be decided for lack of a quorum."),
    "consulted": noop("This is a consultation: whatever the result, it binds nobody."),
}
_DECIDED = {
    "adopted": noop("The proposal passed."),
    "rejected": noop("The proposal did not pass."),
    "no_quorum": noop("Nothing was decided for lack of a quorum."),
    "consulted": noop("The consultation is over; its result binds nobody."),
}
_STANDING_APART = {
    "pending": noop("Voting has not opened yet."),
    "withdrawn": noop("The proposer withdrew the proposal."),
}
