"""The law and its outcomes said in sentences: what a rule asks, how a step went, where a proposal stands and why.

Pure: from views to words.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.portal.further_rules import further_rule_sentences
from backend.portal.labels import noop
from backend.portal.shares import ASKS_FOR_ALL, asks_for_nothing, bar
from backend.portal.steps import counted_by, step_sentence
from backend.portal.wording import Wording
from backend.queries.views import OutcomeView, RuleView, TallyView


def verdict_sentence(words: Wording, outcome: OutcomeView) -> str:
    """Where the proposal stands, in one short sentence."""
    if outcome.state in _STANDING_APART:
        return words.gettext(_STANDING_APART[outcome.state])
    if awaits_ballots(outcome):
        return words.gettext("Voting has closed; the last ballots are still being read.")
    if outcome.decided:
        return words.gettext(_DECIDED.get(outcome.state) or _DECIDED[outcome.verdict])
    return words.gettext(_IF_ENDED_NOW[outcome.verdict])


def awaits_ballots(outcome: OutcomeView) -> bool:
    """Whether voting is over by the clock, but ballots cast in time may still be missing here."""
    return not outcome.decided and outcome.state not in ("open", *_STANDING_APART)


def reason_sentence(words: Wording, outcome: OutcomeView) -> str:
    """Why it stands there: the step that decided, in numbers. Empty where nothing was to be decided."""
    if outcome.state in _STANDING_APART or outcome.reason == "CONSULTATION_CLOSED":
        return ""
    wanted = _DECIDING.get(outcome.reason, "majority")
    deciding = [step for step in outcome.steps if step.step == wanted]
    return " ".join(step_sentence(words, step, counted_by(outcome.rule)) for step in deciding)


def consequences_heading(words: Wording, outcome: OutcomeView) -> str:
    """What to call the effects of the proposal: they may come, have come, or never came."""
    if not outcome.rule.binding:
        return words.gettext("What follows")
    if outcome.state == "executed":
        return words.gettext("What happened because it passed")
    if outcome.state in ("vetoed", "not_approved"):
        return words.gettext("What would have followed")
    if outcome.state == "withdrawn" or (outcome.decided and outcome.verdict != "adopted"):
        return words.gettext("What would have happened if it had passed")
    return words.gettext("What follows") if outcome.decided else words.gettext("What happens if it passes")


def shares(counts: Sequence[int]) -> tuple[int, ...]:
    """Whole percents that add up to 100: each rounded down, what is left given to the largest remainders."""
    whole = sum(counts)
    if whole == 0:
        return (0,) * len(counts)
    floors = [100 * count // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(100 * counts[place] % whole))
    topped_up = by_remainder[: 100 - sum(floors)]
    return tuple(floor + (place in topped_up) for place, floor in enumerate(floors))


def turnout_sentence(words: Wording, tally: TallyView, *, over: bool = False) -> str:
    """How many ballots there are, and how many the quorum still lacks, or lacked when voting was over."""
    if tally.needed == 0 and tally.attempt > 1:
        return words.gettext("No quorum is needed: the question has been called again.")
    if tally.needed == 0:
        return words.gettext("This rule asks for no quorum.")
    missing = tally.needed - tally.participating
    if missing <= 0:
        return words.ngettext(
            "Quorum reached: %(number)d ballot of any choice was needed.",
            "Quorum reached: %(number)d ballots of any choice were needed.",
            tally.needed,
        )
    if over:
        return words.ngettext(
            "Quorum missed: %(number)d more ballot of any choice was needed (%(needed)d in all).",
            "Quorum missed: %(number)d more ballots of any choice were needed (%(needed)d in all).",
            missing,
            needed=tally.needed,
        )
    return words.ngettext(
        "Quorum: %(number)d more ballot of any choice is needed (%(needed)d in all).",
        "Quorum: %(number)d more ballots of any choice are needed (%(needed)d in all).",
        missing,
        needed=tally.needed,
    )


def silence_sentence(words: Wording, rule: RuleView, attempt: int = 1) -> str:
    """What it means to hand in no ballot, which differs from rule to rule."""
    if not rule.binding:
        return words.gettext("If you stay silent, only your view is missing.")
    if rule.silence_consents:
        return words.gettext("If you stay silent, it works like a vote in favour.")
    if rule.base == "entitled":
        return words.gettext("If you stay silent, it works like a vote against.")
    if asks_for_nothing(rule.quorum) or 0 < rule.calls <= attempt:
        return words.gettext("If you stay silent, the others decide.")
    return words.gettext("If you stay silent, you do not count towards the quorum and the others decide.")


def rule_sentences(words: Wording, rule: RuleView) -> tuple[str, ...]:
    """What a rule asks, a sentence for each of its settings."""
    always = (say(words, rule) for say in (_notice, _period, _quorum, _majority))
    return (*always, *further_rule_sentences(words, rule), _effect(words, rule))


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
    if asks_for_nothing(rule.quorum) or rule.silence_consents:
        return words.gettext("No quorum.")
    if rule.quorum == ASKS_FOR_ALL:
        return words.gettext("Quorum: every entitled member hands in a ballot, of any choice.")
    return words.gettext(
        "Quorum: %(share)s of the entitled members hand in a ballot, of any choice.", share=words.share(rule.quorum)
    )


def _majority(words: Wording, rule: RuleView) -> str:
    if asks_for_nothing(rule.majority):
        return words.gettext("No majority is asked for.")
    counted = counted_by(rule)
    if rule.majority == ASKS_FOR_ALL:
        return words.gettext(_UNANIMITIES[counted])
    return words.gettext(_MAJORITIES[counted], bar=bar(words, rule.majority, strict=rule.strict))


def _effect(words: Wording, rule: RuleView) -> str:
    return words.gettext("The decision binds.") if rule.binding else words.gettext("The result binds nobody.")


_DECIDING = {
    "QUORUM_NOT_REACHED": "quorum",
    "COUNTRIES_NOT_REACHED": "countries",
    "CASTING_VOTE": "casting_vote",
}
"""Which step a reason speaks of; the majority where it is not listed."""
_MAJORITIES = {
    "cast": noop("Majority: %(bar)s of the votes for and against; abstentions are not counted."),
    "participating": noop("Majority: %(bar)s of all ballots; an abstention works like a vote against."),
    "entitled": noop("Majority: %(bar)s of all entitled members; silence works like a vote against."),
    "silence": noop("Majority: %(bar)s; silence counts as a vote in favour."),
}
_UNANIMITIES = {
    "cast": noop("Unanimity: nobody votes against."),
    "participating": noop("Unanimity: everyone who hands in a ballot votes in favour."),
    "entitled": noop("Unanimity: every entitled member votes in favour."),
    "silence": noop("Unanimity; silence counts as a vote in favour."),
}
_IF_ENDED_NOW = {
    "adopted": noop("If voting ended now, the proposal would pass."),
    "rejected": noop("If voting ended now, the proposal would not pass."),
    "no_quorum": noop("If voting ended now, nothing would be decided for lack of a quorum."),
    "consulted": noop("This is a consultation: whatever the result, it binds nobody."),
}
_DECIDED = {
    "adopted": noop("The proposal passed."),
    "vetoed": noop("The proposal passed, and a veto stops it."),
    "not_approved": noop("The proposal passed, and an outside authority refused it."),
    "rejected": noop("The proposal did not pass."),
    "no_quorum": noop("Nothing was decided for lack of a quorum."),
    "consulted": noop("The consultation is over; its result binds nobody."),
}
_STANDING_APART = {
    "pending": noop("Voting has not opened yet."),
    "withdrawn": noop("The proposer withdrew the proposal."),
}
