"""Values of the domain for property tests: small enough to meet every boundary often."""

from hypothesis import strategies as st

from backend.domain.outcome import Verdict
from backend.domain.proposals import ProposalFacts
from backend.domain.rules import Base, Rule
from backend.domain.tally import Tally
from backend.domain.values import Ratio, Timepoint

RATIOS = st.sampled_from([Ratio(1, 2), Ratio(2, 3), Ratio(1, 3), Ratio(51, 100), Ratio(1, 1), Ratio(65534, 65535)])
NOTHING = Ratio(0, 1)
TIMES = st.integers(min_value=0, max_value=400).map(Timepoint)


@st.composite
def tallies(draw, most=12):
    entitled = draw(st.integers(0, most))
    in_favour = draw(st.integers(0, entitled))
    against = draw(st.integers(0, entitled - in_favour))
    abstain = draw(st.integers(0, entitled - in_favour - against))
    return Tally(in_favour, against, abstain, entitled)


@st.composite
def rules(draw, binding=True):
    return Rule(
        notice=draw(st.integers(0, 90)),
        short_notice=draw(st.integers(0, 30)),
        period=draw(st.integers(1, 90)),
        quorum=draw(RATIOS | st.just(NOTHING)),
        majority=draw(RATIOS),
        base=draw(st.sampled_from(Base)),
        strict=draw(st.booleans()),
        binding=binding,
    )


@st.composite
def facts(draw, verdict=None):
    """Facts that the chain could report: only what was adopted is queued, only what is queued is executed."""
    opens_at = draw(TIMES)
    closes_at = Timepoint(opens_at + draw(st.integers(1, 100)))
    if verdict is Verdict.ADOPTED and draw(st.booleans()):
        eta = Timepoint(closes_at + draw(st.integers(1, 50)))
        return ProposalFacts(opens_at, closes_at, eta, executed=draw(st.booleans()))
    return ProposalFacts(opens_at, closes_at, canceled=draw(st.booleans()))
