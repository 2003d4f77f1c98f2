"""Which data sets answer on the pages, and how an answer names its source beneath a picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_noop as noop

from sidara.collection.core import DataSet
from sidara.kernel.actor import Actor
from sidara.ui.figures import Source
from sidara.ui.language import say
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import AS_REPORTED, Answer
from sidara.web.pages import arrangement, content


@dataclass(frozen=True)
class Sets:
    """The data sets in use for one index, `None` where not loaded: levels, items, recap, simulated."""

    index: str
    scores: DataSet | None
    items: DataSet | None
    recap: DataSet | None
    simulated: DataSet | None

    @property
    def is_simulated(self) -> bool:
        """Say whether the pages' main figures are simulated (nothing real was loaded)."""
        return self.scores is not None and self.scores.is_simulated


LICENCES = (
    noop("tidak dinyatakan"),
    noop("bebas dipakai, angka rekaan"),
    noop("menurut kerahasiaan tiap elemen"),
)
"""Licences that are words of ours; others stand as their source wrote them."""


def sets(actor: Actor, index: str) -> Sets:
    """Choose the first data set of each list of an index that is loaded and open to the actor."""
    known = {dataset.code: dataset for dataset in warehouse.open_datasets(actor)}

    def first(part: str) -> DataSet | None:
        return next((known[code] for code in content.datasets()[index][part] if code in known), None)

    return Sets(index, first("scores"), first("items"), first("recap"), first("simulated"))


def source(answer: Answer) -> Source:
    """Name where an answer's figures come from: data set, licence, dates, definition."""
    dataset = answer.dataset
    if dataset is None:
        return Source(answer.query.dataset, say("tidak ada"), "", say("tidak dinyatakan"), None, answer.as_of)
    return Source(
        dataset=dataset.code,
        title=dataset.title,
        publisher=dataset.source,
        licence=say(dataset.licence),
        retrieved=dataset.retrieved_date,
        as_of=answer.as_of,
        definition=", ".join(answer.definitions),
        url=dataset.url,
        is_simulated=dataset.is_simulated,
        vintage="" if answer.query.vintage == AS_REPORTED else arrangement.words(answer.query.vintage),
        vintage_code=str(answer.query.vintage),
    )


def sources(answers: Iterable[Answer]) -> tuple[Source, ...]:
    """Name the sources of several answers, each data set once."""
    return tuple({found.dataset: found for found in map(source, answers)}.values())
