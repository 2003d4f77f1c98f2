"""Who pays where: villages by the number of payers on a hexagon map, and the villages that nobody serves.

Example villages have no place on the map of real ones: they are laid out in blocks by their area.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, sqrt

from sidara.kernel.actor import Actor
from sidara.programmes.core.codes.kinds import Kinds
from sidara.programmes.queries.alignment import Planned
from sidara.regions import queries as regions
from sidara.regions.core import Level as AreaLevel
from sidara.regions.core import Region
from sidara.ui import hexmap
from sidara.ui.figures import Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.alignment import words
from sidara.web.pages.alignment.asked import Asked
from sidara.web.pages.parts import SCHEMATIC, Option
from sidara.web.pages.places import href_of

MOST, LISTED, GAP = 3, 20, 2
"""From how many payers on a village is marked; rows of a list; cells between blocks."""


@dataclass(frozen=True)
class Overlap:
    """The map with its words; `unserved` the villages without a payer, those in most need first."""

    title: str
    subtitle: str
    drawing: hexmap.SafeString
    legend: Sequence[tuple[str, str]]
    kinds: Sequence[Option]
    figure: Figure
    unserved: Figure | None
    unserved_codes: Sequence[str]
    kind: str
    kind_name: str


def build(  # noqa: PLR0913, PLR0917 - what a map shows
    actor: Actor,
    asked: Asked,
    area: Region,
    planned: Planned,
    kinds: Kinds,
    need: Mapping[str, str],
    sources: Sequence[Source],
) -> Overlap | None:
    """Count payers of each village for one kind, or for all; nothing for a single village."""
    if len(planned.villages) < 2:
        return None
    used = Counter(one.kind for one in planned.activities if one.kind)
    chosen = asked.jenis if asked.jenis in used else ""
    payers = _payers(planned, chosen)
    names = {code: name for code in planned.villages if (name := planned.names.get(code, code))}
    counted = {code: len(payers.get(code, ())) for code in planned.villages}
    many = sum(count >= MOST for count in counted.values())
    without = sorted(
        (code for code, count in counted.items() if not count and code not in planned.silent),
        key=lambda code: (float(need.get(code, "inf")), code),
    )
    kind = kinds.find(chosen) if chosen else None
    what = kind.name if kind else say("Semua kegiatan")
    title = _title(many, len(without), len(counted) - len(planned.silent), what)
    groups = _groups(actor, area, planned, counted, names, is_example=asked.is_simulated)
    return Overlap(
        title,
        say(
            "{what} {year}: jumlah pembiaya menurut desa. Satu segi enam satu desa; arahkan atau pilih untuk"
            " namanya.",
            what=what,
            year=asked.year,
        ),
        hexmap.villages(groups, label=title) if groups else hexmap.SafeString(""),
        (
            ("p0", say("0, belum dilayani")),
            ("p1", "1"),
            ("p2", "2"),
            ("p3", say("{n} atau lebih", n=MOST)),
            *((("px", say("belum ada data rencana kabupaten")),) if planned.silent else ()),
        ),
        tuple(
            Option(one.code, one.name, one.code == chosen)
            for one in sorted(kinds.kinds, key=lambda one: one.name)
            if one.code in used
        ),
        _figure(title, planned, payers, names, sources, is_example=asked.is_simulated),
        _unserved(without, planned, need, what, sources) if without else None,
        without,
        chosen,
        what,
    )


def _payers(planned: Planned, kind: str) -> Mapping[str, set[tuple[str, str]]]:
    """Give the payers of each village: name and word of their level."""
    made: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in planned.activities:
        if not kind or one.kind == kind:
            for code in one.villages:
                made[code].add((one.owner, words.level(one.level)))
    return made


def _title(many: int, none: int, every: int, what: str) -> str:
    if many and none:
        return say(
            "{many} desa punya {n} pembiaya atau lebih, {none} desa belum dilayani",
            many=format_number(many),
            n=MOST,
            none=format_number(none),
        )
    if none:
        return say(
            "{none} dari {every} desa belum dilayani: {what}",
            none=format_number(none),
            every=format_number(every),
            what=what,
        )
    if many:
        return say("{many} desa punya {n} pembiaya atau lebih", many=format_number(many), n=MOST)
    return say("Setiap desa punya satu atau dua pembiaya")


def _cell(code: str, at: tuple[int, int], count: int | None, name: str) -> hexmap.Cell:
    if count is None:
        says, mark = say("{name}: belum ada data rencana kabupaten", name=name), "px"
    else:
        served = say("{name}: {n} pembiaya", name=name, n=count)
        says, mark = served if count else say("{name}: belum dilayani", name=name), f"p{min(count, MOST)}"
    return hexmap.Cell(*at, mark, name, says, href_of(code, AreaLevel.VILLAGE))


def _groups(  # noqa: PLR0913 - what a map shows
    actor: Actor,
    area: Region,
    planned: Planned,
    counted: Mapping[str, int],
    names: Mapping[str, str],
    *,
    is_example: bool,
) -> list[hexmap.Group]:
    """Put the villages of an area into groups: by kabupaten, within one by kecamatan."""
    below = 1 if area.level is AreaLevel.PROVINCE else 0
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for code, above in planned.villages.items():
        grouped[above[below]].append(code)
    if is_example:
        places = _blocks({key: len(codes) for key, codes in grouped.items()})
        spots = {
            code: place
            for key, codes in grouped.items()
            for code, place in zip(codes, places[key], strict=True)
        }
    else:
        layout = regions.hexmap(actor, area.code).cells
        spots = {code: (column, row) for code, (row, column) in layout.items()}
    return [
        hexmap.Group(
            planned.names.get(key, key),
            tuple(
                _cell(code, spots[code], None if code in planned.silent else counted[code], names[code])
                for code in codes
                if code in spots
            ),
        )
        for key, codes in sorted(grouped.items())
        if any(code in spots for code in codes)
    ]


def _blocks(sizes: Mapping[str, int]) -> dict[str, list[tuple[int, int]]]:
    """Lay groups out as blocks beside each other, line by line: (column, row) of each of their cells."""
    made: dict[str, list[tuple[int, int]]] = {}
    left, top, deepest = 0, 0, 0
    across = ceil(sqrt(sum(sizes.values()) * 1.8))
    for key, size in sorted(sizes.items()):
        wide = ceil(sqrt(size * 1.2))
        deep = ceil(size / wide)
        if left and left + wide > across:
            left, top, deepest = 0, top + deepest + GAP + (top + deepest) % 2, 0
        made[key] = [(left + at % wide, top + at // wide) for at in range(size)]
        left, deepest = left + wide + GAP, max(deepest, deep)
    return made


def _figure(  # noqa: PLR0913 - what a figure is made of
    title: str,
    planned: Planned,
    payers: Mapping[str, set[tuple[str, str]]],
    names: Mapping[str, str],
    sources: Sequence[Source],
    *,
    is_example: bool,
) -> Figure:
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa")),
        Column("kecamatan", say("Kecamatan")),
        Column("pembiaya", say("Pembiaya"), is_number=True),
        Column("nama_pembiaya", say("Nama pembiaya")),
    )
    rows = tuple(
        (
            text_cell(code),
            text_cell(names[code], href=href_of(code, AreaLevel.VILLAGE), language="id"),
            text_cell(planned.names.get(above[0], above[0]), language="id"),
            number_cell(None if code in planned.silent else len(payers.get(code, ()))),
            text_cell(", ".join(f"{owner} ({level})" for owner, level in sorted(payers.get(code, ())))),
        )
        for code, above in sorted(
            planned.villages.items(), key=lambda one: (-len(payers.get(one[0], ())), one[0])
        )
    )
    placed = say("Desa contoh disusun menurut wilayah, bukan menurut letak")
    notes = (placed if is_example else say(SCHEMATIC),)
    return Figure("pembiaya", title, "", Table(columns, rows), sources, notes=notes, most=LISTED)


def _unserved(
    codes: Sequence[str],
    planned: Planned,
    need: Mapping[str, str],
    what: str,
    sources: Sequence[Source],
) -> Figure:
    """List the villages without a payer, those in most need first."""
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa")),
        Column("kecamatan", say("Kecamatan")),
        Column("nilai", say("Nilai indeks"), is_number=True),
    )
    rows = tuple(
        (
            text_cell(code),
            text_cell(planned.names.get(code, code), href=href_of(code, AreaLevel.VILLAGE), language="id"),
            text_cell(planned.names.get(planned.villages[code][0], ""), language="id"),
            number_cell(_score(need.get(code)), 4),
        )
        for code in codes
    )
    title = say("{n} desa belum dilayani siapa pun", n=format_number(len(codes)))
    said = say("{what}; desa yang paling membutuhkan lebih dulu", what=what)
    return Figure("tanpa-layanan", title, said, Table(columns, rows), sources, first=8, most=LISTED)


def _score(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
