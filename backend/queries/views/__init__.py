"""What a question to the mirror is answered with: frozen values that the API and the portal both render.

Times are seconds since the epoch (UTC); big integers are integers here and decimal strings in JSON. A view holds no
session and computes nothing when read.
"""

from backend.queries.views.answers import AsOf, Finality, Page
from backend.queries.views.bodies import BodyView, SeatView
from backend.queries.views.law import ActionPermission, AnchorView, KindView, RuleView
from backend.queries.views.members import MandateView, MemberRef, MemberView, RotationView, StatusChange
from backend.queries.views.outcomes import OutcomeView, StepView, TallyView
from backend.queries.views.proceedings import (
    ApprovalView,
    BallotView,
    EarlierBallotView,
    MinutesBook,
    MinutesView,
    ObjectionView,
    RecusalView,
    VetoView,
)
from backend.queries.views.proposals import (
    AttachmentView,
    AttemptView,
    CallView,
    ProposalRef,
    ProposalSummary,
    ProposalView,
    ResolutionView,
    TextView,
    TimelineEntry,
)
from backend.queries.views.status import ComparisonView, DifferenceView, StatusView

__all__ = [
    "ActionPermission",
    "AnchorView",
    "ApprovalView",
    "AsOf",
    "AttachmentView",
    "AttemptView",
    "BallotView",
    "BodyView",
    "CallView",
    "ComparisonView",
    "DifferenceView",
    "EarlierBallotView",
    "Finality",
    "KindView",
    "MandateView",
    "MemberRef",
    "MemberView",
    "MinutesBook",
    "MinutesView",
    "ObjectionView",
    "OutcomeView",
    "Page",
    "ProposalRef",
    "ProposalSummary",
    "ProposalView",
    "RecusalView",
    "ResolutionView",
    "RotationView",
    "RuleView",
    "SeatView",
    "StatusChange",
    "StatusView",
    "StepView",
    "TallyView",
    "TextView",
    "TimelineEntry",
    "VetoView",
]
