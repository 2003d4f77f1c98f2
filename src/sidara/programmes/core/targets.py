"""Where baseline and targets of a plan lie among all figures: the names of its data sets and variables."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

TARGET, BASELINE = "target", "baseline"
CATEGORY = "="
OF_PLAN = "rencana-"
"""Begins the name of a data set of a plan, behind its world."""
OWN = "RENCANA."
"""Begins the variable of an indicator for which a document has words only."""


def dataset_code(plan: UUID, measure: str, *, is_simulated: bool) -> str:
    """Name the data set of a plan that holds its targets or its baseline."""
    return f"{'simulated' if is_simulated else 'external'}:{OF_PLAN}{plan.hex}-{measure}"


def is_of_plan(dataset: str) -> bool:
    """Whether a data set (its code) holds targets or the baseline of a plan: no actual figures."""
    return dataset.partition(":")[2].startswith(OF_PLAN)


def variable_code(goal: UUID, indicator: str, name: str) -> str:
    """Name the variable of a goal's indicator: the code of the actual, or one of its own for words only."""
    if indicator:
        return indicator
    return f"{OWN}{sha256(f'{goal}/{name.strip()}'.encode()).hexdigest()[:12].upper()}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What an indicator's code names: a variable, and the category that is counted (empty = its mean)."""

    variable: str
    category: str = ""


def measured(indicator: str) -> Measured:
    """Read the code of an indicator: `IDM.IDM` or `IDM.STATUS=MANDIRI`."""
    variable, _, category = indicator.partition(CATEGORY)
    return Measured(variable, category)
