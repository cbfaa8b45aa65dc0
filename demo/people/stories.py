"""How a family's way through the work goes: a few patterns, told with different dates."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """``stage``: phase today; ``consent``: how it was asked for and what became of it;
    ``plan``: none, draft, agreed or versions; ``diligence``: share of due steps that are done.
    """

    stage: str
    consent: str = "paper"
    plan: str = "none"
    turn: str = ""
    diligence: float = 0.93


STORIES = {
    "door": Story("getting_to_know", consent="none"),
    "refused": Story("getting_to_know", consent="refused"),
    "oral": Story("getting_to_know", consent="oral"),
    "lapsed": Story("getting_to_know", consent="lapsed"),
    "new": Story("getting_to_know"),
    "assessment": Story("assessment"),
    "planning": Story("planning", plan="draft"),
    "plan": Story("accompaniment", plan="agreed"),
    "version": Story("accompaniment", plan="versions"),
    "overdue": Story("accompaniment", plan="agreed", diligence=0.35),
    "aftercare": Story("aftercare", plan="agreed", diligence=1.0),
    "limited": Story("accompaniment", consent="limited", plan="agreed"),
    "withdrawn": Story("accompaniment", consent="withdrawn", plan="agreed"),
    "handover": Story("accompaniment", plan="agreed", turn="handover"),
    "reopened": Story("accompaniment", plan="agreed", turn="reopened"),
    "closed": Story("accompaniment", plan="agreed", turn="closed"),
}

# What differs by the reason a case ended for
CLOSED_STORIES = {
    "goals_reached": Story("aftercare", plan="versions", turn="closed", diligence=1.0),
    "ended_by_client": Story("accompaniment", consent="withdrawn", plan="agreed", turn="closed"),
    "low_cooperation": Story("planning", plan="none", turn="closed"),
    "self_protection": Story("planning", plan="none", turn="closed"),
    "never_begun": Story("getting_to_know", consent="refused", turn="closed"),
    "maximum_duration": Story("aftercare", plan="versions", turn="closed"),
}
