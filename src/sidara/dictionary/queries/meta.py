"""Metadata of Satu Data: the forms MS-Keg, MS-Var and MS-Ind filled, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.metadata import Completeness, MetaField, Readiness, fields_of, readiness
from sidara.dictionary.core.metadata import ms_ind as _ms_ind
from sidara.dictionary.core.metadata import ms_keg as _ms_keg
from sidara.dictionary.core.metadata import ms_var as _ms_var
from sidara.dictionary.core.uses import indicator_variables
from sidara.dictionary.formats import content_file
from sidara.dictionary.queries.revisions import dictionary
from sidara.kernel.actor import Actor


@dataclass(frozen=True)
class SatuData:
    """How far all data are: by variable, by indicator, by activity."""

    variables: Mapping[str, Readiness]
    indicators: Mapping[str, Completeness]
    activities: Mapping[str, Completeness]


@cache
def _fields(kind: str) -> tuple[MetaField, ...]:
    given = content_file.metadata()[kind]
    if kind != "activity":
        return fields_of(given)
    return tuple(one for block in given for one in fields_of(block["fields"], block["name"]))


def ms_var(actor: Actor, code: str) -> Completeness | None:
    """Fill MS-Var for a variable; `None` when there is none of that code."""
    made = dictionary(actor)
    variable = made.variables.get(code)
    return _ms_var(_fields("variable"), made, variable) if variable else None


def ms_ind(actor: Actor, code: str) -> Completeness | None:
    """Fill MS-Ind for an indicator; `None` when there is none of that code."""
    made = dictionary(actor)
    return _indicator(made, code) if code in made.indicators else None


def ms_keg(actor: Actor, code: str, year: int) -> Completeness | None:
    """Fill MS-Keg for an activity in a year; `None` when there is none of that code."""
    made = dictionary(actor)
    activity = made.activities.get(code)
    return _ms_keg(_fields("activity"), made, activity, year) if activity else None


def satu_data(actor: Actor, year: int) -> SatuData:
    """Say of everything what is missing for it to count as Satu Data."""
    made = dictionary(actor)
    fields = _fields("variable")
    activities = {
        code: _ms_keg(_fields("activity"), made, one, year) for code, one in made.activities.items()
    }
    variables = {
        code: readiness(made, one, _ms_var(fields, made, one), activities)
        for code, one in made.variables.items()
    }
    return SatuData(variables, {code: _indicator(made, code) for code in made.indicators}, activities)


def _indicator(made: Dictionary, code: str) -> Completeness:
    return _ms_ind(_fields("indicator"), made, made.indicators[code], indicator_variables(made, code))
