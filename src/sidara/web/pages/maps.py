"""The map of an area in two views: villages as hexagons, and real shapes where boundaries are loaded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.regions.core.boundaries import Area, Layer, Sheet
from sidara.ui import hexmap, shapemap
from sidara.ui.figures import Source
from sidara.ui.labels import TALL, WIDE
from sidara.ui.language import format_date, format_number, say
from sidara.warehouse.core import AS_REPORTED
from sidara.web.pages import content, index, places
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import SCHEMATIC, Map, Tile, View, Views
from sidara.web.pages.status import Counts, Statuses, VillageScore
from sidara.web.pages.tables import share_words

type Draw = Callable[[Sheet], hexmap.SafeString]
type DrawTiles = Callable[[Sheet, Mapping[str, int]], Sequence[Tile]]

MAP_STYLES = {"kel": "wk"}
MOST_NAMED = 5
"""How many villages without a boundary are named below a map; the others are counted."""
HEXAGONS = "peta=heksagon"
"""What an address carries while the reader looks at hexagons although shapes are there."""


def style(mark: str) -> str:
    """Give the class of a cell on the map for the style of a mark."""
    return MAP_STYLES.get(mark, f"w{mark}")


def says(area: Counts, good_words: str) -> str:
    """Say in one line what an area's link on the map leads to."""
    if not area.desa:
        return say("{area_name}: tidak ada desa, tidak dinilai", area_name=area.name)
    if not area.assessed:
        return say("{area_name}: belum ada data", area_name=area.name)
    return say(
        "{area_name}: {share_words} desa {good_words}",
        area_name=area.name,
        share_words=share_words(area.good, area.assessed),
        good_words=good_words,
    )


def of_groups(
    actor: Actor,
    area: Region,
    edition: Edition,
    under: Statuses,
    villages: Mapping[str, VillageScore],
) -> Views:
    """Draw a province or kabupaten with one link for each area right below it."""
    good_words = index.good_words(edition.scale)
    words = {child.code: says(child, good_words) for child in under.areas}
    names = {child.code: child.name for child in regions.children(actor, area.id)}
    names |= {child.code: child.name for child in under.areas}
    short = content.pages()["short_names"]
    layer = _layer_of(actor, area)
    drawn = _today(actor, edition, villages)

    def hexagons() -> hexmap.SafeString:
        cells = _cells(actor, area.code, drawn, layer)
        groups = []
        for code, name in names.items():
            within = regions.codes_within(actor, code)
            inside = tuple(cell for at, cell in cells.items() if at in within)
            if inside:
                address = _kept(layer, edition.href(code, under.level))
                groups.append(hexmap.Group(name, inside, words.get(code, name), address, short.get(code, "")))
        return hexmap.overview(groups, label=_label(say("Peta skematik"), area, edition))

    def groups(sheet: Sheet, numbers: Mapping[str, int]) -> list[shapemap.Group]:
        within = {part.code: regions.codes_within(actor, part.code) for part in sheet.parts}
        return [
            shapemap.Group(
                names[part.code],
                _shapes([one for one in sheet.villages if one.code in within[part.code]], drawn),
                words.get(part.code, names[part.code]),
                edition.href(part.code, under.level),
                short.get(part.code, ""),
                part.middle,
                part.radius,
                numbers.get(part.code, 0),
            )
            for part in sheet.parts
        ]

    def shapes(sheet: Sheet) -> hexmap.SafeString:
        made = groups(sheet, _numbers(sheet))
        return shapemap.overview(made, sheet.lines, sheet.bounds, label=_label(say("Peta"), area, edition))

    def tiles(sheet: Sheet, numbers: Mapping[str, int]) -> list[Tile]:
        return [
            Tile(one.number, one.title, one.href, shapemap.tile(one.shapes))
            for one in groups(sheet, numbers)
            if one.number
        ]

    word = places.word(under.level).lower()
    return Views(
        View(
            hexagons,
            say(
                "Satu segi enam satu desa atau kelurahan, dikelompokkan menurut {word}. Pilih {word}"
                " untuk membukanya.",
                word=word,
            ),
            (say(SCHEMATIC),),
        ),
        _shape_view(
            actor,
            area,
            layer,
            (shapes, tiles),
            say("Warna menurut status desa di dalamnya. Pilih {word} untuk membukanya.", word=word),
        ),
    )


