"""A place through time: its codes in each scheme, what happened to it, and its figures in three vintages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from urllib.parse import urlencode

from sidara.collection import queries as collection
from sidara.collection.core import DataSet, ValueType, Variable
from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Change, Meaning, Region, bare
from sidara.regions.queries import Event
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, format_percent, say
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import AS_REPORTED, EVERY, TODAY, Answer, Query, Vintage, of_year
from sidara.warehouse.core import Figure as Told
from sidara.web.pages import places, sources
from sidara.web.pages.parts import Note
from sidara.web.pages.places import Link
from sidara.web.pages.retold import retold

MOST_VARIABLES = 12
"""A data set with more variables (the items of an index) is not laid out in three vintages."""


FILED = ("variabel", "angka", "periode", "susunan", "nilai", "kategori", "satuan", "perkiraan", "keterangan")
"""The columns of a file of figures: one row a figure and vintage."""


@dataclass(frozen=True)
class Brief:
    """What the page of a village says of its history: sentences, a clash of its code, where to read on."""

    lines: Sequence[str]
    clash: str
    href: str


@dataclass(frozen=True)
class HistoryPage:
    """All that the page of a place's history shows."""

    region: Region
    trail: Sequence[Link]
    title: str
    lead: str
    notes: Sequence[Note]
    codes: Table
    events: Table | None
    near: Sequence[Link]
    years: Sequence[Link] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    query: str = ""

    @property
    def files(self) -> Mapping[str, Figure]:
        """Give all that can be downloaded: the figures, the codes, what happened."""
        tables = {
            "kode": (say("Kode menurut tiap skema"), self.codes),
            "perubahan": (say("Yang berubah"), self.events),
        }
        rest = {
            key: Figure(key, f"{title}, {places.full_name(self.region)}", "", table, ())
            for key, (title, table) in tables.items()
            if table is not None
        }
        return {**self.figures, **rest}

    @property
    def is_simulated(self) -> bool:
        """Whether any figure on the page is simulated."""
        return any(figure.is_simulated for figure in self.figures.values())


def brief(actor: Actor, region: Region) -> Brief:
    """Tell the history of a place in a few sentences."""
    lines = sentences(regions.history(actor, region.id), region)
    return Brief(lines, clash(actor, region), places.history_href(region))


def clash(actor: Actor, region: Region) -> str:
    """Say which other place has this one's bare code in another scheme; empty when none has."""
    others = [
        f"{places.full_name(one.region)} ({places.scheme(one.scheme)})"
        for one in regions.meanings(actor, bare(region.code))
        if one.region.id != region.id
    ]
    return (
        say("Tanpa titik, kode ini juga berarti {others}.", others=say(" dan ").join(others))
        if others
        else ""
    )


def build(actor: Actor, region: Region, *, year: int | None = None) -> HistoryPage:
    """Build the page of a place's history; `year` chooses the third vintage."""
    events = regions.history(actor, region.id)
    lines = sentences(events, region)
    first = next((one.day.year - 1 for one in events if one.kind.is_structural), None)
    chosen = year or first
    near = {
        one.id: one
        for event in events
        for one in (event.old, event.new)
        if one is not None and one.id != region.id
    }
    figures = _figures(actor, region, chosen) if first is not None and chosen is not None else ()
    return HistoryPage(
        region,
        places.trail(actor, region),
        say("Riwayat {region_full_name}", region_full_name=places.full_name(region)),
        lines[-1] if lines else say("Belum ada perubahan wilayah yang tercatat di sini."),
        _notes(actor, region),
        _codes(regions.codes_of(actor, region.id)),
        _events(events) if events else None,
        tuple(
            Link(f"{places.full_name(one)} ({one.code})", places.history_href(one)) for one in near.values()
        ),
        tuple(
            Link(str(one), f"{places.history_href(region)}?tahun={one}")
            for one in sorted({event.day.year + step for event in events for step in (-1, 0)})
        )
        if figures
        else (),
        {figure.key: figure for figure in figures},
        _query_of(region, year),
    )


def _query_of(region: Region, year: int | None) -> str:
    """Give what an address says to show the same: the day of an ended place's code, the year asked."""
    day = {"pada": region.valid_to.isoformat()} if region.valid_to else {}
    asked = day | ({"tahun": str(year)} if year else {})
    return f"?{urlencode(asked)}" if asked else ""


