"""Words and rows of plans and activities; each part of the room has a module here."""

from sidara.programmes.core.words import (
    GOVERNMENT_OF,
    Act,
    Decision,
    Edition,
    Fate,
    FateSource,
    GoalKind,
    GoalTie,
    Government,
    Level,
    Phase,
    PlanKind,
    Stage,
    State,
    Subject,
)

__all__ = [
    "GOVERNMENT_OF",
    "Act",
    "Decision",
    "Edition",
    "Fate",
    "FateSource",
    "GoalKind",
    "GoalTie",
    "Government",
    "Level",
    "Phase",
    "PlanKind",
    "Stage",
    "State",
    "Subject",
]
