"""Loading a home folder: register, published files, simulated figures, facts. Only through services.

Each step can be run again: what is there stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from sidara.collection import services as collecting
from sidara.collection.core import Account, DataSet
from sidara.demo.core import Unknown, simulate
from sidara.demo.core.variables import variables
from sidara.demo.services.conditions import state_conditions
from sidara.dictionary import services as defining
from sidara.indices import core as index_core
from sidara.indices import queries as indices
from sidara.indices.core.definition import Result
from sidara.kernel import content
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock, local_date, now
from sidara.regions import queries as regions
from sidara.regions import services as registering
from sidara.regions.core import DESA
from sidara.tables import LINE
from sidara.warehouse import queries as asking
from sidara.warehouse import services as warehouse

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


@dataclass(frozen=True, slots=True)
class SimulatedSet:
    """One entry of `content/simulated.yaml`."""

    index: str
    code: str
    title: str
    source: str
    licence: str
    definition: str
    years: tuple[int, ...]
    beside_published: tuple[int, ...]
    unknown: Unknown


@cache
def simulated_sets() -> tuple[SimulatedSet, ...]:
    """Read which data sets the demo simulates."""
    return tuple(
        SimulatedSet(
            **entry
            | {
                "years": tuple(entry["years"]),
                "beside_published": tuple(entry["beside_published"]),
                "unknown": Unknown(**entry.get("unknown", {})),
            }
        )
        for entry in content.load("sidara.demo", "simulated")["sets"]
    )


def load(
    actor: Actor, *, province: str, folder: Path | None, say: Say, clock: Clock = now
) -> tuple[Account, ...]:
    """Make a home folder ready to serve; gives the accounts of all that was stored.

    `folder` holds published files (see `content/published.yaml`); without it, or without any of the files,
    all figures are simulated (`content/simulated.yaml`). Refuses (`NotAllowed`) who may not load.
    """
    say(f"register wilayah provinsi {province}")
    registering.load_register(actor, provinces=(province,), clock=clock)
    _codes(actor, province, folder, say, clock)
    say("desa contoh, di luar register yang nyata")
    registering.add_examples(actor, province=province, clock=clock)
    state_conditions(actor, province=province, clock=clock)
    say("kamus data")
    defining.load(actor, clock=clock)
    say("peta skematik")
    regions.hexmap(actor, province)
    _boundaries(actor, province, folder, say, clock)
    accounts = _published(actor, province, folder, say, clock)
    is_beside = any(not one.is_refused for one in accounts)
    ids = {village.code: village.id for village in regions.villages(actor, province) if village.kind in DESA}
    say(
        "angka SIMULASI untuk yang belum pernah terbit"
        if ids
        else "tidak ada desa, hanya kelurahan: tanpa angka SIMULASI"
    )
    for one in simulated_sets() if ids else ():
        years = one.beside_published if is_beside else one.years
        say(f"{one.title}: {', '.join(map(str, years))}")
        accounts.append(_simulated(actor, ids, one, years, clock))
    say("gudang fakta dari semua perubahan")
    warehouse.refresh(actor)
    say(f"{asking.status(actor).facts} fakta siap ditanyakan")
    return tuple(accounts)


def _boundaries(actor: Actor, province: str, folder: Path | None, say: Say, clock: Clock) -> None:
    """Load the boundaries of the province from the folder, where they are there and none are drawn yet."""
    for one in content.load("sidara.demo", "boundaries")["files"]:
        path = None if folder is None else folder / one["file"]
        if path is None or one["province"] != province or regions.boundary_layer_now(actor) is not None:
            continue
        if not path.is_file():
            say(f"tidak ada: {one['file']}")
            continue
        survey = regions.boundary_survey(actor, file=path, on=one["date"])
        if survey.is_refused:
            say(f"{one['file']}: ditolak, {survey.findings[0].message}")
            continue
        registering.keep_boundaries(
            actor,
            survey=survey,
            source=one["source"],
            licence=one["licence"],
            data_date=one["date"],
            clock=clock,
        )
        say(f"{one['file']}: batas {len(survey.codes)} desa")


def _codes(actor: Actor, province: str, folder: Path | None, say: Say, clock: Clock) -> None:
    """Load codes of other schemes from the folder, so that a code that means two places is asked back."""
    for entry in content.load("sidara.demo", "published").get("codes", ()):
        path = None if folder is None else folder / entry["file"]
        if path is None or province not in entry["provinces"] or not path.is_file():
            continue
        account = registering.import_codes(actor, source=path, scheme=entry["scheme"], clock=clock)
        say(f"{entry['file']}: {account.created + account.unchanged} kode {entry['scheme']}")


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


def _simulated(
    actor: Actor, ids: dict[str, int], one: SimulatedSet, years: Sequence[int], clock: Clock
) -> Account:
    """Store simulated answers and what they give, for every desa of the province (code and id)."""
    definition = indices.definition(actor, one.index)
    if definition is None:
        raise RuntimeError(f"the definition of {one.index} is not part of the package")
    seed = content.load("sidara.demo", "simulated")["seed"]
    answers = simulate(definition, sorted(ids), years, seed=seed, unknown=one.unknown)
    answers = answers.with_row_index(LINE, 2).with_columns(pl.col(LINE).cast(pl.Int64))
    made = index_core.compute(definition, answers)
    version = definition.versions[-1]
    return collecting.put_cells(
        actor,
        dataset=DataSet(
            code=one.code,
            title=one.title,
            source=one.source,
            url="",
            licence=one.licence,
            retrieved_date=local_date(clock()),
            code_scheme="kemendagri",
            is_simulated=True,
            measure="actual",
            definition=one.definition,
        ),
        variables=variables(version, definition.code),
        cells=_cells(made.frame, definition, years[-1], ids),
        now=clock(),
    )


def _cells(
    frame: pl.DataFrame, definition: index_core.Definition, last: int, ids: dict[str, int]
) -> pl.DataFrame:
    """Turn the computed table into cells: levels and status of all years, answers and scores of the last.

    What is not sure has no cell; an index that is not sure has the ends of its span.
    """
    version = definition.versions[-1]
    statuses = {one.status: one.code for one in version.thresholds.classes}
    levels = {level.column: level.code for level in version.levels}
    scores = {item.code: item.variable for item in version.items}
    deep = [*(one.name for one in version.read_inputs), *scores.values()]
    known = pl.DataFrame({"kode": list(ids), "region_id": list(ids.values())})
    frame = frame.with_columns(
        pl.col("status").replace_strict(statuses, default=None),
        pl.col("tahun").cast(pl.String).alias("period"),
    ).join(known, on="kode")
    top = version.top
    ends = {
        str(version.results.named(result)): f"{top.code}_{end}"
        for result, end in ((Result.LOW, "MIN"), (Result.HIGH, "MAX"))
    }
    frame = frame.with_columns(pl.when(pl.col(top.column).is_null()).then(pl.col(name)) for name in ends)
    every = frame.rename({**levels, **ends, "status": "STATUS"}).select(
        "region_id",
        "period",
        *(pl.col(name).round(4).cast(pl.String) for name in (*levels.values(), *ends.values())),
        "STATUS",
    )
    once = (
        frame.filter(pl.col("period") == str(last))
        .rename(scores)
        .select("region_id", "period", *(pl.col(name).cast(pl.String) for name in deep))
    )
    return (
        pl.concat(
            part.unpivot(index=["region_id", "period"], variable_name="variable", value_name="value")
            for part in (every, once)
        )
        .drop_nulls("value")
        .with_columns(pl.format("{}.{}", pl.lit(definition.code), "variable").alias("variable"))
        .select("region_id", "period", "variable", "value")
    )
