"""Plans of all governments for example villages, written only through the services of `programmes`.

Message ids follow from the seed and the keys of the drawing, so that the same again is nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

import polars as pl

from sidara.collection.core import EXAMPLES
from sidara.demo.core.plans import Made, Setting, draw, setting_of
from sidara.demo.services.plan_writing import Planned, PlanWriting
from sidara.demo.services.rakernis import meet
from sidara.demo.services.submitting import examples, submit
from sidara.indices import queries as indices
from sidara.kernel import clock as time
from sidara.kernel import content
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock, local_date
from sidara.programmes import queries as programmes
from sidara.programmes import services as planning
from sidara.regions import queries as regions
from sidara.warehouse import services as warehouse

type Say = Callable[[str], None]
INDEX = "indeks-desa"
WEAK_SCORE = 2
"""Up to this score of an item (1 to 5) a village counts as weak in its theme."""


@cache
def plan_setting() -> Setting:
    """Read `content/plans.yaml`."""
    return setting_of(content.load("sidara.demo", "plans"))


def plan_examples(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    province: str,
    year: int | None = None,
    areas: Sequence[str] = (),
    say: Say,
    clock: Clock = time.now,
) -> Planned:
    """Write the plans of all levels for the example villages of some areas (else those of the setting).

    `year`: year of plan, else the next one. The villages first fill in what their index asks for the year
    before the present one; what is weak in a village follows from these answers. Refuses (`NotAllowed`) who
    may not plan; the same again writes nothing. The alignment is run before and after a made-up Rakernis.
    """
    at = clock()
    wanted = year or local_date(at).year + 1
    setting = plan_setting()
    places = areas or [code for code in setting.regencies if code.startswith(province)]
    villages = [
        one.code for area in places for one in regions.villages(actor, area, examples=True) if one.is_example
    ]
    if not villages:
        return Planned(Made())
    submit(
        actor,
        years=(local_date(at).year - 1,),
        seed=examples().seed,
        districts=villages,
        forms=setting.forms,
        say=say,
        clock=clock,
    )
    warehouse.refresh(actor)
    weak = weaknesses(actor, villages=villages, setting=setting, clock=clock)
    made = draw(setting, catalogue=programmes.catalogue(actor), villages=villages, weak=weak, year=wanted)
    say(f"SIMULASI: rencana {wanted} bagi {len(villages)} desa contoh")
    done = write_plans(actor, made=made, now=at)
    warehouse.refresh(actor)
    planning.refresh_registers(actor, clock=clock)
    solved = meet(actor, areas=[province, *places], year=wanted, setting=setting, now=at)
    return replace(done, solved=solved)


def write_plans(actor: Actor, *, made: Made, now: datetime) -> Planned:
    """Write a drawing through the services; a refusal is the drawing's fault (`RuntimeError`)."""
    return PlanWriting(actor, made, plan_setting(), now).write()


def weaknesses(
    actor: Actor, *, villages: Collection[str], setting: Setting, clock: Clock = time.now
) -> Mapping[str, Collection[str]]:
    """Give by example village the themes in which its own answers score low; a village without has none."""
    definition = indices.definition(actor, INDEX)
    if definition is None:
        return {}
    query = indices.CollectedQuery(EXAMPLES, codes=tuple(sorted(villages)), least_level=None)
    found = indices.collected(actor, definition, query, clock=clock)
    if found.frame is None:
        return {}
    weak: dict[str, set[str]] = {}
    for theme in setting.themes:
        if theme.item not in found.frame.columns:
            continue
        low = found.frame.filter(pl.col(theme.item) <= WEAK_SCORE)
        for code in low["kode"]:
            weak.setdefault(code, set()).add(theme.key)
    return weak