def of_villages(
    actor: Actor,
    area: Region,
    edition: Edition,
    villages: Mapping[str, VillageScore],
    *,
    current: str = "",
) -> Views:
    """Draw a kecamatan with one link for each village; `current` is the code of the one to outline."""
    layer = _layer_of(actor, area)
    drawn = _today(actor, edition, villages)

    def hexagons() -> hexmap.SafeString:
        cells = _cells(actor, area.code, drawn, layer)
        here = cells.get(current)
        group = hexmap.Group(area.name, tuple(cells.values()))
        label = _label(say("Peta skematik"), area, edition)
        return hexmap.villages([group], label=label, current=(here.column, here.row) if here else None)

    def shapes(sheet: Sheet) -> hexmap.SafeString:
        return shapemap.villages(
            _shapes(sheet.villages, drawn, _numbers(sheet)),
            sheet.lines,
            sheet.bounds,
            label=_label(say("Peta"), area, edition),
            current=drawn.href(current) if current else "",
        )

    def tiles(sheet: Sheet, numbers: Mapping[str, int]) -> list[Tile]:
        return [
            Tile(one.number, one.title, one.href, shapemap.tile([one]))
            for one in _shapes(sheet.villages, drawn, numbers)
            if one.number
        ]

    return Views(
        View(
            hexagons,
            say(
                "Garis tebal: {name}. Satu segi enam satu desa atau kelurahan. Pilih yang lain untuk"
                " membukanya.",
                name=drawn.shown(current).name,
            )
            if current
            else say("Satu segi enam satu desa atau kelurahan. Pilih satu untuk membukanya."),
            (say(SCHEMATIC),),
        ),
        _shape_view(
            actor,
            area,
            layer,
            (shapes, tiles),
            _choose(actor, area, layer, drawn, current),
        ),
    )


def _choose(actor: Actor, area: Region, layer: Layer | None, drawn: "_Today", current: str) -> str:
    """Say how a map of single villages is read; the one that the page is about may not be on it."""
    if not current:
        return say("Pilih desa untuk membukanya.")
    name = drawn.shown(current).name
    if layer is not None and current in regions.boundary_missing(actor, layer=layer, under=area.code):
        return say("{name} belum ada pada peta ini. Pilih desa lain untuk membukanya.", name=name)
    return say("Garis tebal: {name}. Pilih desa lain untuk membukanya.", name=name)


def framed(title: str, subtitle: str, views: Views, edition: Edition, shown: tuple[Source, ...]) -> Map:
    """Set a map into its frame, with what its colours mean."""
    if edition.vintage.year is not None:
        subtitle += say(
            " Wilayah yang digambar wilayah kini, warnanya menurut wilayah akhir {vintage}.",
            vintage=edition.vintage,
        )
    legend = index.legend(edition.scale, is_open=bool(edition.ends), is_mixed=edition.vintage != AS_REPORTED)
    return Map(title, subtitle, views, legend, shown)


def layer_notes(layer: Layer) -> tuple[str, ...]:
    """Say what must stand below a drawing of a layer."""
    day = (
        say("data {data_date}", data_date=format_date(layer.data_date))
        if layer.data_date
        else say("tanggal data tidak disebut")
    )
    return (
        say(layer.disclaimer),
        say("Batas: {source}, {day}, lisensi {licence}", source=layer.source, day=day, licence=layer.licence),
    )


def _layer_of(actor: Actor, area: Region) -> Layer | None:
    """Give the current layer where it has something of an area."""
    layer = regions.boundary_layer_now(actor)
    if layer is None or regions.boundary_bounds(actor, layer=layer, under=area.code) is None:
        return None
    return layer


def _kept(layer: Layer | None, address: str) -> str:
    """Keep the reader at hexagons where there is a choice."""
    if layer is None:
        return address
    return f"{address}{'&' if '?' in address else '?'}{HEXAGONS}"


def _shape_view(
    actor: Actor,
    area: Region,
    layer: Layer | None,
    draws: tuple[Draw, DrawTiles],
    reading: str,
) -> View | None:
    """Give the view of real shapes, `None` without a layer; `draws` = the map, and its small places."""
    draw, tiles = draws
    if layer is None:
        return None

    def sheet(times: float = 1.0) -> Sheet | None:
        return regions.boundary_sheet(actor, under=area.code, width=WIDE * times, height=TALL * times)

    def drawing() -> hexmap.SafeString:
        found = sheet()
        return hexmap.SafeString("") if found is None else draw(found)

    def enlarged() -> Sequence[Tile]:
        found = sheet()
        numbers = {} if found is None else _numbers(found)
        if found is None or not numbers:
            return ()
        radii = [part.radius for part in found.parts if part.code in numbers]
        finer = sheet(shapemap.fineness(radii, found.bounds))
        return tiles(finer, numbers) if finer else ()

    return View(drawing, reading, (*layer_notes(layer), *_undrawn(actor, area, layer)), enlarged)


