"""On which scores the page of a village stands: its own final answers where there are, else those published.

Figures of the two never mix. Where nothing is final and nothing was published, what was sent is told with
its mark. Of a real village made-up items are no basis as long as anything real is held.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from sidara.collection.core import DataSet, dataset_of
from sidara.indices import queries as indices
from sidara.indices.core import Definition, Explanation, ItemExplanation, Version, explain, keys
from sidara.indices.core.collected import FINAL, SENT, CollectedIndex
from sidara.indices.queries import Collected, CollectedQuery
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.number import rounded
from sidara.regions.core import Region, bare
from sidara.tables import LINE
from sidara.ui.figures import Source
from sidara.ui.language import format_date, say
from sidara.verification.core import Level
from sidara.warehouse import queries as warehouse
from sidara.web.pages import content, places, sources
from sidara.web.pages import explain as opened
from sidara.web.pages import index as words
from sidara.web.pages.index import Edition

type Shares = Mapping[str, Fraction]
"""Points of each part (level of the index, by code) as a share of its full points, 0 to 1."""


@dataclass(frozen=True)
class Basis:
    """The scores that gaps are read from, their mark in words, and where they come from.

    `items` are empty where only the parts of the index are known. `edition` is that of published figures,
    `own` what the village answered itself.
    """

    slug: str
    label: str
    scale: Version
    year: str
    mark: str
    items: Sequence[ItemExplanation]
    sources: Sequence[Source]
    is_simulated: bool
    edition: Edition | None = None
    own: CollectedIndex | None = None
    query: CollectedQuery | None = None

    @property
    def decimals(self) -> int:
        """In how many decimals the index is told."""
        return self.scale.thresholds.decimals

    def place(self, value: Decimal) -> int:
        """Give the place of a figure's class, 0 = lowest; the figure is rounded first."""
        return self.scale.thresholds.position(Fraction(rounded(value, self.decimals)))

    @property
    def known(self) -> frozenset[str]:
        """The items whose score is known."""
        return frozenset(one.code for one in self.items if one.score is not None)


def of_village(actor: Actor, region: Region) -> Basis | None:
    """Choose the basis of a village; `None` where nothing at all is known of it, and of a kelurahan."""
    if not places.is_assessed(region.kind):
        return None
    final = _own(actor, region, int(FINAL))
    if final is not None:
        return final
    published = None if region.is_example else _published(actor, region)
    return published or _own(actor, region, int(SENT))


def _own(actor: Actor, region: Region, level: int) -> Basis | None:
    """Read what the village answered; `None` where no item follows from it, or the reader may not see it."""
    dataset = dataset_of(region.code)
    if dataset not in {one.code for one in warehouse.open_datasets(actor)}:
        return None
    for code in _newest_rules(actor):
        index = words.definition(actor, code)
        query = CollectedQuery(dataset, codes=(region.code,), least_level=level)
        found = indices.collected(actor, index, query)
        own = next(iter(found.villages), None)
        if own is None or found.year is None or not (own.final if level == FINAL else own.answered):
            continue
        explained = _explained(index, found)
        if explained is None:
            continue
        scale = words.version(index, str(explained.year))
        return Basis(
            code,
            words.label_of(index, scale),
            scale,
            str(found.year),
            _mark(own, level),
            explained.items,
            (_source(found),),
            region.is_example,
            own=own,
            query=CollectedQuery(dataset, year=found.year, least_level=level),
        )
    return None


def _newest_rules(actor: Actor) -> list[str]:
    """Give the indices of the pages, the one with the newest rules first."""
    return sorted(
        content.datasets(),
        key=lambda code: words.definition(actor, code).versions[-1].valid_from,
        reverse=True,
    )


def _explained(index: Definition, found: Collected) -> Explanation | None:
    """Open the items of the one village of an answer by their scores."""
    if found.frame is None or found.frame.is_empty():
        return None
    row = found.frame.row(0, named=True)
    scale = words.version(index, str(row[keys.YEAR]))
    told = {
        keys.CODE: bare(str(row[keys.CODE])),
        keys.YEAR: str(row[keys.YEAR]),
        **{code: None if row.get(code) is None else str(row[code]) for code in scale.by_code},
    }
    frame = pl.DataFrame({name: pl.Series([text], dtype=pl.String) for name, text in told.items()})
    made = explain(index, frame.with_columns(pl.lit(2, pl.Int64).alias(LINE)))
    return made if isinstance(made, Explanation) else None


def _mark(own: CollectedIndex, level: int) -> str:
    day = format_date(local_date(own.newest)) if own.newest else ""
    if level == FINAL:
        return say("jawaban desa sendiri, final, {day}", day=day)
    least = Level(own.level if own.level is not None else SENT)
    return say("jawaban desa sendiri, {words}, {day}", words=say(least.words), day=day)


def _source(found: Collected) -> Source:
    made: DataSet | None = found.dataset
    if made is None:
        return Source(found.query.dataset, say("tidak ada"), "", say("tidak dinyatakan"), None, found.as_of)
    return Source(
        made.code,
        made.title,
        made.source,
        say(made.licence),
        made.retrieved_date,
        found.as_of,
        url=made.url,
        is_simulated=made.is_simulated,
    )


def _published(actor: Actor, region: Region) -> Basis | None:
    """Read what was published of the village, the main index first; real figures before made-up ones."""
    found = words.editions(actor)
    chosen = [one for one in found if not one.is_simulated] or found
    for edition in chosen:
        items = edition.sets.items
        if items is None or items.is_simulated != edition.is_simulated:
            continue
        read = opened.read(actor, edition, items, region)
        if read is not None:
            return _of_edition(edition, read.year, read.explained.items, sources.sources([read.answer]))
    return _of_edition(chosen[0], chosen[0].period, (), ()) if chosen else None


def _of_edition(
    edition: Edition, year: str, items: Sequence[ItemExplanation], shown: Sequence[Source]
) -> Basis:
    return Basis(
        edition.slug,
        edition.label,
        edition.scale,
        year,
        say("angka yang terbit, {year}", year=year),
        items,
        shown,
        edition.is_simulated,
        edition=edition,
    )
