"""An index out of a file of cells: the answers to the forms, read by the dictionary's feed of the index."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Answers, Feed, Reader, derived
from sidara.indices import core
from sidara.indices.core import feeding
from sidara.indices.queries.definitions import READ, definitions
from sidara.indices.queries.files import Computation
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding, Severity
from sidara.regions import queries as regions
from sidara.regions.core import bare

DATA_YEAR = "tahun_data"
"""The column with the year of the answers, beside the year whose rules judged them."""


def feed_of(actor: Actor, index: core.Definition) -> Feed | None:
    """Give the feed of an index in the dictionary in force."""
    found = dictionary.dictionary(actor).feeds.values()
    return next((one for one in found if one.target == f"index:{index.slug}"), None)


def feeds(actor: Actor) -> dict[str, core.Definition]:
    """Give the index that each feed of the dictionary feeds, by the code of the feed."""
    known = {f"index:{one.slug}": one for one in definitions(actor)}
    made = dictionary.dictionary(actor).feeds
    return {code: known[one.target] for code, one in made.items() if one.target in known}


def compute_cells(
    actor: Actor,
    index: core.Definition,
    source: Path | BinaryIO,
    *,
    year: int | None = None,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> Computation:
    """Compute an index from a file of cells (`dictionary.queries.read_answers`); nothing is stored.

    `year`: the year of the answers, else the newest of the file. `read` counts regions, findings name cells.
    Refuses an index without feed, and a file without one cell that can be taken.
    """
    require(actor, READ)
    feed = feed_of(actor, index)
    if feed is None:
        return Computation(0, 0, 0, None, None, (feeding.missing(index),))
    given = dictionary.read_answers(actor, source, format=format)
    years = sorted({one for answers in given.answers for one in answers.years})
    if not years:
        return Computation(0, 0, 0, None, None, given.findings or (_nothing(),))
    made = computed(actor, index, feed, given.answers, year or years[-1])
    return Computation(
        made.read,
        made.computed,
        made.rejected,
        made.depth,
        made.frame,
        (*given.findings, *made.findings),
    )


def computed(
    actor: Actor, index: core.Definition, feed: Feed, answered: Sequence[Answers], year: int
) -> Computation:
    """Compute an index from answers in memory; derived variables are computed first."""
    require(actor, READ)
    reader = Reader(dictionary.dictionary(actor))
    whole = [derived(reader, one) for one in answered if year in one.years]
    known = regions.known_codes(actor, {bare(one.region) for one in whole})
    return scored(actor, index, feed, reader, whole, year, known)


def scored(  # noqa: PLR0913, PLR0917 - the parts of a computation
    actor: Actor,
    index: core.Definition,
    feed: Feed,
    reader: Reader,
    whole: Sequence[Answers],
    year: int,
    known: Collection[str] | None = None,
) -> Computation:
    """Compute an index from answers that hold all that follows from them; `known` as in `core.compute`."""
    require(actor, READ)
    frame = feeding.fed(index, feed, reader, whole, year)
    made = core.compute(index, frame, known)
    findings = (*feeding.lint(index, feed), *feeding.told_rules(index, year), *made.findings)
    result = made.frame.with_columns(pl.lit(year).alias(DATA_YEAR))
    return Computation(len(whole), made.frame.height, len(made.rejected), made.depth, result, findings)


def _nothing() -> Finding:
    return Finding("CELLS_MISSING", "Berkas tidak memuat satu sel pun.", "Periksa isinya.", Severity.ERROR)