def _undrawn(actor: Actor, area: Region, layer: Layer) -> tuple[str, ...]:
    """Name the villages of today that the layer has no boundary of: they are counted, but not drawn."""
    codes = regions.boundary_missing(actor, layer=layer, under=area.code)
    if not codes:
        return ()
    known = regions.named(actor, codes[:MOST_NAMED])
    names = ", ".join(known[code].name if code in known else code for code in codes[:MOST_NAMED])
    more = len(codes) - MOST_NAMED
    if more > 0:
        return (say("Belum ada batasnya: {names}, dan {more} lagi.", names=names, more=format_number(more)),)
    return (say("Belum ada batasnya: {names}.", names=names),)


def _numbers(sheet: Sheet) -> dict[str, int]:
    """Number the areas of a map that are drawn too small, in the order of codes."""
    small = [part.code for part in sheet.parts if shapemap.is_small(part.radius, sheet.bounds)]
    return {code: at for at, code in enumerate(sorted(small), 1)}


def _label(what: str, area: Region, edition: Edition) -> str:
    """Name the map for those who do not see it."""
    return say(
        "{what} {area_full_name} menurut status {index} {period}",
        what=what,
        area_full_name=places.full_name(area),
        index=edition.top.name,
        period=edition.period,
    )


@dataclass(frozen=True)
class _Shown:
    """What a village says on any map."""

    mark: str
    name: str
    title: str
    href: str


@dataclass(frozen=True)
class _Today:
    """Figures by today's villages, which a map draws in every vintage; `then` = the codes of that vintage.

    A village that was part of another one has that one's class and says so.
    """

    edition: Edition
    villages: Mapping[str, VillageScore]
    then: Mapping[str, str]
    names: Mapping[str, str]

    def href(self, code: str) -> str:
        """Give the address of a village of today."""
        return places.href_of(code, Level.VILLAGE) + self.edition.vintage_query

    def shown(self, code: str) -> _Shown:
        """Give class, name and address of a village; one without figures is missing, never left out."""
        village = self.villages.get(self.then.get(code, code))
        mark = village.mark if village else index.missing()
        name = self.names.get(code) or (village.name if village else code)
        title = f"{name}: {mark.label}"
        if village and code in self.names and village.name != name:
            title += say(
                ", {vintage} bagian dari {village_name}",
                vintage=self.edition.vintage,
                village_name=village.name,
            )
        if village and village.is_estimate:
            title += say(" (perkiraan)")
        return _Shown(style(mark.style), name, title, self.href(code))


def _today(actor: Actor, edition: Edition, villages: Mapping[str, VillageScore]) -> _Today:
    """Lay the figures of a vintage over today's villages."""
    year = edition.vintage.year
    then = regions.codes_on(actor, date(year, 12, 31)) if year is not None else {}
    names = {code: region.name for code, region in regions.named(actor, then).items()}
    return _Today(edition, villages, then, names)


def _shapes(
    areas: Sequence[Area], drawn: _Today, numbers: Mapping[str, int] | None = None
) -> list[shapemap.Shape]:
    """Give each village its shape, with its name and address; `numbers` of those that are enlarged."""
    known = numbers or {}
    found = []
    for one in areas:
        shown = drawn.shown(one.code)
        found.append(
            shapemap.Shape(
                one.rings,
                shown.mark,
                shown.name,
                shown.title,
                shown.href,
                one.middle,
                one.radius,
                known.get(one.code, 0),
            )
        )
    return found


def _cells(actor: Actor, under: str, drawn: _Today, layer: Layer | None) -> dict[str, hexmap.Cell]:
    """Put each village on its cell, with its name and address."""
    found = {}
    for code, (row, column) in regions.hexmap(actor, under).cells.items():
        shown = drawn.shown(code)
        address = _kept(layer, shown.href)
        found[code] = hexmap.Cell(column, row, shown.mark, shown.name, shown.title, address)
    return found
