"""Plans and activities as plain rows: one shape for commands and programs."""

from collections.abc import Mapping
from typing import Any

from sidara.programmes.core.listed import ActivityRow, GoalRow, LineRow, PlanRow, PlanView


def plan_row(one: PlanRow) -> dict[str, Any]:
    """Give the head of a plan with how much it holds; ceiling in rupiah, `None` = no line says one."""
    return {
        "uid": str(one.uid),
        "kind": one.kind.value,
        "level": one.level.value,
        "area": one.area,
        "agency": one.agency,
        "title": one.title,
        "year_from": one.year_from,
        "year_to": one.year_to,
        "is_simulated": one.is_simulated,
        "goals": one.goals,
        "lines": one.lines,
        "ceiling_idr": one.ceiling_idr,
    }


def plan_whole(view: PlanView, indicators: Mapping[Any, Any]) -> dict[str, Any]:
    """Give a plan with goals (ties, coverage, targets and actuals by year) and lines."""
    return plan_row(view.plan) | {
        "tree": [_goal(one, indicators.get(one.uid, ())) for one in view.goals],
        "rows": [_line(one) for one in view.lines],
    }


def _goal(one: GoalRow, indicators: Any) -> dict[str, Any]:
    held = one.coverage
    return {
        "uid": str(one.uid),
        "kind": one.kind.value,
        "code": one.code,
        "name": one.name,
        "parent": str(one.parent) if one.parent else None,
        "is_priority": one.is_priority,
        "follows": [str(tie.uid) for tie in one.upward],
        "followed_by": [str(tie.uid) for tie in one.downward],
        "coverage": {
            "goals": held.goals,
            "lines": held.lines,
            "activities": held.activities,
            "ceiling_idr": held.ceiling_idr,
            "budget_idr": held.budget_idr,
            "villages": held.villages,
            "levels": sorted(level.value for level in held.levels),
        },
        "indicators": [
            {
                "name": held.name,
                "indicator": held.indicator,
                "unit": held.unit,
                "baseline_year": held.baseline_year,
                "baseline": None if held.baseline is None else str(held.baseline),
                "targets": {str(year): str(value) for year, value in sorted(held.targets.items())},
                "actuals": {str(year): str(value) for year, value in sorted(held.actuals.items())},
                "is_waiting": held.is_waiting,
            }
            for held in indicators
        ],
    }


def _line(one: LineRow) -> dict[str, Any]:
    return {
        "uid": str(one.uid),
        "year": one.year,
        "code": one.code,
        "name": one.name,
        "agency": one.agency,
        "ceiling_original": one.ceiling_original,
        "ceiling_revised": one.ceiling_revised,
        "goal": str(one.goal) if one.goal else None,
    }


def activity_row(one: ActivityRow) -> dict[str, Any]:
    """Give an activity in short; budget in rupiah, `None` = not said."""
    return {
        "uid": str(one.uid),
        "level": one.level.value,
        "area": one.area,
        "agency": one.agency,
        "name": one.name,
        "activity_kind": one.activity_kind,
        "government": one.government,
        "code": one.code,
        "year": one.year,
        "fund_source": one.fund_source,
        "budget_idr": one.budget_idr,
        "stage": one.stage.value,
        "villages": one.villages,
        "is_whole_area": one.is_whole_area,
        "is_simulated": one.is_simulated,
    }
