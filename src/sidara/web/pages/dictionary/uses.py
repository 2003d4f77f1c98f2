"""The map: which element feeds which item, indicator and report, read both ways."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as noop

from sidara.dictionary import queries
from sidara.dictionary.core import Dictionary, FeedInput
from sidara.dictionary.core.uses import REPORTS, indicator_variables
from sidara.indices import queries as indices
from sidara.kernel.actor import Actor
from sidara.ui.figures import Cell, Column, Figure, Table, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.dictionary import addresses
from sidara.web.pages.dictionary.words import cited

FIRST, MOST = 20, 80
WAYS = {
    "butir": noop("Butir indeks"),
    "indikator": noop("Indikator"),
    "laporan": noop("Laporan lain"),
    "elemen": noop("Elemen"),
}
"""From where the map is read, by its name in addresses."""


@dataclass(frozen=True)
class Way:
    """One way to read the map."""

    name: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class MapPage:
    """The map read one way."""

    title: str
    lead: str
    way: str
    ways: Sequence[Way]
    text: str
    figure: Figure

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The table that can be had as a file."""
        return {self.figure.key: self.figure}


def build(actor: Actor, way: str, text: str) -> MapPage:
    """Build the map from one side; `text` keeps the rows that hold all its words."""
    made = queries.dictionary(actor)
    chosen = way if way in WAYS else "butir"
    columns, rows = _READ[chosen](actor, made)
    words = text.lower().split()
    kept = [row for row in rows if all(word in _said(row) for word in words)]
    figure = Figure(
        "peta",
        say("{side}: {count} baris", side=say(WAYS[chosen]), count=format_number(len(kept))),
        " ".join([say("Klik kode elemen untuk membuka pertanyaannya."), *_counted(made, chosen, text)]),
        Table(columns, tuple(kept)),
        (),
        notes=(*addresses.notes(made), say("Hubungan ke indeks simpulan penyusun, perlu diperiksa DPMD")),
        first=FIRST,
        most=MOST,
    )
    fed = [one for one in _inputs(made) if one.variables]
    used = {code for one in fed for code in one.variables}
    return MapPage(
        say(
            "{used} elemen mengisi {inputs} masukan indeks",
            used=format_number(len(used)),
            inputs=format_number(len(fed)),
        ),
        say(
            "Tiap hal ditanyakan sekali. Cari butir untuk melihat elemennya, elemen untuk melihat pemakainya."
        ),
        chosen,
        [Way(name, say(label), name == chosen) for name, label in WAYS.items()],
        text,
        figure,
    )


def _inputs(made: Dictionary) -> list[FeedInput]:
    return [one for feed in made.feeds.values() for one in feed.inputs]


def _counted(made: Dictionary, way: str, text: str) -> list[str]:
    """Say why the items are more rows than inputs that elements fill."""
    if way != "butir" or text:
        return []
    found = _inputs(made)
    said = [
        say(
            "Masukan {input} menjadi baris bagi tiap butirnya: {items}.",
            input=one.input,
            items=", ".join(one.items),
        )
        for one in found
        if len(one.items) > 1
    ]
    said += [
        say("Masukan {input} diisi dari periodenya, bukan oleh elemen.", input=one.input)
        for one in found
        if not one.variables
    ]
    return said


type _Row = tuple[Cell, ...]
type _Rows = tuple[tuple[Column, ...], list[_Row]]


def _said(row: _Row) -> str:
    return " ".join(f"{cell.text} {cell.value}" for cell in row).lower()


def _codes(codes: Sequence[str]) -> Cell:
    """Make a cell of one code with its link, or of several in words."""
    return addresses.element_cell(codes[0]) if len(codes) == 1 else text_cell(", ".join(codes))


def _items(actor: Actor, made: Dictionary) -> _Rows:
    known = indices.feeds(actor)
    columns = (
        Column("butir", say("Butir")),
        Column("indeks", say("Indeks")),
        Column("nama", say("Nama butir")),
        Column("masukan", say("Masukan")),
        Column("elemen", say("Elemen")),
        Column("ungkapan", say("Ungkapan")),
        Column("hubungan", say("Hubungan")),
    )
    rows: list[_Row] = []
    for code, feed in made.feeds.items():
        index = known.get(code)
        names = {item.code: item.name for item in index.versions[-1].items} if index else {}
        for given in feed.inputs:
            rows += [
                (
                    text_cell(item),
                    cited(index.name if index else code),
                    cited(names.get(item, "")),
                    cited(given.input),
                    _codes(given.variables or ("",)) if given.variables else text_cell(say("konteks")),
                    cited(given.expression) if given.expression else text_cell(say("nilainya langsung")),
                    text_cell(say(given.relation.words)),
                )
                for item in given.items
            ]
    return columns, rows


def _indicators(_actor: Actor, made: Dictionary) -> _Rows:
    columns = (
        Column("indikator", say("Indikator")),
        Column("satuan", say("Satuan")),
        Column("rumus", say("Rumus")),
        Column("elemen", say("Elemen")),
        Column("arah", say("Cara membaca")),
    )
    rows: list[_Row] = [
        (
            cited(one.name),
            cited(one.unit),
            cited(one.formula),
            _codes(indicator_variables(made, code)),
            text_cell(say(one.direction.words)),
        )
        for code, one in made.indicators.items()
    ]
    return columns, rows


def _reports(_actor: Actor, made: Dictionary) -> _Rows:
    columns = (
        Column("laporan", say("Laporan")),
        Column("tempat", say("Nomor atau bagian")),
        Column("elemen", say("Elemen")),
        Column("nama", say("Nama elemen")),
    )
    pairs = sorted(
        (REPORTS[source.partition(":")[0]], source.partition(":")[2], code)
        for code, one in made.variables.items()
        for source in one.sources
        if source.partition(":")[0] in REPORTS and ":" in source
    )
    rows: list[_Row] = [
        (
            cited(report),
            cited(place),
            addresses.element_cell(code),
            cited(made.variables[code].name),
        )
        for report, place, code in pairs
    ]
    return columns, rows


def _elements(actor: Actor, made: Dictionary) -> _Rows:
    columns = (
        Column("elemen", say("Elemen")),
        Column("nama", say("Nama")),
        Column("butir", say("Butir indeks")),
        Column("indikator", say("Indikator")),
        Column("laporan", say("Laporan lain")),
    )
    used = queries.uses(actor)
    rows: list[_Row] = []
    for code, one in made.variables.items():
        items = [f"{given.feed} {item}" for given in used[code].inputs for item in given.items]
        names = [made.indicators[name].name for name in used[code].indicators]
        rows.append(
            (
                addresses.element_cell(code),
                cited(one.name),
                cited(", ".join(dict.fromkeys(items))),
                cited("; ".join(names)),
                cited("; ".join(used[code].reports)),
            )
        )
    return columns, rows


_READ: Mapping[str, Callable[[Actor, Dictionary], _Rows]] = {
    "butir": _items,
    "indikator": _indicators,
    "laporan": _reports,
    "elemen": _elements,
}
