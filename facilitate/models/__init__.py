"""Rich models with the verbs of a planning day. Nothing here knows Flask."""

from facilitate.models.account import Facilitator, SignIn
from facilitate.models.activity import Activity
from facilitate.models.approval import Approval
from facilitate.models.ballot import Ballot
from facilitate.models.ballot_version import BallotVersion
from facilitate.models.base import Base, Texts, now, said
from facilitate.models.call_entry import CallEntry
from facilitate.models.capability import Capability, Membership
from facilitate.models.convenor import Convenor
from facilitate.models.criterion import Criterion
from facilitate.models.event import Event
from facilitate.models.evidence import Evidence
from facilitate.models.hand import Hand
from facilitate.models.idea import Idea
from facilitate.models.log import SYSTEM, Actor, LogEntry
from facilitate.models.organization import Organization
from facilitate.models.people import Participant
from facilitate.models.publication import Publication
from facilitate.models.scenario import Scenario
from facilitate.models.score import Recusal, Score
from facilitate.models.term import Term
from facilitate.models.ticket import Ticket
from facilitate.models.weighing import WeightPoints

__all__ = [
    "SYSTEM",
    "Activity",
    "Actor",
    "Approval",
    "Ballot",
    "BallotVersion",
    "Base",
    "CallEntry",
    "Capability",
    "Convenor",
    "Criterion",
    "Event",
    "Evidence",
    "Facilitator",
    "Hand",
    "Idea",
    "LogEntry",
    "Membership",
    "Organization",
    "Participant",
    "Publication",
    "Recusal",
    "Scenario",
    "Score",
    "SignIn",
    "Term",
    "Texts",
    "Ticket",
    "WeightPoints",
    "now",
    "said",
]