def _notes(actor: Actor, region: Region) -> tuple[Note, ...]:
    found = []
    if region.valid_to is not None:
        found.append(
            Note(
                say(
                    "{region_full_name} berakhir {valid_to}",
                    region_full_name=places.full_name(region),
                    valid_to=format_date(region.valid_to),
                ),
                say("Angkanya tetap tersimpan seperti dilaporkan, dan diteruskan ke wilayah penggantinya."),
            )
        )
    if words := clash(actor, region):
        found.append(Note(say("Kode yang dapat tertukar"), words))
    return tuple(found)


def sentences(events: Sequence[Event], region: Region) -> tuple[str, ...]:
    """Tell what happened to a place, a sentence a day and kind, in order."""
    told: list[str] = []
    for day in dict.fromkeys(event.day for event in events):
        for kind in Change:
            group = [event for event in events if event.day == day and event.kind is kind]
            own = [event for event in group if region.id in {event.new.id, event.old and event.old.id}]
            if own:
                told.append(f"{format_date(day)}: {_sentence(kind, own, group, region)}.")
    return tuple(told)


def _sentence(kind: Change, own: Sequence[Event], group: Sequence[Event], region: Region) -> str:
    """Tell one day's change of one kind, seen from the place."""
    event = own[0]
    plain = {
        Change.RENAME: say(
            "berganti nama dari {before} menjadi {after}", before=event.before, after=event.after
        ),
        Change.RECODE: say(
            "berganti kode dari {before} menjadi {after}", before=event.before, after=event.after
        ),
        Change.REPARENT: say("pindah dari {before} ke {after}", before=event.before, after=event.after),
        Change.NEW: say("dibentuk"),
    }
    if kind in plain:
        return plain[kind]
    into = [one for one in own if one.old is not None and one.old.id == region.id and one.new.id != region.id]
    origin = [
        one for one in own if one.old is not None and one.new.id == region.id and one.old.id != region.id
    ]
    if origin:
        word = (
            say("dibentuk dari")
            if not any(one.old and one.old.id == region.id for one in own)
            else say("bertambah dari")
        )
        return f"{word} {_parts((one.before, one.share) for one in origin)}"
    if into:
        stays = any(one.new.id == region.id for one in own)
        if kind is Change.SPLIT:
            word = say("dimekarkan, sebagian menjadi") if stays else say("dimekarkan menjadi")
        else:
            word = say("bergabung ke dalam")
        return f"{word} {_parts((one.after, one.share) for one in into)}"
    return say("{kind_label} dengan {group} wilayah", kind_label=say(kind.label).lower(), group=len(group))


def _parts(parts: Iterable[tuple[str, Fraction]]) -> str:
    """List names with their share of the old area, where that is not the whole."""
    words = [
        name if share == 1 else f"{name} ({format_percent(share.numerator, share.denominator, 1)})"
        for name, share in parts
    ]
    return say(" dan ").join(words)


def _codes(codes: Iterable[Meaning]) -> Table:
    """List the codes of a place by scheme with their days."""
    columns = (
        Column("skema", say("Skema")),
        Column("kode", say("Kode")),
        Column("sejak", say("Berlaku sejak")),
        Column("sampai", say("Sampai")),
    )
    return Table(
        columns,
        tuple(
            (
                text_cell(places.scheme(one.scheme)),
                text_cell(one.code),
                text_cell(format_date(one.valid_from) if one.valid_from else say("awal pencatatan")),
                text_cell(format_date(one.valid_to) if one.valid_to else say("sekarang")),
            )
            for one in codes
        ),
    )


def _events(events: Iterable[Event]) -> Table:
    """List what happened, with shares and legal basis."""
    columns = (
        Column("tanggal", say("Tanggal")),
        Column("perubahan", say("Perubahan")),
        Column("dari", say("Dari")),
        Column("menjadi", say("Menjadi")),
        Column("porsi", say("Porsi"), is_number=True),
        Column("dasar", say("Dasar")),
    )
    rows = tuple(
        (
            text_cell(format_date(one.day)),
            text_cell(say(one.kind.label)),
            text_cell(one.before or None),
            text_cell(one.after or None),
            text_cell(
                format_percent(one.share.numerator, one.share.denominator, 1)
                if one.kind in {Change.SPLIT, Change.MERGE}
                else None
            ),
            text_cell(one.basis or None),
        )
        for one in events
    )
    return Table(columns, rows)


def _figures(actor: Actor, region: Region, year: int) -> tuple[Figure, ...]:
    """Lay the figures of a place out in three vintages, one table a data set that has any."""
    found = []
    for number, dataset in enumerate(warehouse.open_datasets(actor), 1):
        shown = [one for one in collection.variables(actor, dataset.code) if one.type is not ValueType.TEXT]
        if shown and len(shown) <= MOST_VARIABLES:
            figure = _figure(actor, region, dataset, shown, of_year(year), f"angka-{number}")
            if figure is not None:
                found.append(figure)
    return tuple(found)


