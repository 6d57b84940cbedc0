"""A small consortium's life as the events its contracts would log, for tests that read the mirror.

Four voting members and one associate; three bodies; a proposal in each state, told in two parts: how questions are
decided (here), and what members and the registrar say on them (`proceedings`). Seconds count from `START`; every event
has a block of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from eth_utils.abi import function_signature_to_4byte_selector

from backend.documents.cid import hash_in
from backend.documents.proposal_text import ProposalDocument, Text
from backend.documents.reasons import BallotName, Reason
from backend.documents.store import DocumentStore
from backend.domain import events as e
from backend.domain.bodies import mask_of
from backend.domain.descriptions import compose_description
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.rules import Base, PartyEffect, Rule, TieBreak, VetoGround, mask_of_grounds
from backend.domain.values import Address, BodyId, Hash32, KindId, MemberId, ProposalId, Ratio, RuleId, Timepoint
from tests.backend import proceedings

START = 1_800_000_000
DAY = 86_400
NOW = START + 100 * DAY
LAST = NOW - 30
"""Time of the newest block."""

REGISTRY = Address("0x" + "11" * 20)
RULEBOOK = Address("0x" + "22" * 20)
RECORDS = Address("0x" + "33" * 20)
GOVERNORS = tuple(Address("0x" + f"{64 + body:02x}" * 20) for body in range(3))
TIMELOCKS = tuple(Address("0x" + f"{80 + body:02x}" * 20) for body in range(3))

ASSEMBLY, BOARD, EVERYONE = BodyId(0), BodyId(1), BodyId(2)
GA_2_3, WRITTEN_51, CONSULT, GA_2_3_LATER = RuleId(1), RuleId(2), RuleId(3), RuleId(4)
GUARDED, OUTSIDE = RuleId(5), RuleId(6)
POLICY, LETTER, SURVEY, RULE_CHANGE, BOARD_MATTER = KindId(1), KindId(2), KindId(3), KindId(4), KindId(5)
AWARD, TREATY = KindId(6), KindId(7)

EXECUTED, NO_QUORUM, REJECTED, BINDING = ProposalId(4711), ProposalId(1002), ProposalId(1003), ProposalId(1004)
WITHDRAWN, OPEN, PENDING, QUEUED = ProposalId(1005), ProposalId(1006), ProposalId(1007), ProposalId(1008)
CONSULTED = ProposalId((1 << 192) - 1)
OPEN_LATER = ProposalId(1010)
FIRST_CALL, SECOND_CALL, VETOED, REVISED = ProposalId(2001), ProposalId(2002), ProposalId(2003), ProposalId(2004)
NOT_APPROVED, AWAITING = ProposalId(2005), ProposalId(2006)

MEMBERS = (
    (MemberId(1), "SI-ANA", "Zavod Ana", "SI", MemberClass.FOUNDING),
    (MemberId(2), "IT-BEPPE", "Città di Beppe", "IT", MemberClass.FOUNDING),
    (MemberId(3), "HR-CVITA", "Udruga Cvita", "HR", MemberClass.PARTNER),
    (MemberId(4), "AT-DORA", "Verein Dora", "AT", MemberClass.PARTNER),
    (MemberId(5), "HU-ELEK", "Elek Alapítvány", "HU", MemberClass.ASSOCIATE),
)
LATECOMER = (MemberId(6), "GR-FOTIS", "Φώτης", "GR", MemberClass.PARTNER)
FOR, AGAINST, ABSTAIN = 1, 0, 2
RESOLVE = "0x" + function_signature_to_4byte_selector("resolve(uint16,bytes32)").hex()
RESOLVE_FOR = "0x" + function_signature_to_4byte_selector("resolveFor(uint16,uint16,bytes32)").hex()


def wallet_of(member_id: int, turn: int = 0) -> Address:
    """The wallet of a member; another one for each turn."""
    return Address("0x" + f"{0xA0 + member_id:02x}" * 19 + f"{turn:02x}")


def _rule(
    quorum: Ratio, majority: Ratio, base: Base, *, period: int = DAY, notice: int = 0, binding: bool = True
) -> Rule:
    return Rule(notice, notice // 3, period, quorum, majority, base, strict=False, binding=binding)


TWO_THIRDS = Ratio(2, 3)
RULES = (
    (GA_2_3, "GA_2_3", 1, _rule(TWO_THIRDS, TWO_THIRDS, Base.CAST, notice=45 * DAY)),
    (WRITTEN_51, "WRITTEN_51", 1, _rule(Ratio(0, 1), Ratio(51, 100), Base.ENTITLED, period=10 * DAY)),
    (CONSULT, "CONSULT", 1, _rule(Ratio(0, 1), Ratio(0, 1), Base.CAST, period=10 * DAY, binding=False)),
)
GUARDED_RULE = replace(
    _rule(TWO_THIRDS, Ratio(1, 2), Base.CAST),
    strict=True,
    standstill=200 * DAY,
    veto_window=150 * DAY,
    countries=Ratio(1, 2),
    revisable=True,
    tie=TieBreak.CHAIR,
    calls=2,
    mandates=1,
    veto_grounds=mask_of_grounds((VetoGround.COSTS, VetoGround.LIABILITIES)),
)
OUTSIDE_RULE = replace(_rule(TWO_THIRDS, TWO_THIRDS, Base.CAST), external_approval=True, early_close=True)
KINDS = (
    (POLICY, "policy", ASSEMBLY, GA_2_3, True),
    (LETTER, "decision_by_letter", ASSEMBLY, WRITTEN_51, True),
    (SURVEY, "survey", EVERYONE, CONSULT, True),
    (RULE_CHANGE, "rule_change", ASSEMBLY, GA_2_3, False),
    (BOARD_MATTER, "board_matter", BOARD, GA_2_3, True),
    (AWARD, "award", ASSEMBLY, GUARDED, True),
    (TREATY, "treaty", ASSEMBLY, OUTSIDE, True),
)


@dataclass
class Story:
    """Events in order, each with its place."""

    documents: DocumentStore
    told: list[tuple[e.Place, e.Event]] = field(default_factory=list)
    numbers: dict[BodyId, int] = field(default_factory=dict)
    hashes: dict[ProposalId, Hash32] = field(default_factory=dict)
    """Of the texts."""

    def tell(self, at: int, emitter: Address, *happened: e.Event) -> None:
        """Let these events happen in that second."""
        for event in happened:
            block = len(self.told) + 10
            place = e.Place(
                block, Hash32(f"0x{block:064x}"), Timepoint(at), Hash32(f"0x{block + (1 << 128):064x}"), 0, emitter
            )
            self.told.append((place, event))

    def put(
        self,
        proposal: ProposalId,
        body: BodyId,
        kind: KindId,
        rule: RuleId,
        opens: int,
        closes: int,
        at: int | None = None,
        party: MemberId | None = None,
        chair: MemberId | None = None,
        resolves: str | None = None,
    ) -> None:
        """Let member 1 put a question; just before the opening if no second is given.

        Its call records the hash of its text, or the one given.
        """
        number = self.numbers[body] = self.numbers.get(body, 0) + 1
        title = f"Question {proposal}"
        document = ProposalDocument(
            "sl",
            f"P{number:02}",
            {"sl": Text(f"Vprašanje {proposal}", "Povzetek", "Besedilo"), "en": Text(title, "Summary", "Body")},
        )
        cid = self.documents.put_proposal(document)
        self.hashes[proposal] = hash_in(cid)
        description = compose_description(cid, wallet_of(1))
        call = RESOLVE + f"{kind:064x}" if party is None else RESOLVE_FOR + f"{kind:064x}{party:064x}"
        calldata = call + (resolves or hash_in(cid)).removeprefix("0x")
        at = min(opens - 1, LAST) if at is None else at
        created = e.ProposalCreated(
            proposal, wallet_of(1), (RECORDS,), (0,), (calldata,), Timepoint(opens), Timepoint(closes), description
        )
        self.tell(at, GOVERNORS[body], created)
        effect = PartyEffect.NONE if party is None else PartyEffect.RECUSES
        filed = e.ProposalFiled(proposal, number, kind, rule, MemberId(1), False, party, effect, chair)
        self.tell(at, GOVERNORS[body], filed)

    def vote(self, at: int, body: BodyId, proposal: ProposalId, *ballots: tuple[int, int], reason: str = "") -> None:
        """Let members (number, support) hand in ballots."""
        for member, support in ballots:
            self.tell(at, GOVERNORS[body], e.VoteCast(wallet_of(member), proposal, support, 1, reason))


def whole_story(documents: DocumentStore) -> Story:
    """Tell all of it."""
    story = Story(documents)
    _found(story)
    _decide(story)
    _change(story)
    _go_on(story)
    proceedings.tell(story)
    story.told.sort(key=lambda entry: entry[0].block_time)
    story.told = [(_moved(place, 10 + index), event) for index, (place, event) in enumerate(story.told)]
    return story


def _moved(place: e.Place, block: int) -> e.Place:
    return e.Place(
        block, Hash32(f"0x{block:064x}"), place.block_time, place.transaction_hash, place.log_index, place.emitter
    )


def _found(story: Story) -> None:
    voting = mask_of((MemberClass.FOUNDING, MemberClass.PARTNER))
    everyone = mask_of(MemberClass)
    for body, name, classes in (
        (0, "general_assembly", voting),
        (1, "executive_board", 0),
        (2, "consultation", everyone),
    ):
        story.tell(START, REGISTRY, e.BodyCreated(BodyId(body), name, GOVERNORS[body], TIMELOCKS[body], classes))
    guarded = ((GUARDED, "GUARDED", 1, GUARDED_RULE), (OUTSIDE, "OUTSIDE", 1, OUTSIDE_RULE))
    for rule_id, name, version, rule in RULES + guarded:
        story.tell(START, RULEBOOK, e.RuleSet(rule_id, name, version, rule))
    for kind_id, name, body, rule_id, resolution in KINDS:
        effect = PartyEffect.RECUSES if kind_id == AWARD else PartyEffect.NONE
        story.tell(START, RULEBOOK, e.KindSet(kind_id, name, body, rule_id, resolution, effect))
    story.tell(START, RULEBOOK, e.ActionListed(RULE_CHANGE, RULEBOOK, "0x12345678"))
    for member in MEMBERS:
        _admit(story, START + DAY, *member)
    story.tell(START + DAY, REGISTRY, e.SeatGranted(BOARD, MemberId(1)))
    story.tell(START + DAY, REGISTRY, e.VotingRightsChanged(MemberId(1), 0b111))


def _admit(story: Story, at: int, member: MemberId, code: str, name: str, country: str, kind: MemberClass) -> None:
    rights = 0b100 if kind is MemberClass.ASSOCIATE else 0b101
    story.tell(
        at,
        REGISTRY,
        e.MemberAdmitted(member, wallet_of(member), kind, country, code, name),
        e.AccessionRecorded(member, Hash32("0x" + "ac" * 32)),
        e.MemberStatusChanged(member, MemberStatus.ADMITTED, MemberStatus.ACTIVE),
        e.VotingRightsChanged(member, rights),
    )


def _decide(story: Story) -> None:
    opens = START + 10 * DAY
    for index, proposal in enumerate((EXECUTED, NO_QUORUM, REJECTED, QUEUED)):
        story.put(proposal, ASSEMBLY, POLICY, GA_2_3, opens + index * DAY, opens + (index + 1) * DAY)
    story.vote(opens + 5, ASSEMBLY, EXECUTED, (1, FOR), (2, FOR), (3, FOR), (4, ABSTAIN))
    story.vote(opens + DAY + 5, ASSEMBLY, NO_QUORUM, (1, FOR), (2, FOR))
    story.vote(opens + 2 * DAY + 5, ASSEMBLY, REJECTED, (1, FOR), (2, AGAINST), (3, AGAINST), (4, ABSTAIN))
    story.vote(opens + 3 * DAY + 5, ASSEMBLY, QUEUED, (1, FOR), (2, FOR), (3, AGAINST))
    story.put(BINDING, ASSEMBLY, LETTER, WRITTEN_51, opens, opens + 10 * DAY)
    story.vote(opens + 7, ASSEMBLY, BINDING, (1, FOR), (3, FOR), (4, FOR))
    story.put(CONSULTED, EVERYONE, SURVEY, CONSULT, opens, opens + 10 * DAY)
    story.vote(opens + 8, EVERYONE, CONSULTED, (5, FOR), (1, AGAINST))
    story.put(WITHDRAWN, ASSEMBLY, POLICY, GA_2_3, opens + 60 * DAY, opens + 61 * DAY, at=opens)
    story.tell(opens + 20 * DAY, GOVERNORS[ASSEMBLY], e.ProposalCanceled(WITHDRAWN))
    for proposal in (EXECUTED, QUEUED):
        story.tell(opens + 21 * DAY, GOVERNORS[ASSEMBLY], e.ProposalQueued(proposal, Timepoint(opens + 22 * DAY)))
    story.tell(opens + 23 * DAY, GOVERNORS[ASSEMBLY], e.ProposalExecuted(EXECUTED))
    executed = story.told[-1][0]
    story.tell(opens + 23 * DAY, RECORDS, e.Resolved(TIMELOCKS[ASSEMBLY], POLICY, story.hashes[EXECUTED]))
    place, resolved = story.told[-1]
    story.told[-1] = place._replace(transaction_hash=executed.transaction_hash), resolved


def _change(story: Story) -> None:
    later = START + 50 * DAY
    rule = _rule(TWO_THIRDS, TWO_THIRDS, Base.CAST, notice=30 * DAY)
    story.tell(later, RULEBOOK, e.RuleSet(GA_2_3_LATER, "GA_2_3", 2, rule))
    for kind_id, name, body, rule_id, resolution in KINDS:
        if rule_id == GA_2_3:
            story.tell(later, RULEBOOK, e.KindSet(kind_id, name, body, GA_2_3_LATER, resolution))
    story.tell(
        later,
        REGISTRY,
        e.BreachNotified(MemberId(4), Timepoint(later + 30 * DAY)),
        e.MemberStatusChanged(MemberId(4), MemberStatus.ACTIVE, MemberStatus.IN_BREACH),
    )
    story.tell(
        later + 31 * DAY,
        REGISTRY,
        e.MemberStatusChanged(MemberId(4), MemberStatus.IN_BREACH, MemberStatus.DEFAULTING),
        e.VotingRightsChanged(MemberId(4), 0),
    )
    story.tell(later, REGISTRY, e.WalletRotated(MemberId(2), wallet_of(2), wallet_of(2, 1)))


def _go_on(story: Story) -> None:
    opens = NOW - DAY // 2
    story.put(OPEN, ASSEMBLY, POLICY, GA_2_3_LATER, opens, opens + DAY)
    story.put(OPEN_LATER, BOARD, BOARD_MATTER, GA_2_3_LATER, opens, opens + 2 * DAY)
    story.put(PENDING, ASSEMBLY, POLICY, GA_2_3_LATER, NOW + 20 * DAY, NOW + 21 * DAY)
    name = BallotName(GOVERNORS[ASSEMBLY], OPEN, MemberId(1))
    commitment = story.documents.put_reason(Reason(name, "en", "Because it is right."))
    story.vote(opens + 10, ASSEMBLY, OPEN, (1, FOR), reason=commitment)
    rotated = e.VoteCast(wallet_of(2, 1), OPEN, AGAINST, 1, "a remark in plain words")
    story.tell(opens + 11, GOVERNORS[ASSEMBLY], rotated)
    _admit(story, opens + 20, *LATECOMER)
    story.tell(LAST, REGISTRY, e.RegistrarChanged(wallet_of(8), wallet_of(9)))
