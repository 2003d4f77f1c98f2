"""What no record can hold is told in the words of a field; the widths are those of the columns."""

from decimal import Decimal

import pytest

from sidara.programmes import models
from sidara.programmes.core import Government
from sidara.programmes.core.fitting import ACTIVITY, EDITION, GOAL, LINE, PLAN, fit_faults
from sidara.programmes.core.plan_drafts import LineDraft

OTHER_NAMES = {"unit": "unit_as_written"}
PARTS = {
    "villages": models.ActivityVillage,
    "outputs": models.ActivityOutput,
    "gaps": models.ActivityGap,
    "indicators": models.GoalIndicator,
}


@pytest.mark.parametrize(
    ("model", "widths"),
    [
        (models.Plan, PLAN),
        (models.PlanEdition, EDITION),
        (models.Goal, GOAL),
        (models.PlanLine, LINE),
        (models.Activity, ACTIVITY),
    ],
)
def test_the_widths_are_those_of_the_columns(model, widths):
    for name, width in widths.items():
        part, _, own = name.rpartition(".")
        column = own if part else OTHER_NAMES.get(own, own)
        assert PARTS.get(part, model)._meta.get_field(column).max_length == width, name


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"unit": "x" * 101}, "TEXT_TOO_LONG"),
        ({"target": Decimal("1e308")}, "TARGET_TOO_LARGE"),
        ({"baseline": Decimal("NaN")}, "TARGET_TOO_LARGE"),
        ({"ceiling_revised": 10**18}, "MONEY_TOO_LARGE"),
    ],
)
def test_what_no_record_can_hold_is_told(said, code):
    made = LineDraft(year=2027, name="x", government=Government.REGENCY, **said)
    (finding,) = fit_faults(made, LINE)
    assert (finding.code, finding.place.column) == (code, next(iter(said)))