def _figure(  # noqa: PLR0913, PLR0917 - the parts of one table
    actor: Actor, region: Region, dataset: DataSet, shown: Sequence[Variable], then: Vintage, key: str
) -> Figure | None:
    answers = [
        warehouse.ask(actor, _query(dataset, shown, region, vintage))
        for vintage in (AS_REPORTED, TODAY, then)
    ]
    told = [_known(answer) for answer in answers]
    cells = sorted({cell for one in told for cell, figure in one.items() if _is_told(figure)})
    if not cells:
        return None
    labels = {one.code: one for one in shown}
    columns = (
        Column("variabel", say("Angka")),
        Column("periode", say("Periode")),
        *(
            Column(key, label)
            for key, label in (
                ("dilaporkan", say("Seperti dilaporkan")),
                ("kini", say("Wilayah kini")),
                ("tahun", say("Wilayah akhir {then}", then=then)),
            )
        ),
    )
    rows = tuple(
        (
            text_cell(say(labels[code].label)),
            text_cell(period),
            *(_cell(one.get((code, period)), labels[code]) for one in told),
        )
        for code, period in cells
    )
    notes = [say("Perkiraan: dibagi menurut porsi wilayah, atau diwarisi dari wilayah asal.")]
    notes += [retold(one.message) for answer in answers for one in answer.findings if not answer.is_refused]
    return Figure(
        key,
        say("“{title}” menurut tiga susunan wilayah", title=dataset.title),
        say(
            "Angka {region_name}: seperti dilaporkan, menurut wilayah kini, dan menurut wilayah akhir"
            " {then}.",
            region_name=region.name,
            then=then,
        ),
        Table(columns, rows),
        sources.sources([answers[0]]),
        notes=tuple(dict.fromkeys(notes)),
        filed=_filed(cells, told, labels, then),
    )


def _filed(
    cells: Sequence[tuple[str, str]],
    told: Sequence[Mapping[tuple[str, str], Told]],
    labels: Mapping[str, Variable],
    then: Vintage,
) -> Table:
    """Lay the same figures out for a file: one row a figure and vintage, estimates marked in a column."""
    columns = tuple(Column(key, key) for key in FILED)
    rows = []
    for code, period in cells:
        variable = labels[code]
        for vintage, known in zip((AS_REPORTED, TODAY, then), told, strict=True):
            figure = known.get((code, period))
            if figure is None or not _is_told(figure):
                continue
            cell = _cell(figure, variable)
            category = next(
                (one.label for one in variable.choices if one.code == figure.code), say("Campuran")
            )
            rows.append(
                (
                    text_cell(code),
                    text_cell(variable.label),
                    text_cell(period),
                    text_cell(str(vintage)),
                    number_cell(figure.value, variable.decimals),
                    text_cell(category if figure.code is not None else None),
                    text_cell(variable.unit or None),
                    text_cell(say("ya") if figure.is_estimate else say("tidak")),
                    text_cell(cell.text if figure.is_unavailable else None),
                )
            )
    return Table(columns, tuple(rows))


def _query(dataset: DataSet, shown: Sequence[Variable], region: Region, vintage: Vintage) -> Query:
    return Query(
        dataset.code,
        tuple(one.code for one in shown),
        level=region.level,
        codes=(region.code,),
        periods=EVERY,
        vintage=vintage,
    )


def _known(answer: Answer) -> dict[tuple[str, str], Told]:
    """Give the figures of an answer by variable and period; a refused answer has none."""
    return {
        (figure.variable, figure.period): figure for figure in answer.figures if figure.period is not None
    }


def _is_told(figure: Told) -> bool:
    return figure.shown is not None or figure.is_unavailable


def _cell(figure: Told | None, variable: Variable) -> Cell:
    """Write a figure with what must stand beside it."""
    if figure is None or not _is_told(figure):
        return text_cell(None)
    if figure.is_unavailable:
        return Cell(None, say("tidak dapat dihitung"))
    if figure.value is not None:
        text = format_number(figure.value, variable.decimals)
    else:
        text = next((say(one.label) for one in variable.choices if one.code == figure.code), say("Campuran"))
    value = figure.value if figure.value is not None else text
    return Cell(value, say("{text} (perkiraan)", text=text) if figure.is_estimate else text)
