"""Values of the domain for property tests: small enough to meet every boundary often."""

from hypothesis import strategies as st

from backend.domain.ballots import Choice
from backend.domain.minutes import Minutes
from backend.domain.outcome import Verdict
from backend.domain.proposals import ProposalFacts
from backend.domain.rules import NOTHING, Base, Rule, TieBreak
from backend.domain.tally import Tally
from backend.domain.values import Ratio, Timepoint

RATIOS = st.sampled_from([Ratio(1, 2), Ratio(2, 3), Ratio(1, 3), Ratio(51, 100), Ratio(1, 1), Ratio(65534, 65535)])
TIMES = st.integers(min_value=0, max_value=400).map(Timepoint)


@st.composite
def tallies(draw, most=12):
    entitled = draw(st.integers(0, most))
    in_favour = draw(st.integers(0, entitled))
    against = draw(st.integers(0, entitled - in_favour))
    abstain = draw(st.integers(0, entitled - in_favour - against))
    countries = draw(st.integers(0, 5))
    return Tally(
        in_favour,
        against,
        abstain,
        entitled,
        recused=draw(st.integers(0, 3)),
        countries=countries,
        countries_for=draw(st.integers(0, countries)),
        attempt=draw(st.integers(1, 4)),
        chair_support=draw(st.none() | st.sampled_from(Choice)),
    )


@st.composite
def rules(draw, binding=True, ties=(TieBreak.REJECTED,)):
    """Rules that a rulebook takes; by default those that leave no tie to a chair."""
    silence = draw(st.booleans())
    return Rule(
        notice=draw(st.integers(0, 90)),
        short_notice=draw(st.integers(0, 30)),
        period=draw(st.integers(1, 90)),
        quorum=NOTHING if silence else draw(RATIOS | st.just(NOTHING)),
        majority=draw(RATIOS),
        base=draw(st.sampled_from(Base)),
        strict=draw(st.booleans()),
        binding=binding,
        standstill=draw(st.integers(0, 60)),
        veto_window=draw(st.integers(0, 60)),
        countries=draw(RATIOS | st.just(NOTHING)),
        abstentions_cast=draw(st.booleans()),
        silence_consents=silence,
        external_approval=draw(st.booleans()),
        tie=draw(st.sampled_from(ties)),
        calls=draw(st.sampled_from([0, 2, 3])),
    )


MINUTES = st.builds(Minutes, st.integers(0, 3), st.booleans(), st.none() | TIMES)


@st.composite
def facts(draw, verdict=None):
    """Facts that the chain could report: only what was adopted is queued, only what is queued is executed."""
    opens_at = draw(TIMES)
    closes_at = Timepoint(opens_at + draw(st.integers(1, 100)))
    closed_early_at = draw(st.none() | st.integers(opens_at + 1, closes_at).map(Timepoint))
    if verdict is Verdict.ADOPTED and draw(st.booleans()):
        eta = Timepoint(closes_at + draw(st.integers(1, 50)))
        return ProposalFacts(opens_at, closes_at, eta, executed=draw(st.booleans()), closed_early_at=closed_early_at)
    return ProposalFacts(
        opens_at,
        closes_at,
        canceled=draw(st.booleans()),
        closed_early_at=closed_early_at,
        vetoes=draw(st.integers(0, 2)),
        minutes=draw(MINUTES),
        approved=draw(st.none() | st.booleans()),
    )
