"""What is expected: slices (a form and period of a data set) over the villages, and their empty rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sidara.collection.core.judged import Counts
from sidara.dictionary.core import Form
from sidara.dictionary.core.openings import Opening
from sidara.kernel.period import Period
from sidara.progress.core.measuring import Measured

type Fields = dict[str, Any]
"""A row of `models.Tally` by the names of its columns; what is not named is as in an empty one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A village with those above it: ids, and its code with theirs, the nearest first."""

    region_id: int
    code: str
    kind: str
    district_id: int
    regency_id: int
    province_id: int
    lineage: tuple[str, ...]


@dataclass(frozen=True)
class Slice:
    """A form and period of a data set: where it is expected, until when, and what an empty one counts.

    `digest` is another one as soon as anything of that is.
    """

    dataset: str
    form: Form
    period: Period
    openings: Mapping[tuple[str, ...], Opening]
    blank: Mapping[str, Counts]
    digest: str

    @property
    def name(self) -> tuple[str, str, str]:
        """Data set, form and period."""
        return self.dataset, self.form.code, str(self.period)


@dataclass(frozen=True)
class Expected:
    """The villages of a data set and the slices that are expected of them; `named` are codes of windows."""

    dataset: str
    places: Mapping[int, Place]
    slices: Sequence[Slice]
    named: frozenset[str]

    def of(self, one: Slice) -> Iterator[tuple[Place, Opening, Counts]]:
        """Give where a slice is expected."""
        for place in self.places.values():
            at, blank = one.openings.get(group_of(place, self.named)), one.blank.get(place.kind)
            if at is not None and blank is not None:
                yield place, at, blank


def group_of(place: Place, named: frozenset[str]) -> tuple[str, ...]:
    """Give those of a village's codes that windows name: villages with the same ones have the same days."""
    return tuple(code for code in place.lineage if code in named)


def laid_row(one: Slice, place: Place, at: Opening, blank: Counts) -> Fields:
    """Give the row of a submission that nobody began."""
    due = at.due_date.toordinal()
    return {
        "dataset": one.dataset,
        "form": one.form.code,
        "sector": one.form.sector,
        "period": str(one.period),
        "year": one.period.year,
        "region_id": place.region_id,
        "district_id": place.district_id,
        "regency_id": place.regency_id,
        "province_id": place.province_id,
        "opens_day": at.opens_date.toordinal(),
        "window_due": due,
        "due_day": due,
        "late_until": at.late_until.toordinal(),
        "asked": blank.asked,
        "required": blank.required,
        "filled": blank.filled,
        "unknown": blank.unknown,
        "not_applicable": blank.not_applicable,
    }


def with_counts(row: Fields, measured: Measured) -> Fields:
    """Give a row with what was counted of its submission; the day of its receipt stays."""
    counts = asdict(measured)
    counts["due_day"] = row["window_due"] if measured.due_day is None else measured.due_day
    days = (measured.sent_day, row.get("received_day"))
    counts["came_day"] = min((one for one in days if one is not None), default=None)
    return row | counts


def moved(before: Fields, row: Fields) -> Fields:
    """Give a row that was counted already where a window or an area is another one."""
    names = ("opens_day", "window_due", "late_until", "district_id", "regency_id", "province_id", "sector")
    made = before | {name: row[name] for name in names}
    if made["sent_day"] is None:
        made["due_day"] = made["window_due"]
    return made
