"""Definitions of the indices, and what disagreed at an import."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sidara.indices import core, models
from sidara.indices.formats import definition_file
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding, Place, Severity

READ = "indices.read"


class DefinitionFault(RuntimeError):  # noqa: N818 - reads as the sentence it is
    """A definition of our own content is not sound: our fault, its findings say where."""


@cache
def _definitions() -> tuple[core.Definition, ...]:
    found = []
    for file in sorted((resources.files("sidara.indices") / "content").iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".yaml"):
            continue
        definition, findings = definition_file.read(file.read_bytes(), file.name)
        if definition is None:
            raise DefinitionFault("; ".join(f"{one.place}: {one.message}" for one in findings))
        found.append(definition)
    return tuple(found)


def definitions(actor: Actor) -> tuple[core.Definition, ...]:
    """Every index, by file name."""
    require(actor, READ)
    return _definitions()


def definition(actor: Actor, code: str) -> core.Definition | None:
    """Give the index with the code or name (`idm`, `indeks-desa`, `ID`), `None` when there is none."""
    require(actor, READ)
    return next((one for one in _definitions() if one.is_called(code)), None)


@dataclass(frozen=True, slots=True)
class PublishedFinding:
    """A published figure of one village (region id) and period that its own items do not give."""

    dataset: str
    region_id: int
    period: str
    index: str
    finding: Finding


def published_findings(
    actor: Actor, dataset: str, *, code: str | None = None, region_ids: Collection[int] | None = None
) -> tuple[PublishedFinding, ...]:
    """Give what disagreed at the last import of a data set; `code` and `region_ids` choose among it."""
    require(actor, READ)
    rows = models.PublishedFinding.objects.filter(dataset=dataset)
    if code is not None:
        rows = rows.filter(code=code)
    if region_ids is not None:
        rows = rows.filter(region_id__in=list(region_ids))
    return tuple(
        PublishedFinding(
            row.dataset,
            row.region_id,
            row.period,
            row.index,
            Finding(
                row.code,
                row.message,
                row.remedy,
                Severity(row.severity),
                Place(column=row.column or None),
                row.value or None,
            ),
        )
        for row in rows
    )
