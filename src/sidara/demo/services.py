"""Loading a home folder: register, published files, simulated figures, facts. Only through services.

Each step can be run again: what is there stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from sidara.collection import queries as collection
from sidara.collection import services as collecting
from sidara.collection.core import Account, DataSet
from sidara.demo.core import simulate
from sidara.demo.core.variables import variables
from sidara.indices import core as index_core
from sidara.indices import queries as indices
from sidara.kernel import content
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock, local_date, now
from sidara.regions import queries as regions
from sidara.regions import services as registering
from sidara.regions.core import DESA
from sidara.tables import LINE
from sidara.warehouse import queries as asking
from sidara.warehouse import services as warehouse

INDEX = "IDM"
SIMULATED = "simulated:idm"
YEARS = (2022, 2023, 2024)
"""Years of simulated levels and status; answers and scores are made for the last one."""
SEED = 62

type Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One entry of `content/published.yaml`."""

    file: str
    provinces: tuple[str, ...]
    table: str
    code: str
    title: str
    source: str
    url: str
    licence: str
    retrieved: date
    scheme: str


@cache
def published_files() -> tuple[PublishedFile, ...]:
    """Read the list of published files that the demo knows."""
    return tuple(
        PublishedFile(**(entry | {"provinces": tuple(entry["provinces"])}))
        for entry in content.load("sidara.demo", "published")["files"]
    )


def load(
    actor: Actor, *, province: str, folder: Path | None, say: Say, clock: Clock = now
) -> tuple[Account, ...]:
    """Make a home folder ready to serve; gives the accounts of all that was stored.

    `folder` holds published files (see `content/published.yaml`); without it, or without any of the files,
    all figures are simulated for `YEARS`. Refuses (`NotAllowed`) who may not load.
    """
    say(f"register wilayah provinsi {province}")
    registering.load_register(actor, provinces=(province,), clock=clock)
    say("peta skematik")
    regions.hexmap(actor, province)
    accounts = _published(actor, province, folder, say, clock)
    years = YEARS[-1:] if any(not one.is_refused for one in accounts) else YEARS
    say("angka SIMULASI untuk yang belum pernah terbit")
    accounts.append(_simulated(actor, province, years, clock))
    say("gudang fakta")
    warehouse.refresh(actor)
    say(f"{asking.status(actor).facts} fakta siap ditanyakan")
    return tuple(accounts)


def _published(actor: Actor, province: str, folder: Path | None, say: Say, clock: Clock) -> list[Account]:
    """Import each published file of the province that is in the folder; name what is absent."""
    accounts = []
    group = province if any(province in one.provinces for one in published_files()) else "other"
    for one in (entry for entry in published_files() if group in entry.provinces):
        path = None if folder is None else folder / one.file
        if path is None:
            continue
        if not path.is_file():
            say(f"tidak ada: {one.file}")
            continue
        account = collecting.import_table(
            actor,
            source=path,
            table=one.table,
            dataset=one.code,
            title=one.title,
            published_by=one.source,
            url=one.url,
            licence=one.licence,
            retrieved_date=one.retrieved,
            code_scheme=one.scheme,
            under=province,
            now=clock(),
        )
        say(
            f"{one.file}: {account.sent} sel dikirim = {account.created} baru + {account.updated} diperbarui "
            f"+ {account.unchanged} tetap + {account.conflicting} berselisih + {account.rejected} ditolak"
        )
        accounts.append(account)
    return accounts


def _simulated(actor: Actor, province: str, years: Sequence[int], clock: Clock) -> Account:
    """Store simulated answers and what they give, for every desa of the province."""
    definition = indices.definition(actor, INDEX)
    if definition is None:
        raise RuntimeError(f"the definition of {INDEX} is not part of the package")
    ids = {one.code: one.id for one in regions.villages(actor, province) if one.kind in DESA}
    answers = simulate(definition, sorted(ids), years, seed=SEED).with_row_index(LINE, 2)
    made = index_core.compute(definition, answers.with_columns(pl.col(LINE).cast(pl.Int64)))
    version = definition.versions[-1]
    listed = variables(version, INDEX)
    return collecting.put_cells(
        actor,
        dataset=DataSet(
            code=SIMULATED,
            title="SIMULASI jawaban dan skor IDM",
            source="Pembangkit angka SIDARA, bukan hasil pendataan",
            url="",
            licence="bebas dipakai, angka rekaan",
            retrieved_date=local_date(clock()),
            code_scheme="kemendagri",
            is_simulated=True,
            measure="actual",
            definition=_definition_text(actor),
        ),
        variables=listed,
        cells=_cells(made.frame, version, years[-1], ids),
        now=clock(),
    )


def _definition_text(actor: Actor) -> str:
    """Give the definition as the published tables name it."""
    declaration = collection.declaration(actor, "idm-items")
    return "" if declaration is None else declaration.definition


def _cells(frame: pl.DataFrame, version: index_core.Version, last: int, ids: dict[str, int]) -> pl.DataFrame:
    """Turn the computed table into cells: levels and status of all years, answers and scores of the last."""
    statuses = {one.status: one.code for one in version.thresholds.classes}
    levels = {level.code.lower(): level.code for level in version.levels}
    deep = [
        *(one.name for item in version.items for one in item.inputs),
        *(item.code for item in version.items),
    ]
    known = pl.DataFrame({"kode": list(ids), "region_id": list(ids.values())})
    frame = frame.with_columns(
        pl.col("status").replace_strict(statuses, default=None),
        pl.col("tahun").cast(pl.String).alias("period"),
    ).join(known, on="kode")
    every = frame.rename({**levels, "status": "STATUS"}).select(
        "region_id", "period", *(pl.col(name).round(4).cast(pl.String) for name in levels.values()), "STATUS"
    )
    once = frame.filter(pl.col("period") == str(last)).select(
        "region_id", "period", *(pl.col(name).cast(pl.String) for name in dict.fromkeys(deep))
    )
    return pl.concat(
        part.unpivot(index=["region_id", "period"], variable_name="variable", value_name="value")
        for part in (every, once)
    ).select("region_id", "period", pl.format("{}.{}", pl.lit(INDEX), "variable").alias("variable"), "value")
