"""Whose turn it is with a submission, and when: from how it stands and what was meant, nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sidara.collection.core.submission import SubmissionKey
from sidara.demo.core.story.plan import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, WEEK, Plan, on_weekday
from sidara.demo.core.story.shares import Kind, Story, luck, number
from sidara.verification.core import VERIFYING, Level, Step

SITTING = {
    Step.DISTRICT: WEDNESDAY,
    Step.COMMUNITY: THURSDAY,
    Step.SECTOR: THURSDAY,
    Step.PROVINCE: FRIDAY,
}
"""The weekday on which a step sits."""
LENGTH = {Step.DISTRICT: 8, Step.COMMUNITY: 5, Step.SECTOR: 5, Step.PROVINCE: 2}
"""How much of a village's dotted code names the area of a step."""
MOST_EVENTS = 14
"""A submission with which so much was done is returned no more."""
_DAY = timedelta(days=1)


class Deed(StrEnum):
    """What is done with a submission, in the order of a day."""

    HAND = "hand"
    SAVE = "save"
    MEND = "mend"
    CORRECT = "correct"
    SEND = "send"
    ENDORSE = "endorse"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True)
class Stood:
    """How a submission stands: last revision, level, who it waits for, cells to mend, since when, events."""

    revision: int = 0
    level: Level = Level.DRAFT
    waiting: frozenset[Step] = frozenset()
    returned: int = 0
    since: date | None = None
    events: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """What is next, on which day; `step` of verifying."""

    day: date
    deed: Deed
    step: Step | None = None


def next_turn(  # noqa: PLR0913, PLR0917 - the parts of a submission's story
    story: Story, seed: int, key: SubmissionKey, plan: Plan, stood: Stood, after: date
) -> Turn | None:
    """Say what is next after a day; `None` = nothing any more."""
    turns = (one for one in _turns(story, seed, key, plan, stood, after) if one.day > after)
    return min(turns, key=lambda one: one.day, default=None)


def _turns(  # noqa: PLR0913, PLR0917 - as `next_turn`
    story: Story, seed: int, key: SubmissionKey, plan: Plan, stood: Stood, after: date
) -> Iterator[Turn]:
    if stood.revision == 0:
        if plan.handed is not None:
            yield Turn(plan.handed, Deed.HAND)
        if plan.begins is not None:
            yield Turn(plan.begins, Deed.SAVE)
        return
    if stood.events == 0 or stood.since is None:
        if plan.sends is not None and stood.revision == 1:
            yield Turn(plan.sends, Deed.SEND)
            if not plan.kind.is_made_up:
                yield Turn(on_weekday(plan.sends + timedelta(days=WEEK), MONDAY), Deed.MEND)
        return
    yield from _of_village(story, seed, key, plan, stood, stood.since)
    for step in VERIFYING:
        if step in stood.waiting:
            every = rhythm(story, seed, step, key.region)
            yield Turn(
                on_weekday(max(stood.since, after) + _DAY, SITTING[step], every=every), Deed.VERIFY, step
            )


def _of_village(  # noqa: PLR0913, PLR0917 - as `next_turn`
    story: Story, seed: int, key: SubmissionKey, plan: Plan, stood: Stood, since: date
) -> Iterator[Turn]:
    def drawn(word: str) -> int:
        return luck(seed, word, key.region, key.form, key.period, stood.events)

    shares = story.submissions
    is_mended = not plan.kind.is_made_up
    if stood.returned and is_mended and drawn("unmended") >= shares["unmended_percent"]:
        weeks = 4 if drawn("mend") < shares["late_mended_percent"] else 1
        yield Turn(on_weekday(since + timedelta(days=WEEK * weeks - 2), MONDAY), Deed.MEND)
    if stood.level is Level.SENT and drawn("unendorsed") >= shares["unendorsed_percent"]:
        weeks = 2 if drawn("endorse") < 10 else 0
        yield Turn(on_weekday(since + timedelta(days=1 + WEEK * weeks), TUESDAY), Deed.ENDORSE)
    if stood.level is Level.PROVINCE and drawn("correct") < shares["corrected_percent"]:
        yield Turn(on_weekday(since + timedelta(days=WEEK * 8), MONDAY), Deed.CORRECT)


def rhythm(story: Story, seed: int, step: Step, region: str) -> int:
    """Say every how many weeks a step sits over a village (dotted code)."""
    weeks = story.rhythms[step]
    return weeks[number(seed, "rhythm", step.value, region[: LENGTH[step]]) % len(weeks)]


def returns(  # noqa: PLR0913 - keyword-only
    story: Story, seed: int, key: SubmissionKey, *, step: Step, events: int, kind: Kind
) -> bool:
    """Whether a step returns some of a submission now, `kind` of which is wrong; nothing made up is final."""
    if kind.is_made_up and step is Step.PROVINCE:
        return True
    if events >= MOST_EVENTS:
        return False
    share = story.returns["caught_percent" if kind else f"{step.value}_percent"]
    return luck(seed, "return", step.value, key.region, key.form, key.period, events) < share
