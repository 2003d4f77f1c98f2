"""Which submissions are expected on a day: forms of a village, in periods whose window has opened."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES
from sidara.collection.core.judged import Counts
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary
from sidara.dictionary.core.openings import opening
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.kernel.period import Period
from sidara.progress import queries
from sidara.progress.core.expecting import Expected, Place, Slice, group_of
from sidara.regions import queries as regions
from sidara.regions.core import Level


def expected(actor: Actor, *, day: date) -> list[Expected]:
    """Give what is expected on a day, for each data set of villages in which anybody began.

    Since the first year that anybody began in it, at the earliest the one that content says.
    """
    made = dictionary.dictionary(actor)
    named = frozenset(code for one in made.windows.values() for code in one.regions)
    first: dict[str, int] = {}
    for dataset, home in collection.begun_homes(actor):
        at = periods.parse(home.period)
        if at is not None:
            first[dataset] = min(first.get(dataset, at.year), at.year)
    found = []
    for dataset, year in sorted(first.items()):
        places = _places(actor, dataset)
        since = max(year, queries.content(actor).first_year)
        slices = list(_slices(actor, made, dataset, range(since, day.year + 1), places, named, day))
        found.append(Expected(dataset, places, slices, named))
    return found


def _places(actor: Actor, dataset: str) -> dict[int, Place]:
    frame = regions.dimension(actor, examples=dataset == EXAMPLES).filter(pl.col("level") == Level.VILLAGE)
    names = ("region_id", "code", "kind", "district_id", "regency_id", "province_id")
    codes = ("code", "district_code", "regency_code", "province_code")
    rows = frame.select(*names, lineage=pl.concat_list(codes)).iter_rows(named=True)
    return {row["region_id"]: Place(**row | {"lineage": tuple(row["lineage"])}) for row in rows}


def _slices(  # noqa: PLR0913, PLR0917 - what bounds them
    actor: Actor,
    made: Dictionary,
    dataset: str,
    years: Iterable[int],
    places: Mapping[int, Place],
    named: frozenset[str],
    day: date,
) -> Iterator[Slice]:
    groups = sorted({group_of(one, named) for one in places.values()})
    kinds = sorted({one.kind for one in places.values()})
    areas = hashlib.sha256(repr(sorted(places.items())).encode()).hexdigest()
    for form in made.forms.values():
        if form.level != "desa":
            continue
        for year in years:
            for at in periods.year(year).parts(form.frequency.span):
                days = {group: opening(made, form.code, at, group) for group in groups}
                open_ = {group: one for group, one in days.items() if one and one.opens_date <= day}
                blank = _blank(actor, form.code, at, kinds, day) if open_ else {}
                if blank:
                    spans = [
                        (group, one.opens_date, one.due_date, one.late_until)
                        for group, one in sorted(open_.items())
                    ]
                    text = repr((areas, form.sector, spans, sorted(blank.items())))
                    digest = hashlib.sha256(text.encode()).hexdigest()
                    yield Slice(dataset, form, at, open_, blank, digest)


def _blank(actor: Actor, form: str, at: Period, kinds: Sequence[str], day: date) -> dict[str, Counts]:
    """Count an empty form for each kind of village that it asks anything."""
    made = {kind: collection.blank_counts(actor, form, at, kind, today=day) for kind in kinds}
    return {kind: one for kind, one in made.items() if one is not None and one.asked}
