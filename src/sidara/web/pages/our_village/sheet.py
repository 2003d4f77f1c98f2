"""What the two-page sheet for musdes says of a village: the page, cut to what a hall can talk about."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from sidara.collection import queries as collection
from sidara.collection.core import dataset_of
from sidara.dictionary import queries as dictionary
from sidara.indices.core.collected import SENT
from sidara.kernel.actor import Actor
from sidara.kernel.clock import WIB
from sidara.kernel.number import Language
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.language import format_number, percent_sign, say, speaking
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Query
from sidara.web.formats import musdes
from sidara.web.formats.musdes import Asked, Class, Line, Picture, Sheet
from sidara.web.pages import index
from sidara.web.pages.our_village import fates, neighbours, page
from sidara.web.pages.our_village.compare import Compared
from sidara.web.pages.our_village.gaps import Gap
from sidara.web.pages.our_village.neighbours import Place
from sidara.web.pages.our_village.page import OurVillage

KEY_FIGURES = ("KEP_001", "KEP_004", "KES_003", "DIK_001")
"""What introduces a village; lines to be filled by hand where it is not known."""
MOST, NEIGHBOURS, PARTS = 10, 12, 3
"""How many rows the sheet is given; it prints those that fit."""
OPEN_NEIGHBOURS = 6
"""How many neighbours where figures are spans, which take more room: the letters beside must stay large."""
LONG, MIDDLE, SHORT = 110, 80, 60
"""So many letters of a text fit."""


def of_village(actor: Actor, region: Region, *, today: date) -> Sheet:
    """Make the sheet of a village as of a day, in Indonesian whatever the reader's language."""
    with speaking(Language.INDONESIAN):
        return _sheet(actor, page.build(actor, region, today=today))


def made_at(today: date) -> datetime:
    """Give the moment that a sheet of a day tells: the same sheet that day has the same bytes."""
    return datetime.combine(today, time(), WIB).astimezone(UTC)


def _sheet(actor: Actor, made: OurVillage) -> Sheet:
    region, compared = made.region, made.compared
    *_, regency, district = regions.ancestors(actor, region.id)
    first = compared.items[0] if compared and compared.items else None
    told = made.fates
    own, asked = _lines(made.gaps.own, _code), _lines(made.gaps.asked, _who)
    return Sheet(
        region.code,
        region.full_name,
        f"{district.full_name}, {regency.full_name}",
        say("bahan RKP Desa {year}", year=made.year),
        _figures(actor, region),
        first.label if first else "",
        first.text if first else "",
        _finding(made),
        _mark(made),
        _ladder(made),
        _parts(compared, is_strong=True),
        _parts(compared, is_strong=False),
        _pictures(made, district),
        own[:MOST],
        asked[:MOST],
        (len(own), len(asked)),
        made.gaps.why_none,
        cut(told.title, LONG) if told else "",
        [
            Asked(cut(one.text, MIDDLE), cut(one.asked, SHORT), cut(_fate(one), MIDDLE))
            for one in (told.newest[:MOST] if told else ())
        ],
        _sources(made),
        made.is_simulated,
    )


def cut(text: str, most: int) -> str:
    """Cut a text at a blank so that it fits, with a sign that it goes on."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def _figures(actor: Actor, region: Region) -> list[tuple[str, str]]:
    """Give name and newest value of what introduces a village; empty where it is not known."""
    dataset = dataset_of(region.code)
    names = _names(actor)
    held = {one.code for one in collection.variables(actor, dataset)} if _is_open(actor, dataset) else set()
    asked = tuple(code for code in KEY_FIGURES if code in held)
    values: dict[str, tuple[Decimal, str]] = {}
    if asked:
        answer = warehouse.ask(actor, Query(dataset, asked, codes=(region.code,), least_level=int(SENT)))
        for one in answer.figures:
            if one.value is not None:
                unit = answer.variables[one.variable].unit
                values[one.variable] = one.value, unit
    return [
        (name, f"{format_number(values[code][0])} {values[code][1]}".strip() if code in values else "")
        for code, name in names.items()
    ]


def _is_open(actor: Actor, dataset: str) -> bool:
    return dataset in {one.code for one in warehouse.open_datasets(actor)}


def _names(actor: Actor) -> dict[str, str]:
    made = dictionary.dictionary(actor).variables
    return {code: made[code].name for code in KEY_FIGURES if code in made}


def _finding(made: OurVillage) -> str:
    compared = made.compared
    if compared is None:
        return made.lead
    return cut(" ".join(filter(None, (f"{compared.title}.", compared.rank))), LONG * 2)


def _ladder(made: OurVillage) -> list[Class]:
    """Give the classes of the index, low to high, with that of the village or those that are possible."""
    first = made.compared.items[0] if made.compared and made.compared.items else None
    if made.basis is None or first is None or first.mark is None:
        return []
    marks = index.marks(made.basis.scale)
    styles = {one.style for one in marks.values()}
    possible = _possible(made) if first.mark.style not in styles else frozenset()
    return [
        Class(one.label, is_now=one.style == first.mark.style, is_possible=code in possible)
        for code, one in marks.items()
    ]


def _possible(made: OurVillage) -> frozenset[str]:
    """Give the codes of the classes between the ends of the village's span."""
    own = next((one for one in made.compared.listed if one.is_own), None) if made.compared else None
    if made.basis is None or own is None or own.low is None or own.high is None:
        return frozenset()
    classes, place = made.basis.scale.thresholds.classes, made.basis.place
    return frozenset(one.code for one in classes[place(own.low) : place(own.high) + 1])


