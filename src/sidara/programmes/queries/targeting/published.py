"""What was published of an index, without item scores: its figure and status as parts of a need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from sidara.collection import queries as collection
from sidara.collection.core import DataSet
from sidara.expressions import Expression
from sidara.indices.core import Definition, Item, Version
from sidara.indices.core.evaluate import STATUS
from sidara.indices.core.scoring import highest
from sidara.indices.core.variables import variable
from sidara.kernel.actor import Actor
from sidara.programmes.core.targeting.formulas import part_of
from sidara.programmes.core.targeting.need import Part, Source, Span
from sidara.programmes.core.targeting.question import AskedPart
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Answer, Query

type Figures = Mapping[str, Span | None]
"""A figure by village code; a village that is not there is not known."""


@dataclass(frozen=True, eq=False)
class Published:
    """Villages with the index and status that a data set holds for a year."""

    definition: Definition
    version: Version
    dataset: DataSet
    year: int
    answer: Answer

    @property
    def as_of(self) -> date:
        """Give the day as of which the figures are told."""
        return self.answer.as_of

    @property
    def items(self) -> Mapping[str, Item]:
        """Give the items whose scores are known: none."""
        return {}

    @property
    def names(self) -> Mapping[str, Item]:
        """Give what a formula may name: nothing."""
        return {}

    @cached_property
    def held(self) -> int:
        """Count the villages of which anything is known."""
        return self.answer.frame.drop_nulls("state")["region"].n_unique()

    def part(self, asked: AskedPart) -> tuple[Part, Figures]:
        """Give the index or the status as a part, with its figures."""
        version = self.version
        classes = version.thresholds.classes
        is_status = asked.source is Source.STATUS
        wanted = variable(self.definition.code, STATUS.upper() if is_status else version.top.code)
        rows = self.answer.frame.filter(self.answer.frame["variable"] == wanted)
        top = Fraction(len(classes) - 1) if is_status else highest(version, version.top)
        place = {one.code: Fraction(at) for at, one in enumerate(classes)}
        found: dict[str, Span | None] = {}
        for region, code, value in rows.select("region", "code", "value").iter_rows():
            figure = place.get(code) if is_status else None if value is None else Fraction(value)
            found[region] = None if figure is None else Span.of(top - figure)
        return part_of(asked, self.definition, version, top), found

    def formula(self, asked: AskedPart, expression: Expression) -> tuple[Part, Figures]:
        """Refuse: there are no items over which a formula could go."""
        raise TypeError(f"no items for {asked.text} ({expression.text})")


def published(
    actor: Actor, definition: Definition, dataset: DataSet, *, year: int | None, under: str | None
) -> Published | None:
    """Read index and status of the newest year (or `year`) of a data set; `None` where it holds none."""
    held = {one.code for one in collection.variables(actor, dataset.code)}
    for version in reversed(definition.versions):
        wanted = tuple(
            code
            for code in (
                variable(definition.code, version.top.code),
                variable(definition.code, STATUS.upper()),
            )
            if code in held
        )
        for period in reversed(warehouse.periods(actor, dataset.code, wanted[0])) if wanted else ():
            told = int(period[:4])
            if year in {None, told} and definition.version_in(told) is version:
                answer = warehouse.ask(actor, Query(dataset.code, wanted, under=under, periods=(period,)))
                return Published(definition, version, dataset, told, answer)
    return None
