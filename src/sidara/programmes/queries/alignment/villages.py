"""Villages as the alignment looks at them: status and item scores, official ones first, else collected ones.

Made-up figures are those that example villages answered; they are never laid beside real ones.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.indices import queries as indices
from sidara.indices.core import Definition, compute, keys, standing, variables
from sidara.indices.core.evaluate import BETWEEN, STATUS
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.programmes.core.alignment.rows import Scores, Village
from sidara.programmes.core.codes.kinds import index_key
from sidara.programmes.queries.alignment.rules import rules
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions
from sidara.regions.core import DESA, dotted
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Query

type _Known = dict[str, dict[str, Decimal]]


def villages(actor: Actor, *, is_simulated: bool) -> tuple[Village, ...]:
    """Give all desa, real ones or example villages; what comes of it is read by who may read findings."""
    require(actor, READ)
    frame = regions.dimension(OPERATOR, examples=is_simulated)
    rows = frame.filter(pl.col("kind").is_in([str(one) for one in DESA])).select("code", "name")
    scores: dict[str, _Known] = {}
    statuses: dict[str, str] = {}
    for key, definition in _definitions(actor).items():
        known, told = _collected(definition, EXAMPLES if is_simulated else COLLECTION)
        if not is_simulated:
            known |= _official(definition)
            told |= _statuses(definition)
        scores[key] = known
        statuses = told | statuses
    return tuple(
        Village(
            code=code,
            name=name,
            status=statuses.get(code),
            scores={
                key: Scores(is_simulated, known[code]) for key, known in scores.items() if known.get(code)
            },
        )
        for code, name in rows.iter_rows()
    )


def needs(actor: Actor, *, is_simulated: bool) -> tuple[str, dict[str, str]]:
    """Give an index and its figure for each village: the one that tells of most, the lowest needs most.

    Published figures of the newest year, else what villages answered (of a span its lower end); example
    villages only by their own answers.
    """
    require(actor, READ)
    found: list[tuple[str, dict[str, str]]] = []
    for definition in _definitions(actor).values():
        dataset = EXAMPLES if is_simulated else COLLECTION
        asked = indices.CollectedQuery(dataset, least_level=None)
        told = indices.collected(OPERATOR, definition, asked).villages
        known = {one.region: str(one.low) for one in told if one.low is not None and one.answered}
        found.append((definition.name, known))
        if not is_simulated:
            top = variables.variable(definition.code, definition.versions[-1].top.code)
            found += [(definition.name, one) for one in _figures(top)]
    return max(found, key=lambda one: len(one[1]), default=("", {}))


def _definitions(actor: Actor) -> dict[str, Definition]:
    """Give the indices that the rules name, in their order, by the key under which kinds name them."""
    held = {index_key(one.slug): one for one in indices.definitions(OPERATOR)}
    return {key: held[key] for key in rules(actor).indices if key in held}


def _figures(named: str) -> Iterator[dict[str, str]]:
    """Give the figures of the newest period of each real data set that publishes a variable."""
    for dataset in warehouse.open_datasets(OPERATOR):
        periods = () if dataset.is_simulated else warehouse.periods(OPERATOR, dataset.code, named)
        if periods:
            frame = warehouse.ask(OPERATOR, Query(dataset.code, (named,), periods=periods[-1:])).frame
            rows = frame.filter(pl.col("value").is_not_null()).select("region", "value")
            yield {code: str(value) for code, value in rows.iter_rows()}


def _collected(definition: Definition, dataset: str) -> tuple[_Known, dict[str, str]]:
    """Give scores and statuses out of what villages answered; an open score is not known."""
    found = indices.collected(OPERATOR, definition, indices.CollectedQuery(dataset, least_level=None))
    statuses = {one.region: one.status for one in found.villages if one.status and one.status != BETWEEN}
    if found.frame is None:
        return {}, statuses
    known = {
        code: made
        for row in found.frame.iter_rows(named=True)
        if (code := dotted(str(row[keys.CODE])) or str(row[keys.CODE])) and (made := _scores(definition, row))
    }
    return known, statuses


def _scores(definition: Definition, row: Mapping[str, object]) -> dict[str, Decimal]:
    items = {item.code for version in definition.versions for item in version.items}
    return {code: Decimal(str(row[code])) for code in items & set(row) if row[code] is not None}


def _official(definition: Definition) -> _Known:
    """Give item scores of the first real data set that holds any; of a span the upper end."""
    for dataset in warehouse.open_datasets(OPERATOR):
        if dataset.is_simulated or dataset.code == COLLECTION:
            continue
        table = indices.table(OPERATOR, definition, dataset.code)
        if table is not None:
            made = compute(definition, table.frame)
            return dict(_highest(standing.standings(definition, table.frame, made.lines)))
    return {}


def _highest(found: tuple[standing.Standing, ...]) -> Iterator[tuple[str, dict[str, Decimal]]]:
    for rows in found:
        items = [
            (item, rows.high[item.code].to_list()) for item in rows.version.items if item.code in rows.high
        ]
        for at, code in enumerate(rows.rows[keys.CODE]):
            yield (
                dotted(code) or code,
                {
                    item.code: Decimal(values[at]).scaleb(-item.decimals)
                    for item, values in items
                    if values[at] is not None
                },
            )


def _statuses(definition: Definition) -> dict[str, str]:
    """Give the newest published status of each village."""
    named = variables.variable(definition.code, STATUS.upper())
    found: dict[str, str] = {}
    for dataset in warehouse.open_datasets(OPERATOR):
        if dataset.is_simulated or not warehouse.periods(OPERATOR, dataset.code, named):
            continue
        frame = warehouse.ask(OPERATOR, Query(dataset.code, (named,))).frame
        rows = frame.filter(pl.col("code").is_not_null()).select("region", "code")
        found = dict(rows.iter_rows()) | found
    return found
