"""What an editor says of an activity, and what is wrong with it by itself or still missing in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sidara.kernel.finding import Finding
from sidara.programmes.core.fitting import ACTIVITY, FIGURE_LIMIT, MOST_MONEY, fit_faults
from sidara.programmes.core.plan_drafts import EARLIEST, LATEST, fault, text_faults
from sidara.programmes.core.words import Level, Stage

QUARTERS = 4
MOST_PEOPLE = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputDraft:
    """What an activity brings forth: the target of the year, and up to each quarter (cumulative)."""

    indicator: str
    unit: str = ""
    target: Decimal | None = None
    quarters: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True, slots=True)
class At:
    """A village (dotted code) in which an activity is done, and the place below it."""

    code: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """An item of an index (`idm`, `S34`) or, without index, an indicator or element of the dictionary."""

    item: str
    index: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDraft:
    """An activity as its owner plans it. `area`: dotted code of the owner's area, empty = the country.

    `phases` are stages of `activity_kinds.yaml`, `goals` uids of goals that it supports, `line` the plan line
    that pays it, `target_list` where its villages come from. `budget_idr` in whole rupiah.
    """

    level: Level
    name: str
    year: int
    area: str = ""
    agency: str = ""
    sector: str = ""
    activity_kind: str = ""
    code: str = ""
    central_programme: str = ""
    fund_source: str = ""
    budget_idr: int | None = None
    phases: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    co_financing: str = ""
    tags: tuple[str, ...] = ()
    beneficiaries: str = ""
    beneficiary_count: int | None = None
    method: str = ""
    executor: str = ""
    note: str = ""
    stage: Stage = Stage.DRAFT
    is_whole_area: bool = False
    is_simulated: bool = False
    villages: tuple[At, ...] = ()
    outputs: tuple[OutputDraft, ...] = ()
    goals: tuple[UUID, ...] = ()
    gaps: tuple[Gap, ...] = ()
    line: UUID | None = None
    target_list: UUID | None = None


def activity_faults(draft: ActivityDraft) -> Iterator[Finding]:
    """Judge an activity by itself; what a draft may still lack is asked for only when it is planned."""
    yield from text_faults({"name": draft.name, "agency": draft.agency}, needed=("name",))
    if not EARLIEST <= draft.year <= LATEST:
        yield fault(
            "ACTIVITY_YEAR",
            f"Tahun {draft.year} tidak dapat dipakai.",
            f"Isi tahun antara {EARLIEST} dan {LATEST}.",
            "year",
            str(draft.year),
        )
    if draft.budget_idr is not None and not 0 <= draft.budget_idr < MOST_MONEY:
        yield fault(
            "MONEY_NEGATIVE" if draft.budget_idr < 0 else "MONEY_TOO_LARGE",
            f"Anggaran Rp{draft.budget_idr} tidak mungkin.",
            "Periksa angkanya; tulis dalam rupiah penuh.",
            "budget_idr",
            str(draft.budget_idr),
        )
    if draft.beneficiary_count is not None and not 0 <= draft.beneficiary_count < MOST_PEOPLE:
        yield fault(
            "COUNT_OUTSIDE",
            "Jumlah penerima manfaat tidak mungkin.",
            "Periksa angkanya.",
            "beneficiary_count",
            str(draft.beneficiary_count),
        )
    if draft.starts and draft.ends and draft.ends < draft.starts:
        yield fault("ACTIVITY_DAYS", "Selesai sebelum mulai.", "Tukar tanggalnya.", "ends", str(draft.ends))
    if any(day is not None and day.year != draft.year for day in (draft.starts, draft.ends)):
        yield fault(
            "ACTIVITY_DAYS",
            f"Tanggal di luar tahun {draft.year}.",
            "Kegiatan direncanakan untuk satu tahun; pecah bila melewati akhir tahun.",
            "starts",
        )
    codes = [one.code for one in draft.villages]
    if len(set(codes)) < len(codes):
        twice = next(one for one in codes if codes.count(one) > 1)
        yield fault(
            "VILLAGE_TWICE", f"Desa {twice} tertulis dua kali.", "Tulis satu kali.", "villages", twice
        )
    yield from _output_faults(draft.outputs)
    yield from fit_faults(draft, ACTIVITY)
    if draft.stage is not Stage.DRAFT:
        yield from _missing(draft)


def _output_faults(outputs: Sequence[OutputDraft]) -> Iterator[Finding]:
    names = [one.indicator.strip() for one in outputs]
    if len(set(names)) < len(names):
        yield fault("INDICATOR_TWICE", "Satu keluaran tertulis dua kali.", "Hapus salah satu.", "outputs")
    for one in outputs:
        said = [value for value in one.quarters if value is not None]
        figures = [*said, *([one.target] if one.target is not None else [])]
        if not one.indicator.strip():
            yield fault("TEXT_MISSING", "Keluaran belum bernama.", "Isi indikatornya.", "outputs")
        if any(not value.is_finite() or value < 0 or value >= FIGURE_LIMIT for value in figures):
            yield fault("TARGET_TOO_LARGE", "Angka keluaran tidak mungkin.", "Periksa angkanya.", "outputs")
        elif len(one.quarters) > QUARTERS or said != sorted(said):
            yield fault(
                "QUARTERS_FALL",
                f"Target triwulan {one.indicator} turun; angkanya jumlah sampai triwulan itu.",
                "Tulis jumlah sampai triwulan itu, bukan tambahannya.",
                "outputs",
            )
        elif said and one.target is not None and said[-1] > one.target:
            yield fault(
                "QUARTERS_ABOVE_TARGET",
                f"Target triwulan {one.indicator} melebihi target setahun.",
                "Samakan triwulan terakhir dengan target setahun.",
                "outputs",
            )


def _missing(draft: ActivityDraft) -> Iterator[Finding]:
    """Say what a planned activity lacks, field by field; a programme of the centre is its code."""
    is_coded = bool(draft.code.strip() or draft.central_programme) or draft.level is Level.COMPANY
    wanted = (
        ("agency", bool(draft.agency.strip()) or draft.level is Level.VILLAGE, "perangkat daerah pelaksana"),
        ("activity_kind", bool(draft.activity_kind), "jenis kegiatan"),
        ("code", is_coded, "kode nomenklatur"),
        ("fund_source", bool(draft.fund_source), "sumber dana"),
        ("budget_idr", draft.budget_idr is not None, "anggaran"),
        ("villages", bool(draft.villages) or draft.is_whole_area, "desa sasaran"),
    )
    for column, is_there, words in wanted:
        if not is_there:
            yield fault(
                "ACTIVITY_INCOMPLETE",
                f"Belum ada {words}.",
                "Isi dahulu, atau simpan sebagai rancangan.",
                column,
            )


def quarters_of(kept: Sequence[str | None]) -> tuple[Decimal | None, ...]:
    """Read the targets up to each quarter as the records keep them: texts, `None` where nothing is said."""
    return tuple(None if one is None else Decimal(one) for one in kept)


def plain_figure(value: Decimal) -> Decimal:
    """Give a figure without the zeros that a column adds: 10.0000 is 10."""
    return Decimal(format(value.normalize(), "f"))