def _parts(compared: Compared | None, *, is_strong: bool) -> list[str]:
    """Name the parts above (or below) the middle of the kecamatan, with both figures."""
    if compared is None:
        return []
    parts = compared.parted if is_strong else tuple(reversed(compared.parted))
    chosen = [one for one in parts if (one.beside_near > 0 if is_strong else one.beside_near < 0)]
    return [
        say(
            "{name}: {own} (desa lain {near})",
            name=one.name,
            own=format_number(one.own, 1) + percent_sign(),
            near=format_number(one.middle, 1) + percent_sign(),
        )
        for one in chosen[:PARTS]
    ]


def _pictures(made: OurVillage, district: Region) -> list[Picture]:
    compared, found = made.compared, []
    if compared is None or made.basis is None:
        return []
    if compared.parts and compared.parts.drawing:
        found.append(
            Picture(
                say("Bagian demi bagian"),
                say(
                    "Titik: kita (hitam = di bawah desa lain). Garis mendatar: desa lain di kecamatan."
                    " Garis tegak: nilai tengahnya."
                ),
                str(compared.parts.drawing.narrow),
                compared.parts.title,
            )
        )
    if compared.neighbours:
        few = _around(compared.listed)
        found.append(
            Picture(
                say("Kita dan desa tetangga"),
                say("{label} {year}, dari yang tertinggi.", label=made.basis.label, year=made.basis.year),
                str(neighbours.drawing(made.basis, few, district).narrow),
                compared.neighbours.title,
            )
        )
    return found


def _around(listed: Sequence[Place]) -> Sequence[Place]:
    """Give the neighbours that the sheet has room for: those next to the village in the list."""
    most = NEIGHBOURS if all(one.low == one.high for one in listed) else OPEN_NEIGHBOURS
    own = next((place for place, one in enumerate(listed) if one.is_own), 0)
    first = max(0, min(own - most // 2, len(listed) - most))
    return listed[first : first + most]


def _lines(gaps: Sequence[Gap], by: Callable[[Gap], str]) -> list[Line]:
    """Give a line for each activity, with all that it would mend."""
    found: dict[str, list[Gap]] = {}
    for one in gaps:
        found.setdefault(one.activity, []).append(one)
    return [
        Line(
            cut(activity, LONG),
            cut("; ".join(dict.fromkeys(one.now or one.name for one in same)), MIDDLE),
            cut(by(same[0]), SHORT),
        )
        for activity, same in found.items()
    ]


def _code(one: Gap) -> str:
    return one.codes[0].code if one.codes else ""


def _who(one: Gap) -> str:
    return ", ".join(each.word for each in one.others)


def _mark(made: OurVillage) -> str:
    """Say on what the sheet stands, and how much is not known."""
    if made.basis is None:
        return ""
    mark = say("Dasarnya: {mark}.", mark=made.basis.mark)
    unknown = made.gaps.unknown
    told = (
        say("{n} butir belum diketahui dan tidak ikut dihitung.", n=format_number(unknown)) if unknown else ""
    )
    return f"{mark} {told}".strip()


def _fate(one: fates.Told) -> str:
    return ", ".join(filter(None, (one.fate, one.day, one.reason)))


def _sources(made: OurVillage) -> str:
    titles = dict.fromkeys(one.title for one in made.basis.sources) if made.basis else {}
    return cut(say("Sumber: {titles}.", titles="; ".join(titles)), LONG) if titles else ""


def file_name(sheet: Sheet) -> str:
    """Name the file; a made-up one says so."""
    return f"sidara-{sheet.code}-musdes{'-SIMULASI' if sheet.is_simulated else ''}.pdf"


def pdf(actor: Actor, region: Region, *, today: date, address: str) -> tuple[str, bytes]:
    """Give name and bytes of the sheet of a village."""
    made = of_village(actor, region, today=today)
    return file_name(made), musdes.write(made, address, made_at(today))
