"""The schematic map of an area: villages on their cells, grouped by the areas right below."""

from collections.abc import Mapping

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui import hexmap
from sidara.ui.figures import Source
from sidara.web.pages import content, index, places
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import Map
from sidara.web.pages.status import Counts, Statuses, VillageScore
from sidara.web.pages.tables import share_words

MAP_STYLES = {"kel": "wk"}


def style(mark: str) -> str:
    """Give the class of a cell on the map for the style of a mark."""
    return MAP_STYLES.get(mark, f"w{mark}")


def says(area: Counts, good_words: str) -> str:
    """Say in one line what an area's link on the map leads to."""
    if not area.desa:
        return f"{area.name}: tidak ada desa, tidak dinilai"
    if not area.assessed:
        return f"{area.name}: belum ada data"
    return f"{area.name}: {share_words(area.good, area.assessed)} desa {good_words}"


def of_groups(
    actor: Actor,
    area: Region,
    edition: Edition,
    under: Statuses,
    villages: Mapping[str, VillageScore],
) -> hexmap.SafeString:
    """Draw a province or kabupaten with one link for each area right below it."""
    cells = _cells(actor, area.code, villages)
    good_words = index.good_words(edition.scale)
    groups = []
    for child in under.areas:
        inside = tuple(cell for code, cell in cells.items() if code.startswith(f"{child.code}."))
        if inside:
            short = content.pages()["short_names"].get(child.code, "")
            address = places.href_of(child.code, under.level) + edition.query
            groups.append(hexmap.Group(child.name, inside, says(child, good_words), address, short))
    return hexmap.overview(groups, label=_label(area, edition))


def of_villages(
    actor: Actor,
    area: Region,
    edition: Edition,
    villages: Mapping[str, VillageScore],
    *,
    current: str = "",
) -> hexmap.SafeString:
    """Draw a kecamatan with one link for each village; `current` is the code of the one to outline."""
    cells = _cells(actor, area.code, villages)
    here = cells.get(current)
    group = hexmap.Group(area.name, tuple(cells.values()))
    return hexmap.villages(
        [group], label=_label(area, edition), current=(here.column, here.row) if here else None
    )


def framed(
    title: str, subtitle: str, drawing: hexmap.SafeString, edition: Edition, shown: tuple[Source, ...]
) -> Map:
    """Set a map into its frame, with what its colours mean."""
    return Map(title, subtitle, drawing, index.legend(edition.scale, is_open=bool(edition.ends)), shown)


def _label(area: Region, edition: Edition) -> str:
    """Name the map for those who do not see it."""
    return f"Peta skematik {area.full_name} menurut status {edition.top.name} {edition.period}"


def _cells(actor: Actor, under: str, villages: Mapping[str, VillageScore]) -> dict[str, hexmap.Cell]:
    """Put each village on its cell, with its name and address."""
    found = {}
    for code, (row, column) in regions.hexmap(actor, under).cells.items():
        village = villages.get(code)
        mark = village.mark if village else index.MISSING
        name = village.name if village else code
        address = places.href_of(code, Level.VILLAGE)
        found[code] = hexmap.Cell(column, row, style(mark.style), name, f"{name}: {mark.label}", address)
    return found
