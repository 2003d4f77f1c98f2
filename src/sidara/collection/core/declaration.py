"""A declaration: how one kind of published table maps to regions, periods, variables, breakdowns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sidara.collection.core.dataset import Aggregation, Choice, ValueType, Variable
from sidara.kernel.breakdown import breakdown_of


class DeclarationFault(ValueError):  # noqa: N818 - reads as the sentence it is
    """A declaration contradicts itself or the variables: our own fault, found by its test."""


@dataclass(frozen=True, slots=True)
class RegionColumn:
    """Where the region stands. `level` 1 to 4; `names` (upper case -> code) where it stands by name.

    Rows whose region is in `skipped` (totals) are not sent. `name` is the column of the region's name beside
    its code, if any: a witness against a wrong scheme, never a key.
    """

    column: str
    level: int
    names: Mapping[str, str]
    skipped: frozenset[str]
    name: str = ""

    @property
    def is_name(self) -> bool:
        """Whether regions stand by reviewed name instead of by code."""
        return bool(self.names)


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values: variable and breakdown (canonical text)."""

    column: str
    variable: str
    breakdown: str
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Declaration:
    """One kind of published table. `period` is fixed text or `period_column` names the year's column."""

    name: str
    title: str
    dataset_title: str
    dataset_source: str
    dataset_url: str
    definition: str
    measure: str
    code_scheme: str
    region: RegionColumn
    period: str | None
    period_column: str | None
    columns: tuple[ValueColumn, ...]
    ignored: tuple[str, ...]
    variables: tuple[Variable, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that a file must have."""
        keys = [self.region.column, *([self.period_column] if self.period_column else [])]
        return (*keys, *(one.column for one in self.columns if not one.is_optional))

    @property
    def known(self) -> frozenset[str]:
        """Columns that have a meaning or are knowingly left out."""
        return frozenset((*self.required, *(one.column for one in self.columns), *self.ignored))


def variables_of(contents: Sequence[Mapping[str, Any]]) -> dict[str, Variable]:
    """Build all variables by code from their content files."""
    made: dict[str, Variable] = {}
    for content in contents:
        for row in content["variables"]:
            if row["code"] in made:
                raise DeclarationFault(f"variable {row['code']} is declared twice")
            made[row["code"]] = Variable(
                code=row["code"],
                label=row["label"],
                unit=row.get("unit", ""),
                decimals=row.get("decimals", 0),
                type=ValueType(row["type"]),
                choices=tuple(
                    Choice(one["code"], one["label"], one.get("published", ""))
                    for one in row.get("choices", ())
                ),
                minimum=_decimal(row.get("minimum")),
                maximum=_decimal(row.get("maximum")),
                is_whole=row.get("whole", False),
                aggregation=Aggregation(row.get("aggregation", "none")),
                numerator=row.get("numerator", ""),
                denominator=row.get("denominator", ""),
                scale=row.get("scale", 1),
            )
    for one in made.values():
        lacking = {one.numerator, one.denominator} - {"", *made}
        if lacking or (one.aggregation is Aggregation.RATIO) != bool(one.denominator):
            raise DeclarationFault(f"variable {one.code} is no ratio of variables: {sorted(lacking)}")
    return made


def _decimal(value: object) -> Decimal | None:
    """Read a bound exactly as it is written."""
    return None if value is None else Decimal(str(value))


def build(content: Mapping[str, Any], variables: Mapping[str, Variable]) -> Declaration:
    """Build a declaration from its content; refuses (`DeclarationFault`) what contradicts itself."""
    columns = tuple(
        ValueColumn(
            column=row["column"],
            variable=row["variable"],
            breakdown=breakdown_of(row.get("breakdown", {}).items()),
            is_optional=row.get("optional", False),
        )
        for row in content["columns"]
    )
    unknown = [one.variable for one in columns if one.variable not in variables]
    cells = {(one.variable, one.breakdown) for one in columns}
    if unknown or len(cells) != len(columns) or len({one.column for one in columns}) != len(columns):
        raise DeclarationFault(f"{content['name']}: unknown variable or a column or cell twice {unknown}")
    used = dict.fromkeys(one.variable for one in columns)
    region, dataset = content["region"], content["dataset"]
    return Declaration(
        name=content["name"],
        title=content["title"],
        dataset_title=dataset["title"],
        dataset_source=dataset["source"],
        dataset_url=dataset.get("url", ""),
        definition=dataset["definition"],
        measure=dataset["measure"],
        code_scheme=content["code_scheme"],
        region=RegionColumn(
            column=region["column"],
            level=region["level"],
            names=region.get("names", {}),
            skipped=frozenset(region.get("skip", ())),
            name=region.get("name", ""),
        ),
        period=content["period"].get("fixed"),
        period_column=content["period"].get("column"),
        columns=columns,
        ignored=tuple(content.get("ignored", ())),
        variables=tuple(variables[code] for code in used),
    )
