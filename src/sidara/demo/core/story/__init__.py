"""The story of the simulated collection: what villages and verifiers do, when, and what is planted. Pure."""

from sidara.demo.core.story.altering import Alteration, altered
from sidara.demo.core.story.plan import Days, Plan, plan_of
from sidara.demo.core.story.shares import Habit, Kind, Story, habit_of, is_silent, luck, story_of
from sidara.demo.core.story.turns import Deed, Stood, Turn, next_turn, returns

__all__ = [
    "Alteration",
    "Days",
    "Deed",
    "Habit",
    "Kind",
    "Plan",
    "Stood",
    "Story",
    "Turn",
    "altered",
    "habit_of",
    "is_silent",
    "luck",
    "next_turn",
    "plan_of",
    "returns",
    "story_of",
]
