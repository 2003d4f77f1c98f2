"""What an editor or a file says of plans, goals and lines, and what is wrong with it by itself.

Texts are as written, days are days, money is whole rupiah, targets are exact. A place of a finding names the
field as the draft has it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from sidara.kernel.finding import Finding, Place
from sidara.programmes.core.fitting import FIGURE_LIMIT, GOAL, LINE, PLAN, fit_faults
from sidara.programmes.core.plan_kinds import PlanKinds, PlanStanding, is_above
from sidara.programmes.core.words import (
    GOVERNMENT_OF,
    Edition,
    GoalKind,
    GoalTie,
    Government,
    Level,
    PlanKind,
)

EARLIEST, LATEST = 2000, 2100
LONGEST = {"title": 300, "agency": 200, "name": 500, "code": 40}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A plan document: `area` is the dotted code of its owner's area, empty for the whole country."""

    kind: PlanKind
    level: Level
    title: str
    year_from: int
    year_to: int
    area: str = ""
    agency: str = ""
    sector: str = ""
    is_simulated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDraft:
    """A text of a plan: the original one or a change, its document (number of the regulation) and day."""

    edition: Edition = Edition.ORIGINAL
    document: str = ""
    established_date: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDraft:
    """An indicator of a goal with baseline and targets by year.

    `indicator`: a code of the dictionary, a variable of an index (`IDM.IDM`), a category of one
    (`IDM.STATUS=MANDIRI`), or empty where the document has words only. `direction`: naik, turun, or empty.
    """

    name: str
    indicator: str = ""
    unit: str = ""
    direction: str = ""
    baseline_year: int | None = None
    baseline: Decimal | None = None
    targets: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDraft:
    """A goal; `uid` is made by who sends it, `parent` the uid of the goal above it in the same plan."""

    uid: UUID
    kind: GoalKind
    name: str
    valid_from: int
    valid_to: int
    code: str = ""
    parent: UUID | None = None
    is_priority: bool = False
    priority: str = ""
    place: int = 0
    indicators: tuple[IndicatorDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line of a plan by hand; `goal` is the uid of a goal of the same plan or of one that it follows."""

    year: int
    name: str
    government: Government
    code: str = ""
    agency: str = ""
    activity_kind: str = ""
    indicator: str = ""
    unit: str = ""
    direction: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    target_revised: Decimal | None = None
    ceiling_original: int | None = None
    ceiling_revised: int | None = None
    fund_source: str = ""
    reason: str = ""
    minutes: str = ""
    goal: UUID | None = None


def fault(code: str, message: str, remedy: str, column: str = "", value: str | None = None) -> Finding:
    """Make a finding at a field."""
    return Finding(code, message, remedy, place=Place(column=column or None), value=value)


def unreadable(column: str, text: str, example: str) -> Finding:
    """Say that what a person wrote in a field is no number or day; `example` shows one that can be read."""
    return fault("NUMBER_UNREADABLE", f"“{text}” tidak terbaca.", f"Tulis misalnya {example}.", column, text)


def not_chosen(column: str) -> Finding:
    """Say that the goal to be tied to is not chosen."""
    return fault("LINK_ABSENT", "Tujuan di atasnya belum dipilih.", "Pilih satu tujuan.", column)


def plan_faults(draft: PlanDraft, kinds: PlanKinds) -> Iterator[Finding]:
    """Judge a plan by itself: document and level, years, title, agency."""
    document = kinds.documents[draft.kind]
    if draft.level not in document.levels:
        yield fault(
            "PLAN_LEVEL",
            f"{draft.kind.value} bukan dokumen {kinds.levels[draft.level].name.lower()}.",
            f"Dokumen tingkat ini: {', '.join(one.code.value for one in kinds.of_level(draft.level))}.",
            "kind",
            draft.kind.value,
        )
    if not EARLIEST <= draft.year_from <= draft.year_to <= LATEST:
        yield fault(
            "PLAN_YEARS",
            f"Masa berlaku {draft.year_from} sampai {draft.year_to} tidak dapat dipakai.",
            f"Isi tahun awal dan akhir antara {EARLIEST} dan {LATEST}; akhir tidak mendahului awal.",
            "year_from",
        )
    if document.has_agency and not draft.agency.strip():
        yield fault(
            "PLAN_AGENCY",
            f"{draft.kind.value} adalah dokumen sebuah perangkat daerah, kementerian, atau perusahaan.",
            "Isi namanya.",
            "agency",
        )
    yield from text_faults({"title": draft.title}, needed=("title",))
    yield from text_faults({"agency": draft.agency})
    yield from fit_faults(draft, PLAN)


def text_faults(texts: Mapping[str, str], *, needed: Sequence[str] = ()) -> Iterator[Finding]:
    """Judge texts: those that must be there, and none longer than its column."""
    words = {"title": "Judul", "agency": "Perangkat daerah", "name": "Nama", "code": "Kode"}
    for name, text in texts.items():
        most = LONGEST.get(name, 1000)
        if name in needed and not text.strip():
            yield fault("TEXT_MISSING", f"{words.get(name, 'Isian')} belum diisi.", "Isi dahulu.", name)
        elif len(text.strip()) > most:
            yield fault(
                "TEXT_TOO_LONG",
                f"{words.get(name, 'Isian')} lebih panjang dari {most} huruf.",
                "Persingkat.",
                name,
            )


def goal_faults(draft: GoalDraft, plan: PlanStanding, kinds: PlanKinds) -> Iterator[Finding]:
    """Judge a goal by itself and against its plan: step, years, indicators."""
    document = kinds.documents[plan.kind]
    if draft.kind not in document.goal_kinds:
        named = ", ".join(kinds.goal_kinds[one].lower() for one in document.goal_kinds)
        yield fault(
            "GOAL_KIND",
            f"{plan.kind.value} tidak memuat {kinds.goal_kinds[draft.kind].lower()}.",
            f"Pilih salah satu: {named}." if named else "Dokumen ini tidak memuat tujuan.",
            "kind",
            draft.kind.value,
        )
    if not plan.year_from <= draft.valid_from <= draft.valid_to <= plan.year_to:
        yield fault(
            "GOAL_YEARS",
            f"Tujuan berlaku {draft.valid_from} sampai {draft.valid_to}, di luar masa dokumen "
            f"({plan.year_from} sampai {plan.year_to}).",
            "Sesuaikan tahunnya.",
            "valid_from",
        )
    yield from text_faults({"name": draft.name, "code": draft.code}, needed=("name",))
    yield from fit_faults(draft, GOAL)
    names = [one.name.strip() for one in draft.indicators]
    if len(set(names)) < len(names):
        yield fault("INDICATOR_TWICE", "Satu indikator tertulis dua kali.", "Hapus salah satu.", "indicators")
    for one in draft.indicators:
        yield from _indicator_faults(one, plan)


def _indicator_faults(draft: IndicatorDraft, plan: PlanStanding) -> Iterator[Finding]:
    if not draft.name.strip():
        yield fault("TEXT_MISSING", "Nama indikator belum diisi.", "Isi namanya.", "indicators")
    outside = [year for year in draft.targets if not plan.year_from <= year <= plan.year_to]
    if outside:
        yield fault(
            "TARGET_YEAR",
            f"Target {draft.name} untuk tahun {outside[0]} di luar masa dokumen "
            f"({plan.year_from} sampai {plan.year_to}).",
            "Pindahkan ke dokumen yang berlaku pada tahun itu.",
            "indicators",
            str(outside[0]),
        )
    if (draft.baseline is None) != (draft.baseline_year is None):
        yield fault(
            "BASELINE_HALF",
            f"Angka dasar {draft.name} memerlukan nilai dan tahunnya.",
            "Isi keduanya, atau kosongkan keduanya.",
            "indicators",
        )
    figures = [*draft.targets.values(), *([draft.baseline] if draft.baseline is not None else [])]
    if any(not one.is_finite() or abs(one) >= FIGURE_LIMIT for one in figures):
        yield fault(
            "TARGET_TOO_LARGE",
            f"Angka {draft.name} terlalu besar untuk disimpan.",
            "Periksa satuannya; paling banyak 14 angka di depan koma.",
            "indicators",
        )


@dataclass(frozen=True, slots=True)
class Node:
    """A goal of a plan as the tree needs it."""

    uid: UUID
    kind: GoalKind
    code: str = ""
    parent: UUID | None = None


def tree_faults(nodes: Sequence[Node], kinds: PlanKinds) -> Iterator[Finding]:
    """Judge a whole goal tree: parents exist, no goal is above itself, steps go down, codes stand once."""
    known = {one.uid: one for one in nodes}
    codes = [one.code for one in nodes if one.code]
    twice = sorted({one for one in codes if codes.count(one) > 1})
    if twice:
        yield fault(
            "GOAL_CODE_TWICE",
            f"Kode tujuan {twice[0]} dipakai dua kali dalam dokumen ini.",
            "Beri tiap tujuan kode sendiri.",
            "code",
            twice[0],
        )
    for one in nodes:
        if one.parent is None:
            continue
        above = known.get(one.parent)
        if above is None:
            yield fault(
                "GOAL_PARENT_UNKNOWN",
                "Tujuan di atasnya tidak ada dalam dokumen ini.",
                "Pilih tujuan dari dokumen yang sama.",
                "parent",
                str(one.parent),
            )
        elif _is_above_itself(one, known):
            yield fault(
                "GOAL_CYCLE",
                "Tujuan ini akan berada di bawah dirinya sendiri.",
                "Pilih tujuan lain di atasnya.",
                "parent",
                str(one.parent),
            )
        elif kinds.step(above.kind) >= kinds.step(one.kind):
            yield fault(
                "GOAL_STEP",
                f"{kinds.goal_kinds[one.kind]} tidak dapat berada di bawah "
                f"{kinds.goal_kinds[above.kind].lower()}.",
                "Urutannya: " + ", ".join(name.lower() for name in kinds.goal_kinds.values()) + ".",
                "parent",
            )


def _is_above_itself(node: Node, known: Mapping[UUID, Node]) -> bool:
    seen = {node.uid}
    parent = node.parent
    while parent is not None and parent in known:
        if parent in seen:
            return True
        seen.add(parent)
        parent = known[parent].parent
    return False


def link_faults(  # noqa: PLR0913 - what decides about a tie
    lower: PlanStanding,
    upper: PlanStanding,
    kinds: PlanKinds,
    *,
    is_within: bool,
    is_circular: bool,
    tie: GoalTie,
) -> Iterator[Finding]:
    """Judge a tie between goals of two plans.

    `is_within`: whether the lower plan's area lies in the upper one's; `is_circular`: whether the upper goal
    already follows the lower one, by ties and trees.
    """
    column = "upper"
    if lower.uid == upper.uid:
        yield fault(
            "LINK_SAME_PLAN",
            "Kedua tujuan ada dalam dokumen yang sama.",
            "Di dalam satu dokumen, atur lewat tujuan di atasnya.",
            column,
        )
    elif is_circular:
        yield fault(
            "LINK_CYCLE",
            "Tujuan yang dipilih sudah mengikuti tujuan ini, sehingga kaitannya berputar.",
            "Pilih tujuan lain.",
            column,
        )
    elif not is_above(upper, lower, kinds):
        yield fault(
            "LINK_NOT_ABOVE",
            f"{upper.kind.value} tidak berada di atas {lower.kind.value} ini.",
            "Pilih tujuan dari tingkat yang lebih tinggi, atau dari dokumen yang mendahului.",
            column,
        )
    elif not is_within:
        yield fault(
            "LINK_OTHER_AREA",
            "Dokumen itu milik wilayah lain.",
            "Pilih dokumen dari wilayah yang memuat wilayah Anda.",
            column,
        )
    if tie is GoalTie.DERIVES and upper.year_to < lower.year_from:
        yield fault(
            "LINK_ENDED",
            f"Dokumen itu berakhir tahun {upper.year_to}, sebelum dokumen ini mulai.",
            "Pilih dokumen yang masih berlaku.",
            column,
        )


def line_faults(draft: LineDraft, plan: PlanStanding) -> Iterator[Finding]:
    """Judge a line by itself and against the years of its plan."""
    if not plan.year_from <= draft.year <= plan.year_to:
        yield fault(
            "LINE_YEAR",
            f"Tahun {draft.year} di luar masa dokumen ({plan.year_from} sampai {plan.year_to}).",
            "Sesuaikan tahunnya.",
            "year",
            str(draft.year),
        )
    if GOVERNMENT_OF.get(plan.level, draft.government) is not draft.government:
        yield fault(
            "LINE_GOVERNMENT",
            "Baris ini memakai nomenklatur pemerintah lain.",
            "Pakai nomenklatur pemilik dokumen.",
            "government",
            draft.government.value,
        )
    yield from text_faults({"agency": draft.agency, "line": draft.name}, needed=("line",))
    yield from fit_faults(draft, LINE)
    for name, money in (
        ("ceiling_original", draft.ceiling_original),
        ("ceiling_revised", draft.ceiling_revised),
    ):
        if money is not None and money < 0:
            yield fault(
                "MONEY_NEGATIVE", "Pagu tidak boleh kurang dari nol.", "Periksa angkanya.", name, str(money)
            )
