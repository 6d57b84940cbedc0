"""What a question to the mirror is answered with: frozen values that the API and the portal both render.

Times are seconds since the epoch (UTC); big integers are integers here and decimal strings in JSON. A view holds no
session and computes nothing when read.
"""

from backend.queries.views.answers import AsOf, Finality, Page, ProposalRef
from backend.queries.views.bodies import BodyView, SeatView
from backend.queries.views.changes import ChangesView, ChangeView, SubjectView
from backend.queries.views.law import ActionPermission, AnchorView, KindView, LawView, RuleView
from backend.queries.views.members import (
    ClassSpan,
    MandateView,
    MemberRef,
    MemberSeat,
    MemberView,
    RotationView,
    StatusChange,
    WalletView,
)
from backend.queries.views.organisation import (
    ActivityView,
    BodyStatistics,
    ContractView,
    OfficeView,
    OrganisationView,
    ParticipationView,
)
from backend.queries.views.outcomes import OutcomeView, StepView, TallyView
from backend.queries.views.proceedings import (
    ApprovalView,
    BallotView,
    EarlierBallotView,
    MinutesBook,
    MinutesView,
    ObjectionView,
    PlacedMinutes,
    PlacedObjection,
    PlacedRecusal,
    PlacedVeto,
    ReceiptView,
    RecusalView,
    VetoView,
)
from backend.queries.views.proposals import (
    AttachmentView,
    AttemptView,
    CallView,
    ProposalSummary,
    ProposalView,
    ResolutionView,
    TextView,
    TimelineEntry,
)
from backend.queries.views.relay import RelayedBallotView, RelayView
from backend.queries.views.status import ComparisonView, DifferenceView, StatusView
from backend.queries.views.words import ProposalWords, RuleWords

__all__ = [
    "ActionPermission",
    "ActivityView",
    "AnchorView",
    "ApprovalView",
    "AsOf",
    "AttachmentView",
    "AttemptView",
    "BallotView",
    "BodyStatistics",
    "BodyView",
    "CallView",
    "ChangeView",
    "ChangesView",
    "ClassSpan",
    "ComparisonView",
    "ContractView",
    "DifferenceView",
    "EarlierBallotView",
    "Finality",
    "KindView",
    "LawView",
    "MandateView",
    "MemberRef",
    "MemberSeat",
    "MemberView",
    "MinutesBook",
    "MinutesView",
    "ObjectionView",
    "OfficeView",
    "OrganisationView",
    "OutcomeView",
    "Page",
    "ParticipationView",
    "PlacedMinutes",
    "PlacedObjection",
    "PlacedRecusal",
    "PlacedVeto",
    "ProposalRef",
    "ProposalSummary",
    "ProposalView",
    "ProposalWords",
    "ReceiptView",
    "RecusalView",
    "RelayView",
    "RelayedBallotView",
    "ResolutionView",
    "RotationView",
    "RuleView",
    "RuleWords",
    "SeatView",
    "StatusChange",
    "StatusView",
    "StepView",
    "SubjectView",
    "TallyView",
    "TextView",
    "TimelineEntry",
    "VetoView",
    "WalletView",
]
