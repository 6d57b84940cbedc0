"""What people call the codes of the law: states, kinds, bodies, choices.

Marked for translation here, translated by `Wording`. A code that is missing here is still shown, made readable as it
stands.
"""

from __future__ import annotations

from typing import Final


def noop(message: str) -> str:
    """Mark a message for the catalogue without translating it here."""
    return message


STATES: Final = {
    "pending": noop("Not open yet"),
    "open": noop("Open for voting"),
    "no_quorum": noop("No quorum"),
    "rejected": noop("Rejected"),
    "vetoed": noop("Vetoed"),
    "not_approved": noop("Approval refused"),
    "consulted": noop("Consultation closed"),
    "adopted": noop("Adopted, not binding yet"),
    "awaiting_approval": noop("Adopted, waiting for approval"),
    "binding": noop("Adopted and binding"),
    "queued": noop("Adopted, waiting to take effect"),
    "executed": noop("Adopted and in effect"),
    "withdrawn": noop("Withdrawn"),
}
STATE_SENTENCES: Final = {
    "pending": noop("Voting has not opened yet. Members can read the proposal and prepare."),
    "open": noop("Members can vote now. A ballot counts until the deadline."),
    "no_quorum": noop("Too few members handed in a ballot, so nothing was decided. This is not a rejection."),
    "rejected": noop("Voting is over. The majority the rule asks for was not reached."),
    "vetoed": noop("The votes adopted it, but a veto stands, so the decision does not bind."),
    "not_approved": noop("The votes adopted it, but an outside authority refused, so the decision does not bind."),
    "consulted": noop("The consultation is over. Its result is recorded and binds nobody."),
    "adopted": noop("Voting is over and the proposal is adopted. It binds once the time for objections has passed."),
    "awaiting_approval": noop("The proposal is adopted. It binds once an outside authority has approved it."),
    "binding": noop("Voting is over and the decision stands. Its effect has not been set in motion yet."),
    "queued": noop("The decision stands and waits out its safety period before it takes effect."),
    "executed": noop("The decision stands and has been carried out."),
    "withdrawn": noop("The proposer withdrew the proposal. It stays visible; nobody can vote on it."),
}
FILTER_STATES: Final = {
    "open": noop("Open"),
    "pending": noop("Coming up"),
    "queued": noop("Waiting to take effect"),
    "executed": noop("In effect"),
    "adopted": noop("Adopted, not binding yet"),
    "awaiting_approval": noop("Waiting for approval"),
    "binding": noop("Adopted and binding"),
    "rejected": noop("Rejected"),
    "vetoed": noop("Vetoed"),
    "not_approved": noop("Approval refused"),
    "no_quorum": noop("No quorum"),
    "consulted": noop("Consultations closed"),
    "withdrawn": noop("Withdrawn"),
}
BODIES: Final = {
    "general_assembly": noop("General Assembly"),
    "executive_board": noop("Executive Board"),
    "consultation": noop("Consultation"),
}
BODY_SENTENCES: Final = {
    "general_assembly": noop("All founding members and partners decide here, one vote each."),
    "executive_board": noop("The members elected to the board decide here, one vote each."),
    "consultation": noop(
        "Founding members, partners and associates are asked for their view. The result binds nobody."
    ),
}
KINDS: Final = {
    "member_admission": noop("Admission of a member"),
    "withdrawal": noop("Withdrawal of a member"),
    "breach": noop("Finding of a breach"),
    "remedy": noop("Breach remedied"),
    "default_declaration": noop("Declaration of default"),
    "exclusion": noop("Exclusion of a member"),
    "work_plan": noop("Work plan"),
    "budget": noop("Budget"),
    "budget_change": noop("Change of budget"),
    "strategy": noop("Strategy"),
    "strategy_ranking": noop("Ranking of priorities"),
    "annual_report": noop("Annual report"),
    "indicator_report": noop("Report on indicators"),
    "grants_round": noop("Call for grants"),
    "jury_scoring": noop("Jury scoring"),
    "award_jury": noop("Award jury"),
    "voucher_providers": noop("Voucher providers"),
    "mentor_accreditation": noop("Accreditation of mentors"),
    "service_catalogue": noop("Service catalogue"),
    "programme_accreditation": noop("Accreditation of a programme"),
    "cross_border": noop("Cross-border decision"),
    "policy_consultation": noop("Consultation on policy"),
    "policy_recommendation": noop("Policy recommendation"),
    "agreement_amendment": noop("Amendment of the agreement"),
    "election": noop("Election"),
    "election_runoff": noop("Run-off election"),
    "coordinator_change": noop("Change of coordinator"),
    "project_participation": noop("Joining a project"),
    "agenda_addition": noop("Addition to the agenda"),
    "resolution": noop("Resolution"),
    "board_seats": noop("Seats on the board"),
    "rule_change": noop("Change of rules"),
    "registrar_change": noop("Change of registrar"),
    "class_change": noop("Change of class"),
    "body_creation": noop("Creation of a body"),
    "appeal": noop("Appeal of a member"),
    "chair": noop("Chair of a body"),
    "offices": noop("Offices of the consortium"),
    "grant_award": noop("Award of a grant"),
    "mentor_appeal": noop("Appeal of a mentor"),
}
RULES: Final = {
    "GA_2_3": noop("Assembly meeting"),
    "EB_2_3": noop("Board meeting"),
    "WRITTEN_51": noop("Written procedure"),
    "UNANIMOUS_ALL": noop("Unanimity of all members"),
    "AGENDA_UNANIMOUS_PRESENT": noop("Unanimity of those present"),
    "CONSULT": noop("Consultation, not binding"),
    "GA_2_3_CHAIN": noop("Assembly meeting, with further calls"),
    "GA_2_3_EXTERNAL": noop("Assembly meeting, with outside approval"),
    "EB_SIMPLE_CHAIR": noop("Board meeting, chair breaks ties"),
    "DOUBLE_55": noop("Majority of members and of countries"),
}
CLASSES: Final = {
    "founding": noop("Founding member"),
    "partner": noop("Partner"),
    "associate": noop("Associate"),
}
STATUSES: Final = {
    "admitted": noop("Admitted, accession not signed"),
    "active": noop("Active"),
    "in_breach": noop("In breach, may still vote"),
    "defaulting": noop("Defaulting, may not vote"),
    "excluded": noop("Excluded"),
    "left": noop("Left"),
}
CHOICES: Final = {"for": noop("For"), "against": noop("Against"), "abstain": noop("Abstain")}
EVENTS: Final = {
    "published": noop("Published"),
    "opens": noop("Voting opens"),
    "closes": noop("Voting closes"),
    "closed_early": noop("Voting closed early: the outcome was certain"),
    "vetoed": noop("Veto raised"),
    "veto_withdrawn": noop("Veto withdrawn"),
    "minutes": noop("Minutes recorded"),
    "objection": noop("Objection to the minutes"),
    "approved": noop("Approved by the outside authority"),
    "refused": noop("Refused by the outside authority"),
    "binds": noop("Decision becomes binding"),
    "queued": noop("Adopted, effect scheduled"),
    "executable": noop("May take effect"),
    "executed": noop("Took effect"),
    "withdrawn": noop("Withdrawn by the proposer"),
}
PAST_EVENTS: Final = EVENTS | {
    "opens": noop("Voting opened"),
    "closes": noop("Voting closed"),
    "binds": noop("Decision became binding"),
    "executable": noop("Safety period ended"),
}
GROUNDS: Final = {
    "own_work": noop("its own work"),
    "time_for_performance": noop("time for performance"),
    "costs": noop("costs"),
    "liabilities": noop("liabilities"),
    "intellectual_property": noop("intellectual property"),
    "other_legitimate_interest": noop("another legitimate interest"),
}
STEPS: Final = {
    "quorum": noop("Quorum"),
    "majority": noop("Majority"),
    "casting_vote": noop("Casting vote of the chair"),
    "countries": noop("Countries"),
}
SHARES: Final = {
    "1/1": noop("all"),
    "1/2": noop("half"),
    "1/3": noop("one third"),
    "2/3": noop("two thirds"),
    "3/4": noop("three quarters"),
}
GROUPS: Final = {
    "state": STATES,
    "state_sentence": STATE_SENTENCES,
    "filter": FILTER_STATES,
    "body": BODIES,
    "body_sentence": BODY_SENTENCES,
    "kind": KINDS,
    "rule": RULES,
    "class": CLASSES,
    "status": STATUSES,
    "choice": CHOICES,
    "event": EVENTS,
    "ground": GROUNDS,
    "step": STEPS,
    "past_event": PAST_EVENTS,
}
