"""The part of a village's page that it filled in itself: its index by its own answers, and who stands for it.

Drafts are never told here; what is not final says how far it has come. Made-up answers say SIMULASI. Rights
are those of `ask`: where the data set is not open to the reader, there is no such part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sidara.collection import queries as collection
from sidara.collection.core import dataset_of
from sidara.indices import queries as indices
from sidara.indices.core import Definition
from sidara.indices.core.collected import FINAL, SENT, CollectedIndex
from sidara.indices.queries import CollectedQuery
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Figure, Mark, Table, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.verification.core import Level
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Query
from sidara.web.pages import content, sources
from sidara.web.pages import index as words
from sidara.web.pages.parts import Item

KEY = "isian"
KEY_FIGURES = ("KEP_001", "KEP_004", "DIK_001", "KES_003", "KES_007", "KES_008", "EKO_006", "INF_005")
"""What a reader looks for first, an element of each sector that the index reads."""


@dataclass(frozen=True)
class Stand:
    """How far what is told has come, in words. `is_final`: nothing of it waits for anybody."""

    text: str
    is_final: bool = False


@dataclass(frozen=True)
class OwnAnswers:
    """The part of the page: finding, mark, an index each, what changed, and key figures as a table."""

    title: str
    lead: str
    stands: Sequence[Stand]
    items: Sequence[Item]
    moves: Sequence[str]
    figure: Figure | None
    is_simulated: bool


def of_village(actor: Actor, region: Region) -> OwnAnswers | None:
    """Build what a village answered itself; `None` where nothing was sent, or the reader may not see it."""
    dataset = dataset_of(region.code)
    if dataset not in {one.code for one in warehouse.open_datasets(actor)}:
        return None
    told: list[_Told] = []
    for code in content.datasets():
        one = _told(actor, code, dataset, region, is_first=not any(each.final for each in told))
        told += [one] if one is not None else []
    if not told:
        return None
    figure, levels = _key_figures(actor, dataset, region)
    return OwnAnswers(
        _title(region, told),
        say(
            "Dihitung dari jawaban desa ini sendiri, bukan dari angka yang terbit. Yang belum dijawab atau"
            " belum final membuat selang, bukan tebakan."
        ),
        _stands(told, [*levels, *(one.sent.level for one in told if one.sent.level is not None)]),
        tuple(item for one in told for item in one.items()),
        tuple(text for one in told if (text := one.moved())),
        figure,
        region.is_example,
    )


@dataclass(frozen=True)
class _Told:
    """One index by a village's own answers: all that was sent, what is final of it, and what was before.

    `before` is the final one as of the day before `day`, on which the newest of today's became final.
    """

    definition: Definition
    year: int
    sent: CollectedIndex
    final: CollectedIndex | None
    day: date | None = None
    before: CollectedIndex | None = None

    @property
    def label(self) -> str:
        return words.label_of(self.definition, words.version(self.definition, str(self.year)))

    def figure(self, one: CollectedIndex) -> str:
        """Write a figure, or the span where it is open."""
        decimals = words.version(self.definition, str(self.year)).thresholds.decimals
        low, high = format_number(one.low, decimals), format_number(one.high, decimals)
        return low if low == high else say("{low} sampai {high}", low=low, high=high)

    def mark(self, one: CollectedIndex) -> Mark:
        """Give the class, or those that are possible."""
        made = words.marks(words.version(self.definition, str(self.year)))
        if one.status in made:
            return made[one.status]
        ends = (
            [words.word_of(status) for status in (one.statuses[0], one.statuses[-1])] if one.statuses else []
        )
        return Mark(words.UNSURE, say("antara {low} dan {high}", low=ends[0], high=ends[1]) if ends else "")

    def items(self) -> tuple[Item, ...]:
        """Give what is final, and beside it what was sent where that is more."""
        parts = []
        if self.final is not None:
            text = say(
                "{final} dari {items} butir dari isian final",
                final=format_number(self.final.final),
                items=format_number(self.final.items),
            )
            label = say("{label} {year}, isian final", label=self.label, year=self.year)
            parts.append(Item(label, self.figure(self.final), text, self.mark(self.final)))
        if self.final is None or self.final != self.sent:
            text = say(
                "{answered} dari {items} butir terjawab, {final} final",
                answered=format_number(self.sent.answered),
                items=format_number(self.sent.items),
                final=format_number(self.sent.final),
            )
            label = say("{label} {year}, semua yang terkirim", label=self.label, year=self.year)
            parts.append(Item(label, self.figure(self.sent), text, self.mark(self.sent)))
        return tuple(parts)

    def moved(self) -> str:
        """Say what the final index was before its newest answers became final."""
        if self.final is None or self.day is None:
            return ""
        if self.before is None:
            return say(
                "{label}: isian final pertama pada {day}.", label=self.label, day=format_date(self.day)
            )
        told = {"label": self.label, "day": format_date(self.day), "before": self.figure(self.before)}
        if self.figure(self.before) == self.figure(self.final):
            return say("{label}: tetap {before} sejak isian yang final pada {day}.", **told)
        return say(
            "{label}: dari {before} menjadi {now} oleh isian yang final pada {day}.",
            now=self.figure(self.final),
            **told,
        )


def _told(actor: Actor, code: str, dataset: str, region: Region, *, is_first: bool) -> _Told | None:
    """Compute one index by what was sent and what is final; `None` where nothing was sent.

    Single final answers that settle no item are no final index. What it was before is told of the first
    one, which the page's heading tells: it takes its time.
    """
    index = words.definition(actor, code)
    asked = CollectedQuery(dataset, codes=(region.code,), least_level=int(SENT))
    found = indices.collected(actor, index, asked)
    if not found.villages or found.year is None:
        return None
    (sent,) = found.villages
    settled = replace(asked, year=found.year, least_level=int(FINAL))
    final = sent if sent.level == FINAL else _one(actor, index, settled)
    if final is not None and not final.final:
        final = None
    if final is None or final.newest is None or not is_first:
        return _Told(index, found.year, sent, final)
    day = local_date(final.newest)
    before = _one(actor, index, replace(settled, as_of=day - timedelta(days=1)))
    return _Told(index, found.year, sent, final, day, before)


def _one(actor: Actor, index: Definition, query: CollectedQuery) -> CollectedIndex | None:
    return next(iter(indices.collected(actor, index, query).villages), None)


def _stands(told: Sequence[_Told], levels: Sequence[int]) -> tuple[Stand, ...]:
    """Mark what is final, and what of the rest has come least far."""
    lowest = min(levels)
    has_final = any(one.final is not None for one in told)
    done = Stand(say("Final: diperiksa sampai provinsi"), is_final=True)
    final = (done,) if has_final or lowest >= FINAL else ()
    if lowest >= FINAL:
        return final
    words_of = say(Level(lowest).words)
    if not final:
        return (Stand(say("Sedang diperiksa: {words}", words=words_of)),)
    return (*final, Stand(say("Sebagian masih diperiksa: {words}", words=words_of)))


def _title(region: Region, told: Sequence[_Told]) -> str:
    """Say the first index that has anything final."""
    found = next((one for one in told if one.final is not None), None)
    if found is None or found.final is None:
        return say("Isian {name} terkirim, belum ada butir indeks yang final", name=region.name)
    return say(
        "{label} {name} dari isiannya sendiri: {figure}",
        label=found.label,
        name=region.name,
        figure=found.figure(found.final),
    )


def _key_figures(actor: Actor, dataset: str, region: Region) -> tuple[Figure | None, list[int]]:
    """Lay out some elements that were sent, each with its period, its mark and its day; and their levels."""
    query = Query(dataset, KEY_FIGURES, codes=(region.code,), least_level=int(SENT))
    held = {one.code for one in collection.variables(actor, dataset)}
    query = replace(query, variables=tuple(code for code in KEY_FIGURES if code in held))
    if not query.variables:
        return None, []
    answer = warehouse.ask(actor, query)
    known = {
        one.variable: (one, one.level)
        for one in answer.figures
        if one.value is not None and one.level is not None
    }
    if not known:
        return None, []
    columns = (
        Column("unsur", say("Angka pokok")),
        Column("kode_unsur", say("Kode"), is_file_only=True),
        Column("nilai", say("Nilai"), is_number=True),
        Column("satuan", say("Satuan")),
        Column("periode", say("Periode")),
        Column("tanda", say("Tanda")),
        Column("sejak", say("Sejak")),
    )
    rows = []
    for code in query.variables:
        if code not in known:
            continue
        one, level = known[code]
        made = answer.variables[code]
        rows.append(
            (
                Cell(made.label, made.label, language="id"),
                Cell(code, code),
                Cell(one.value, format_number(one.value, made.decimals)),
                Cell(made.unit, made.unit, language="id"),
                text_cell(one.period),
                text_cell(say(Level(level).words)),
                text_cell(format_date(local_date(one.newest)) if one.newest else None),
            )
        )
    figure = Figure(
        KEY,
        say("Angka pokok dari isian {name}", name=region.name),
        say("Yang terbaru yang terkirim, dengan tanda siapa yang menanggungnya."),
        Table(columns, tuple(rows)),
        sources.sources([answer]),
    )
    return figure, [level for _, level in known.values()]
