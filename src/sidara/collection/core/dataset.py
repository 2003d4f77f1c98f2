"""Data sets, their variables, and what changed in them.

A data set is what one source published under one structure; its code says where it comes from:
`external:…` was published by others, `simulated:…` is SIMULASI on every page and file.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import pyarrow as pa

from sidara.kernel.finding import Finding, Place
from sidara.regions.core import dotted, is_example

EXTERNAL, SIMULATED = "external:", "simulated:"
COLLECTION, EXAMPLES = "collection", "simulated:collection"
"""The data sets of what villages fill in: real ones, and example villages. See `dataset_of`."""
PUBLISHED_LEVEL = 4
"""The verification level of a published cell: nobody here verifies it, it counts as final."""

_CODE = re.compile(r"(external|simulated):[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
UNSTATED_LICENCE = "tidak dinyatakan"


@lru_cache(maxsize=4096)
def dataset_of(region: str) -> str:
    """Give the data set of what a region fills in, by its code: that of example villages is SIMULASI.

    No door asks for it: what is filled in for one kind of village can never be kept with the other.
    """
    return EXAMPLES if is_example(dotted(region) or region) else COLLECTION


def is_simulated(dataset: str) -> bool:
    """Whether a data set holds what a program made, or what is filled in for example villages."""
    return dataset.startswith(SIMULATED)


class ValueType(StrEnum):
    """What a variable's values are: a decimal number, a code of a list, or free text."""

    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class Aggregation(StrEnum):
    """How a variable's figures of several areas become one: the rule for areas that split or merge, too.

    SUM: they add up, a part has its share. RATIO: recomputed from `numerator` and `denominator` (variables of
    the same data set); without a numerator the figures are means weighted with the denominator. NONE: parts
    inherit, nothing is said of areas that merged.
    """

    NONE = "none"
    SUM = "sum"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set and its provenance. `measure`: actual, target, baseline, published.

    `licence` may be `tidak dinyatakan` and is shown; `definition` names the definition that the figures
    follow (regulation); `retrieved_date` is the day the copy was taken.
    """

    code: str
    title: str
    source: str
    url: str
    licence: str
    retrieved_date: date
    code_scheme: str
    is_simulated: bool
    measure: str
    definition: str = ""

    @property
    def is_external(self) -> bool:
        """Whether others published it: a set of its own, never merged into collected values."""
        return self.code.startswith(EXTERNAL)


@dataclass(frozen=True, slots=True)
class Choice:
    """A category: its code, its label on screen, and the text under which sources publish it."""

    code: str
    label: str
    published: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """What is measured. `decimals` are shown; a value outside its domain is no value of it.

    A RATIO is `scale` x `numerator` / `denominator` (codes of variables; 100 for a percentage).
    """

    code: str
    label: str
    unit: str
    decimals: int
    type: ValueType
    choices: tuple[Choice, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    is_whole: bool = False
    aggregation: Aggregation = Aggregation.NONE
    numerator: str = ""
    denominator: str = ""
    scale: int = 1

    @property
    def holds_several(self) -> bool:
        """Whether a value is several options, their codes apart by a blank in the order of the list."""
        return self.type is ValueType.TEXT and bool(self.choices)


@dataclass(frozen=True, slots=True)
class Stored:
    """A data set as it stands: cells held, file they came from (SHA-256), last import (UTC)."""

    dataset: DataSet
    table: str
    cells: int
    regions: int
    periods: tuple[str, ...]
    variables: int
    file_name: str
    file_hash: str
    imported_at: datetime | None


@dataclass(frozen=True, eq=False)
class Changes:
    """A stretch of the change log, in the order of commit.

    `cursor` is the sequence of the last row, or the one that was asked from when there is none. `rows`:
    sequence int64, dataset, measure, region_id int64, period, row, variable, breakdown, state, value string
    (a choice's code, a number as published; null unless state is `nilai`), revision int64, definition,
    level int8 (null: of a submission), changed_at timestamp(us, UTC).
    """

    epoch: str
    cursor: int
    rows: pa.Table


def dataset_faults(dataset: DataSet, *, today: date) -> list[Finding]:
    """Say what is missing or wrong in the provenance of a data set, each with its option."""
    wanted = (
        (
            "licence",
            dataset.licence,
            "Lisensi",
            f"Isi --licence; bila sumber tidak menyebutnya, tulis '{UNSTATED_LICENCE}'.",
        ),
        ("title", dataset.title, "Judul", "Isi --title."),
        ("source", dataset.source, "Sumber", "Isi --source dengan nama penerbit dan terbitannya."),
        ("scheme", dataset.code_scheme, "Skema kode wilayah", "Isi --scheme, misalnya kemendagri."),
    )
    faults = [
        Finding(
            "PROVENANCE_MISSING", f"{words} himpunan data belum disebutkan.", remedy, place=Place(column=name)
        )
        for name, text, words, remedy in wanted
        if not text.strip()
    ]
    if _CODE.fullmatch(dataset.code) is None:
        faults.append(
            Finding(
                "DATASET_CODE",
                f"Kode himpunan data tidak dapat dipakai: {dataset.code}.",
                "Tulis seperti external:idm-2024: huruf kecil, angka, dan tanda hubung.",
                place=Place(column="code"),
                value=dataset.code,
            )
        )
    if dataset.retrieved_date > today:
        faults.append(
            Finding(
                "RETRIEVED_LATER",
                f"Tanggal pengambilan {dataset.retrieved_date} belum tiba.",
                "Isi --retrieved dengan tanggal salinan diambil.",
                place=Place(column="retrieved"),
                value=str(dataset.retrieved_date),
            )
        )
    return faults
