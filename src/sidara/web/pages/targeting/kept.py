"""Ticked villages with the figures that chose them, as a target list keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sidara.kernel.actor import Actor
from sidara.programmes.queries import targeting
from sidara.web.pages.targeting.asked import Asked

HUNDRED = 100


@dataclass(frozen=True)
class Kept:
    """Villages in the order of their need, each with its figures, and what those were read from."""

    villages: Mapping[str, Mapping[str, Any]]
    basis: Mapping[str, Any]


def chosen(actor: Actor, asked: Asked, codes: Sequence[str]) -> Kept:
    """Rank again and keep those that were ticked; a code that is not ranked goes along without figures."""
    made = targeting.ranked(actor, asked.need())
    wanted = dict.fromkeys(codes)
    found: dict[str, Mapping[str, Any]] = {}
    for one in made.ranking.rows if made.ranking else ():
        if one.village.code in wanted:
            found[one.village.code] = {
                "place": one.place,
                "best": one.best,
                "worst": one.worst,
                "need": [float(one.village.need.least * HUNDRED), float(one.village.need.most * HUNDRED)],
            }
    rest: dict[str, Mapping[str, Any]] = {code: {} for code in wanted if code not in found}
    basis = {
        "datasets": [one.code for one in made.datasets],
        "years": list(made.years),
        "as_of": made.as_of.isoformat() if made.as_of else None,
    }
    return Kept(found | rest, basis)
