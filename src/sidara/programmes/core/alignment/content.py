"""`content/alignment.yaml`: thresholds, units, the village fund's limits, and the words of each finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sidara.kernel.finding import Severity
from sidara.programmes.core.codes.entry import plain


class CheckCode(StrEnum):
    """The checks, by their codes in the content and in records."""

    PROGRAMMES = "SIN_S01"
    SUB_ACTIVITIES = "SIN_S02"
    GOALS = "SIN_S03"
    CODES = "SIN_S04"
    TARGETS = "SIN_S05"
    UNITS = "SIN_S06"
    CEILINGS = "SIN_S07"
    PRIORITIES = "SIN_S08"
    LOCATIONS = "SIN_S09"
    OVERLAPS = "SIN_S10"
    PROPOSALS = "SIN_S11"
    YEARLY_PLANS = "SIN_S12"
    BUDGETS = "SIN_S13"
    VILLAGE_FUNDS = "SIN_S14"
    REALISED = "SIN_S15"


class Parameter(StrEnum):
    """The thresholds, by their names in the content."""

    WEAKER_TOLERANCE = "s05_weaker_tolerance"
    CEILING_TOLERANCE = "s07_tolerance"
    HIGHEST_SCORE = "s09_highest_score"
    SPENDING_TOLERANCE = "s13_tolerance"
    FORM_DIFFERENCE = "s14_form_difference"
    GRACE_DAYS = "s15_grace_days"
    DEVIATION_INFO = "s15_deviation_info"
    DEVIATION_WARNING = "s15_deviation_warning"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a check finds something; texts hold `{names}` of figures. `value` is what it says in short."""

    severity: Severity
    message: str
    remedy: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: what it is called, who mends what it finds, which data it needs."""

    code: CheckCode
    name: str
    owner: str
    needs: tuple[str, ...]
    causes: Mapping[str, Cause]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the village fund with a limit: tag of its lines, yearly parameter, element of the forms."""

    tag: str
    name: str
    parameter: str
    is_most: bool
    form: str
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All that the checks read from content; `units` gives for a normal spelling the standard unit.

    `indices`: whose item scores are read, the first that has some, as activity kinds name them.
    """

    version: str
    status: str
    source: str
    parameters: Mapping[Parameter, Fraction]
    supporting_programme: str
    assumed_direction: str
    needy_statuses: frozenset[str]
    indices: tuple[str, ...]
    fund_account: str
    fund_source: str
    fund_variable: str
    fund_breakdown: str
    fund_planned: str
    parts: tuple[Part, ...]
    capital_account: str
    capital_kind: str
    emergency_field: str
    emergency_codes: frozenset[str]
    local_codes: range
    units: Mapping[str, str]
    checks: Mapping[CheckCode, Check]
    levels: Mapping[str, str]

    def unit(self, written: str) -> str:
        """Give the standard unit of a spelling; what is not on the list is compared as normal text."""
        bare = normal_unit(written)
        return self.units.get(bare, bare)


def normal_unit(text: str) -> str:
    """Give a unit without case, blanks and punctuation; a percent sign is a word of its own."""
    return plain(text) or "".join(text.split())


def rules_of(made: Mapping[str, Any]) -> Rules:
    """Read the content (`ValueError` or `KeyError` where it is not as its schema says)."""
    fund, emergency, local = made["village_fund"], made["emergency"], made["local_codes"]
    units = {
        normal_unit(spelling): normal_unit(unit)
        for unit, spellings in made["units"].items()
        for spelling in (unit, *spellings)
    }
    return Rules(
        version=made["version"],
        status=made["status"],
        source=made["source"],
        parameters={name: Fraction(made["parameters"][name.value]) for name in Parameter},
        supporting_programme=made["supporting_programme"],
        assumed_direction=made["assumed_direction"],
        needy_statuses=frozenset(made["needy_statuses"]),
        indices=tuple(made["indices"]),
        fund_account=fund["account"],
        fund_source=fund["fund_source"],
        fund_variable=fund["variable"],
        fund_breakdown=fund["breakdown"],
        fund_planned=fund["planned"],
        parts=tuple(
            Part(
                one["tag"],
                one["name"],
                one["parameter"],
                one["limit"] == "most",
                one["form"],
                one["variable"],
            )
            for one in fund["parts"]
        ),
        capital_account=made["capital"]["account"],
        capital_kind=made["capital"]["activity_kind"],
        emergency_field=emergency["field"],
        emergency_codes=frozenset(emergency["codes"]),
        local_codes=range(local["from"], local["to"] + 1),
        units=units,
        checks={CheckCode(one["code"]): _check(one) for one in made["checks"]},
        levels=made["levels"],
    )


def _check(made: Mapping[str, Any]) -> Check:
    causes = {
        name: Cause(Severity(one["severity"]), one["message"], one["remedy"], one.get("value", ""))
        for name, one in made["causes"].items()
    }
    return Check(CheckCode(made["code"]), made["name"], made["owner"], tuple(made["needs"]), causes)
